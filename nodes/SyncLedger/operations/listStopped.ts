import type { Ledger, ListQuery, StoppedRecord } from '../../../core/ledger/ledger';
import { limit, returnAll } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { once } from '../../shared/steps';
import { readLimit } from '../../shared/typed';
import { ledgerOf } from '../connection';
import { flowScopeFields, flowScopeOf } from '../fields/flow';
import { presentRecord } from '../present';

type Listing = Pick<Operation, 'name' | 'value' | 'action' | 'description'>;
type List = (ledger: Ledger, query: ListQuery) => Promise<StoppedRecord[]>;

/** Lists records that go on only when a person or the other side does something. */
function listing(named: Listing, list: List): Operation {
  return {
    ...named,
    properties: [returnAll, limit, ...flowScopeFields],
    start(context) {
      const read = parameterReader(context);
      const max = readLimit(read, 0);
      const flow = flowScopeOf(context);
      return once(async () => {
        const records = await list(await ledgerOf(context), { flow, limit: max });
        return records.map(presentRecord);
      });
    },
  };
}

export const listDead = listing(
  {
    name: 'List Dead Letters',
    value: 'listDead',
    action: 'List dead letters',
    description: 'Get the records that were given up, each with its reason and its document',
  },
  (ledger, query) => ledger.listDead(query),
);

export const listHeld = listing(
  {
    name: 'List Held',
    value: 'listHeld',
    action: 'List held records',
    description:
      'Get the records that are not to be sent now, each with its reason and its document',
  },
  (ledger, query) => ledger.listHeld(query),
);
