import type { INodeProperties } from 'n8n-workflow';

import type { SalesDocument } from '../../../../core/dynamics/dataverse/sales/salesDocument';
import type { DataverseTable } from '../../../../core/dynamics/dataverse/types';
import type { Subject } from '../../../shared/table/service';

/** What the node says of a document with lines, beside what the writer knows of it. */
export interface SalesResource<N extends string = string> {
  subject: Subject<DataverseTable>;
  document: SalesDocument<N>;
  /** Field of an item in which mappings put the document. */
  field: string;
  /** The number that people see. */
  number: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'> & {
    /** What Dynamics 365 calls it. */
    calledThere: string;
    /** Column that tells the documents with one number apart, the latest by the highest. */
    revision?: string;
  };
}

/** `invoices`, `sales_orders`: a name in n8n's data of an execution. */
export const dataName = ({ subject }: SalesResource): string => subject.plural.replace(/ /g, '_');
