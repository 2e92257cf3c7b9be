import { QUOTE as DOCUMENT } from '../../../../core/dynamics/dataverse/sales/quote';
import type { Operation } from '../../../shared/operation';
import { QUOTE } from '../../subjects';
import { salesOperations } from '../sales';
import { convertOperation } from '../sales/convert';
import { moveOperation, reasonField } from '../sales/move';
import { reviseOperation } from './revise';

const resource = {
  subject: QUOTE,
  document: DOCUMENT,
  field: 'quote',
  number: {
    displayName: 'Quote Number',
    name: 'quoteNumber',
    placeholder: 'e.g. QUO-01042-X7K2',
    calledThere: 'Quote ID',
    revision: 'revisionnumber',
  },
};

export const quoteOperations: Operation[] = salesOperations(resource, [
  moveOperation(resource, {
    name: 'Activate',
    value: 'activate',
    move: 'activate',
    outcome: 'active',
    description: 'Make a draft binding; it can no longer be changed, but won, closed or revised',
    reason: reasonField('activeReason', 'How far the quote is', [
      ['In Progress', 2],
      ['Open', 3],
    ]),
  }),
  moveOperation(resource, {
    name: 'Win',
    value: 'win',
    move: 'win',
    outcome: 'won',
    description: 'Close an active quote as won, without an order of it',
    reason: reasonField(
      'winReason',
      'Why the quote is won; an environment may have reasons of its own',
      [['Won', 4]],
    ),
  }),
  moveOperation(resource, {
    name: 'Close',
    value: 'close',
    move: 'close',
    outcome: 'closed',
    description: 'Close an active quote as lost or canceled',
    reason: reasonField('closeReason', 'Why the quote is closed', [
      ['Lost', 5],
      ['Canceled', 6],
      ['Revised', 7],
    ]),
  }),
  convertOperation(resource, {
    name: 'Convert to Sales Order',
    value: 'convertToSalesOrder',
    action: 'Convert quote to sales order',
    description:
      'Win an active quote and convert it to a sales order with all lines, once however often it is asked for',
    subject: 'QuoteCloseSubject',
  }),
  reviseOperation(resource),
]);
