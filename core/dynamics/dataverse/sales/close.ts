import { upperFirst } from 'lodash';

import { toGuid } from '../../../odata/query';
import type { SingleOperation } from '../../../odata/types';
import { actionOperation } from '../operations';
import type { SalesDocument } from './salesDocument';

type Closable = SalesDocument & Required<Pick<SalesDocument, 'closing'>>;

export interface ToClose {
  id: string;
  /** Status reason (statuscode) of the new state. */
  status: number;
  /** Text of the closing activity. */
  subject: string;
}

/**
 * Closes a document by its business action, which records an activity beside the new state (Dynamics 365 Sales
 * docs: FulfillSalesOrder, CancelSalesOrder). The activity of a cancel is typed as any activity, so its type is
 * named.
 */
export function closeOperation<K extends Closable>(
  { set, lines, words, closing }: K,
  action: keyof K['closing']['actions'] & string,
  { id, status, subject }: ToClose,
  headers: Record<string, string> = {},
): SingleOperation {
  const operation = actionOperation(closing.actions[action] ?? action, {
    [closing.parameter]: {
      '@odata.type': `Microsoft.Dynamics.CRM.${closing.activity}`,
      subject,
      [`${lines.parent}@odata.bind`]: `/${set}(${toGuid(id, upperFirst(words.name))})`,
    },
    Status: status,
  });
  return { ...operation, headers };
}
