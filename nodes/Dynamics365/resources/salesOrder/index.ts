import { SALES_ORDER as DOCUMENT } from '../../../../core/dynamics/dataverse/sales/salesOrder';
import type { Operation } from '../../../shared/operation';
import { SALES_ORDER } from '../../subjects';
import { salesOperations } from '../sales';
import { convertOperation } from '../sales/convert';
import { moveOperation, reasonField } from '../sales/move';
import { pricingOperations } from '../sales/pricing';

const resource = {
  subject: SALES_ORDER,
  document: DOCUMENT,
  field: 'salesorder',
  number: {
    displayName: 'Order Number',
    name: 'orderNumber',
    placeholder: 'e.g. ORD-01042-X7K2',
    calledThere: 'Order ID',
  },
};

export const salesOrderOperations: Operation[] = salesOperations(resource, [
  moveOperation(resource, {
    name: 'Fulfill',
    value: 'fulfill',
    move: 'fulfill',
    outcome: 'fulfilled',
    description: 'Close an order as shipped; it can no longer be changed',
    reason: reasonField('fulfillReason', 'How much of the order has left', [
      ['Complete', 100001],
      ['Partial', 100002],
    ]),
  }),
  moveOperation(resource, {
    name: 'Cancel',
    value: 'cancel',
    move: 'cancel',
    outcome: 'canceled',
    description: 'Close an order as canceled; it can no longer be changed',
    reason: reasonField(
      'cancelReason',
      'Why the order is canceled; an environment may have reasons of its own',
      [['No Money', 4]],
    ),
  }),
  convertOperation(resource, {
    name: 'Convert to Invoice',
    value: 'convertToInvoice',
    action: 'Convert sales order to invoice',
    description:
      'Convert an order to its invoice with all lines, once however often it is asked for',
  }),
  ...pricingOperations(resource),
]);
