import type { Clock } from '../../http/wait';
import { isRow } from '../../odata/answers';
import { createODataClient } from '../../odata/client';
import { enumMember } from '../../odata/query';
import { DATAVERSE_REHEARSAL } from './rehearsal';
import { DATAVERSE } from './service';
import type { Dataverse, DataverseOptions } from './types';

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * The Dataverse Web API of one environment. Retries, throttling and sign-in are those of `send`; `clock` is for
 * the pauses between rounds of a batch.
 */
export function createDataverse(
  { version = 'v9.2', ...options }: DataverseOptions,
  more: { clock?: Clock } = {},
): Dataverse {
  const service = {
    ...DATAVERSE,
    rootPath: `/api/data/${version}/`,
    rehearsal: DATAVERSE_REHEARSAL,
  };
  const client = createODataClient(service, options, more);
  return {
    ...client,

    setStatus: (set, key, status) => client.update(set, key, { ...status }),

    async whoAmI() {
      const row = await client.callFunction('WhoAmI');
      return {
        userId: String(row['UserId']),
        businessUnitId: String(row['BusinessUnitId']),
        organizationId: String(row['OrganizationId']),
      };
    },

    async currentOrganization() {
      const AccessType = enumMember('Microsoft.Dynamics.CRM.EndpointAccessType', 'Default');
      const { Detail } = await client.callFunction('RetrieveCurrentOrganization', { AccessType });
      const detail = isRow(Detail) ? Detail : {};
      return {
        name: textIn(detail['FriendlyName']),
        version: textIn(detail['OrganizationVersion']),
      };
    },
  };
}
