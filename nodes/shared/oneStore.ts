import { isEqual, uniqWith } from 'lodash';

import type { RecordSource } from '../../core/commerce/source';
import { ServiceError } from '../../core/errors';
import type { ClaimRequest, Ledger } from '../../core/ledger/ledger';
import type { StoreAt } from '../../core/ledger/stores';

function meansAnother({ store, address }: StoreAt, known: StoreAt): ServiceError {
  return new ServiceError(
    `The Store Name "${store}" already means the shop at ${known.address}, and this shop is at ${address}`,
    {
      class: 'configuration',
      code: 'STORE_NAME_TAKEN',
      fix: 'Two shops: give this one a Store Name of its own in its credential. One shop that has moved: run Sync Ledger: Move Store once. One shop with two addresses: enter the same one in all its credentials.',
    },
  );
}

/** Nobody checks what a user's own nodes put there. */
function storeIn(document: object): StoreAt | undefined {
  const { source } = document as { source?: Partial<RecordSource> | null };
  if (typeof source !== 'object' || source === null) return undefined;
  const { platform, store, address, event } = source;
  // What the ledger itself puts out was claimed before, perhaps from where the store was then.
  if (event === 'retry' || !platform || !store || typeof address !== 'string') return undefined;
  return { platform, store, address };
}

/** The stores that records come from, each once; left out where an item does not say where its store is. */
export function storesOf(requests: Array<Pick<ClaimRequest, 'payload'>>): StoreAt[] {
  const all = requests.flatMap(({ payload }) => storeIn(payload) ?? []);
  return uniqWith(all, isEqual);
}

/**
 * Keys of records, and the keys of the rows in Dynamics 365 that are made of them, hold the name of the store: two shops of
 * one name would write their orders over one another. Throws a `ServiceError` where the ledger knows a name of another
 * address; of a store that it does not know yet it notes the address, unless somebody only looks.
 */
export async function requireOneAddress(
  ledger: Ledger,
  stores: StoreAt[],
  options?: { lookOnly?: boolean },
): Promise<void> {
  if (stores.length === 0) return;
  const known = await ledger.stores.meet(stores, options);
  for (const [place, store] of stores.entries()) {
    const met = known[place];
    if (met && met.address !== store.address) throw meansAnother(store, met);
  }
}
