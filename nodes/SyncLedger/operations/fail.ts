import type { INodeProperties } from 'n8n-workflow';

import type { Failure, Settlement } from '../../../core/ledger/ledger';
import { DEFAULT_MAX_ATTEMPTS } from '../../../core/ledger/retry';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { noteSettled } from '../../shared/underway';
import { claimOf } from '../claimed';
import { ledgerOf } from '../connection';
import { failureOf } from '../failure';
import { presentSettlement } from '../present';
import { withField } from './output';

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Maximum Attempts',
      name: 'maxAttempts',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: DEFAULT_MAX_ATTEMPTS,
      description:
        'How often a record is sent at most before it becomes a dead letter. What only a person can repair becomes one at once.',
    },
  ],
};

interface Work extends Failure {
  key: string;
}

export const fail: Operation = {
  name: 'Fail',
  value: 'fail',
  action: 'Fail records',
  description:
    'Note that claimed records could not be sent: they are tried again when due, or become dead letters',
  properties: [options],
  start(context) {
    const read = parameterReader(context);
    const { maxAttempts } = read<{ maxAttempts?: number }>('options', 0, {});
    return itemSteps<Work, { settlement: Settlement; key: string }>({
      prepare: (item) => ({ ...claimOf(item), ...failureOf(item.json) }),
      run: together(async (all) => {
        noteSettled(
          context.getWorkflow().id ?? '',
          all.map(({ key }) => key),
        );
        const settlements = await (await ledgerOf(context)).fail(all, { maxAttempts });
        return settlements.map((settlement, place) => ({ settlement, key: all[place]?.key ?? '' }));
      }),
      output: (item, { settlement, key }, index) =>
        withField(item, 'ledger', presentSettlement(settlement, key), index),
    });
  },
};
