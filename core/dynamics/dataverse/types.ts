import type { ODataClient, ODataOptions, RecordKey, Written } from '../../odata/types';
import type { Metadata, Table } from '../tables';

export interface DataverseOptions extends ODataOptions {
  /** Default `v9.2`. */
  version?: string;
}

export interface WhoAmI {
  userId: string;
  businessUnitId: string;
  organizationId: string;
}

/** The environment as people know it. */
export interface Organization {
  /** As administrators have named it. */
  name: string;
  /** `9.2.26101.00150` */
  version: string;
}

/** The Dataverse Web API of one environment. Every failure is a `ServiceError`. */
export interface Dataverse extends ODataClient {
  setStatus(
    set: string,
    key: RecordKey,
    status: { statecode: number; statuscode?: number },
  ): Promise<Written>;
  whoAmI(): Promise<WhoAmI>;
  /** Needs more rights than `whoAmI`. */
  currentOrganization(): Promise<Organization>;
}

/** Every table of Dataverse has a primary key of one column. */
export interface DataverseTable extends Table {
  primaryId: string;
}

export type DataverseMetadata = Metadata<DataverseTable>;
