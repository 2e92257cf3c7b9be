import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Completion } from '../../../core/ledger/ledger';
import type { Operation } from '../../shared/operation';
import { type ParameterReader, parameterReader } from '../../shared/parameters';
import { type Claim, claimOf } from '../claimed';
import { remarkOf } from '../fields/remark';
import { fieldValue } from '../fields/value';
import { settling } from './settling';

type ReasonFrom = 'field' | 'text';

const reasonFrom: INodeProperties = {
  displayName: 'Reason From',
  name: 'reasonFrom',
  type: 'options',
  options: [
    { name: 'Field of the Item', value: 'field' },
    { name: 'Fixed Text', value: 'text', description: 'The same reason for all items' },
  ],
  default: 'field',
  description: 'Where the reason stands that people will read in the ledger',
};

const reasonField: INodeProperties = {
  displayName: 'Reason Field',
  name: 'reasonField',
  type: 'string',
  default: 'state.reason',
  placeholder: 'e.g. state.reason',
  description:
    'Name of the field that holds the reason, as Commerce Map: Route by State puts it out; an expression gives the reason itself',
  displayOptions: { show: { reasonFrom: ['field'] } },
};

const reason: INodeProperties = {
  displayName: 'Reason',
  name: 'reason',
  type: 'string',
  default: '',
  placeholder: 'e.g. Not paid yet',
  description: 'Why the records are not to be sent now',
  displayOptions: { show: { reasonFrom: ['text'] } },
};

function reasonOf(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): string | undefined {
  const isFixed = read<ReasonFrom>('reasonFrom', index, 'field') === 'text';
  return remarkOf(
    isFixed ? read<unknown>('reason', index, '') : fieldValue(read, 'reasonField', item, index),
  );
}

export const hold: Operation = {
  name: 'Hold',
  value: 'hold',
  action: 'Hold records',
  description:
    'Keep claimed records that are not to be sent now: they go by themselves when they change. A person can requeue them; they then run through the workflow again, and are held again where what holds them is as before.',
  properties: [reasonFrom, reasonField, reason],
  start(context) {
    const read = parameterReader(context);
    const run = context.getExecutionId();
    return settling<Completion & Claim>(context, {
      prepare: (item, index) => ({
        ...claimOf(item, run),
        outcome: 'held',
        remark: reasonOf(read, item, index),
      }),
      wouldBecome: () => 'held',
      says: ({ remark }) => ({ reason: remark }),
      settle: (ledger, all) => ledger.complete(all),
    });
  },
};
