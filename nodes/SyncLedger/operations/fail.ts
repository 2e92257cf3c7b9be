import type { INodeProperties } from 'n8n-workflow';

import type { Failure, Settlement } from '../../../core/ledger/ledger';
import { DEFAULT_MAX_ATTEMPTS } from '../../../core/ledger/retry';
import type { Operation } from '../../shared/operation';
import { processItems } from '../../shared/process';
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
  async execute(items) {
    const { maxAttempts } = this.getNodeParameter('options', 0, {}) as { maxAttempts?: number };
    return await processItems<Work, { settlement: Settlement; key: string }>(this, items, {
      prepare: (item) => ({ ...claimOf(item), ...failureOf(item.json) }),
      run: async (work) => {
        noteSettled(
          this.getWorkflow().id ?? '',
          work.map(({ key }) => key),
        );
        const settlements = await (await ledgerOf(this)).fail(work, { maxAttempts });
        return settlements.map((settlement, place) => ({
          ok: true,
          value: { settlement, key: work[place]?.key ?? '' },
        }));
      },
      output: (item, { settlement, key }, index) =>
        withField(item, 'ledger', presentSettlement(settlement, key), index),
    });
  },
};
