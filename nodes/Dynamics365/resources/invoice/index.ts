import { INVOICE as DOCUMENT } from '../../../../core/dynamics/dataverse/sales/invoice';
import type { Operation } from '../../../shared/operation';
import { INVOICE } from '../../subjects';
import { salesOperations } from '../sales';
import { moveOperation, reasonField } from '../sales/move';
import { pricingOperations } from '../sales/pricing';

const resource = {
  subject: INVOICE,
  document: DOCUMENT,
  field: 'invoice',
  number: {
    displayName: 'Invoice Number',
    name: 'invoiceNumber',
    placeholder: 'e.g. INV-01042-X7K2',
    calledThere: 'Invoice ID',
  },
};

export const invoiceOperations: Operation[] = salesOperations(resource, [
  moveOperation(resource, {
    name: 'Mark Paid',
    value: 'markPaid',
    move: 'pay',
    action: 'Mark invoice as paid',
    outcome: 'paid',
    description: 'Close an invoice as paid; it can no longer be changed',
    reason: reasonField('paidReason', 'How much of the invoice has been paid', [
      ['Complete', 100001],
      ['Partial', 100002],
    ]),
  }),
  moveOperation(resource, {
    name: 'Cancel',
    value: 'cancel',
    move: 'cancel',
    outcome: 'canceled',
    description: 'Close an invoice as canceled; it can no longer be changed',
    reason: reasonField(
      'invoiceCancelReason',
      'Why the invoice is canceled; an environment may have reasons of its own',
      [['Canceled', 100003]],
    ),
  }),
  ...pricingOperations(resource),
]);
