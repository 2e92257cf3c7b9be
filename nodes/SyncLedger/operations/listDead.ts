import { limit, returnAll } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { once } from '../../shared/steps';
import { ledgerOf } from '../connection';
import { flowScopeFields, flowScopeOf } from '../fields/flow';
import { presentRecord } from '../present';

export const listDead: Operation = {
  name: 'List Dead Letters',
  value: 'listDead',
  action: 'List dead letters',
  description: 'Get the records that were given up, each with its reason and its document',
  properties: [returnAll, limit, ...flowScopeFields],
  start(context) {
    const read = parameterReader(context);
    const max = read<boolean>('returnAll', 0) ? Infinity : read<number>('limit', 0);
    const flow = flowScopeOf(context);
    return once(async () => {
      const letters = await (await ledgerOf(context)).listDead({ flow, limit: max });
      return letters.map(presentRecord);
    });
  },
};
