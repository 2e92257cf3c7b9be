import { toGuid } from '../../../odata/query';
import type { SingleOperation } from '../../../odata/types';
import { actionOperation } from '../operations';

const ACTIONS = { fulfill: 'FulfillSalesOrder', cancel: 'CancelSalesOrder' } as const;

export interface OrderToClose {
  id: string;
  /** Status reason (statuscode) of the new state. */
  status: number;
  /** Text of the closing activity. */
  subject: string;
}

/**
 * Closes an order by its business action, which records an order-close activity beside the new state (Dynamics
 * 365 Sales docs: FulfillSalesOrder, CancelSalesOrder). `OrderClose` of a cancel is typed as any activity, so
 * its type is named.
 */
export function closeOrderOperation(
  action: keyof typeof ACTIONS,
  { id, status, subject }: OrderToClose,
  headers: Record<string, string> = {},
): SingleOperation {
  const operation = actionOperation(ACTIONS[action], {
    OrderClose: {
      '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
      subject,
      'salesorderid@odata.bind': `/salesorders(${toGuid(id, 'Sales order')})`,
    },
    Status: status,
  });
  return { ...operation, headers };
}
