import type { Ledger, ListQuery, StoppedRecord } from '../../../core/ledger/ledger';
import { limit, returnAll } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { once } from '../../shared/steps';
import { readLimitForAll } from '../../shared/typed';
import { hintNothing, openScoped, scopeFields } from '../fields/scope';
import { presentRecord } from '../present';

type Listing = Pick<Operation, 'name' | 'value' | 'action' | 'description'>;

interface List {
  /** What it lists, in the words of hints. */
  what: string;
  state: 'dead' | 'held';
  list(ledger: Ledger, query: ListQuery): Promise<StoppedRecord[]>;
}

/** Lists records that go on only when a person or the other side does something. */
function listing(named: Listing, { what, state, list }: List): Operation {
  return {
    ...named,
    properties: [returnAll, limit, ...scopeFields()],
    async start(context) {
      const read = parameterReader(context);
      const max = readLimitForAll(read);
      const opened = await openScoped(context);
      const { ledger, scope } = opened;
      return once(async () => {
        const records = await list(ledger, { flow: scope.flow, limit: max });
        if (records.length === 0) await hintNothing(context, opened, { what, states: [state] });
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
  {
    what: 'dead letters',
    state: 'dead',
    list: (ledger, query) => ledger.listDead(query),
  },
);

export const listHeld = listing(
  {
    name: 'List Held',
    value: 'listHeld',
    action: 'List held records',
    description:
      'Get the records that are not to be sent now, each with its reason and its document',
  },
  {
    what: 'held records',
    state: 'held',
    list: (ledger, query) => ledger.listHeld(query),
  },
);
