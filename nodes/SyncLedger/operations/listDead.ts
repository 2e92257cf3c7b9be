import { limit, returnAll } from '../../shared/fields';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { processItems } from '../../shared/process';
import type { DeadLetter } from '../../../core/ledger/ledger';
import { ledgerOf } from '../connection';
import { flowScopeFields, flowScopeOf } from '../fields/flow';
import { presentRecord } from '../present';

export const listDead: Operation = {
  name: 'List Dead Letters',
  value: 'listDead',
  action: 'List dead letters',
  description: 'Get the records that were given up, each with its reason and its document',
  properties: [returnAll, limit, ...flowScopeFields],
  async execute(items) {
    const all = this.getNodeParameter('returnAll', 0) as boolean;
    const max = all ? Infinity : (this.getNodeParameter('limit', 0) as number);
    const flow = flowScopeOf(this);
    // Once, however many items start it: each would list the same.
    return await processItems<object, DeadLetter[]>(this, items.slice(0, 1), {
      prepare: () => ({}),
      run: async () => [
        { ok: true, value: await (await ledgerOf(this)).listDead({ flow, limit: max }) },
      ],
      output: (_item, letters, index) =>
        letters.map((letter) => resultItem(presentRecord(letter), index)),
    });
  },
};
