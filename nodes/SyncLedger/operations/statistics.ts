import type { Statistics } from '../../../core/ledger/ledger';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { processItems } from '../../shared/process';
import { ledgerOf } from '../connection';
import { allFlowsField, flowScopeFields, flowScopeOf } from '../fields/flow';
import { presentStatistics } from '../present';

export const statistics: Operation = {
  name: 'Statistics',
  value: 'statistics',
  action: 'Get statistics',
  description: 'Count the records by state, what is due, and the reasons of dead letters',
  properties: flowScopeFields.map((field) =>
    field === allFlowsField ? { ...field, default: true } : field,
  ),
  async execute(items) {
    const flow = flowScopeOf(this);
    return await processItems<object, Statistics>(this, items.slice(0, 1), {
      prepare: () => ({}),
      run: async () => [{ ok: true, value: await (await ledgerOf(this)).statistics({ flow }) }],
      output: (_item, { total, flows }, index) =>
        resultItem(
          {
            ...presentStatistics(total),
            flows: flows.map(({ flow: name, ...counts }) => ({
              flow: name,
              ...presentStatistics(counts),
            })),
          },
          index,
        ),
    });
  },
};
