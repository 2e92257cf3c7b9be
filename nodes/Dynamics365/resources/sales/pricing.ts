import type { Moved } from '../../../../core/dynamics/dataverse/sales/move';
import { setPricesLocked } from '../../../../core/dynamics/dataverse/sales/pricing';
import type { SalesDocument } from '../../../../core/dynamics/dataverse/sales/salesDocument';
import type { Operation } from '../../../shared/operation';
import { actOperation } from './act';
import type { SalesResource } from './resource';

type Priced = SalesDocument & Required<Pick<SalesDocument, 'pricing'>>;

const WORDS = [
  {
    name: 'Lock Pricing',
    value: 'lockPricing',
    verb: 'Lock',
    outcome: 'locked',
    description: 'Keep the prices as they are, whatever price lists become',
    locked: true,
  },
  {
    name: 'Unlock Pricing',
    value: 'unlockPricing',
    verb: 'Unlock',
    outcome: 'unlocked',
    description: 'Let changes of price lists reach the prices again',
    locked: false,
  },
];

/** Lock Pricing and Unlock Pricing. */
export const pricingOperations = (resource: SalesResource & { document: Priced }): Operation[] =>
  WORDS.map(({ name, value, verb, outcome, description, locked }) =>
    actOperation<{ id: string }, Moved>(resource, {
      name,
      value,
      action: `${verb} pricing of ${resource.subject.noun}`,
      description,
      prepare: (_reader, id) => ({ id }),
      run: async (client, documents, options) =>
        await setPricesLocked(client, resource.document, locked, documents, options),
      shown: (moved) => ({ ...moved, outcome: moved.outcome === 'done' ? outcome : moved.outcome }),
    }),
  );
