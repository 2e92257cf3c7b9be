import { storeAddress } from '../../../core/stores/kit/address';
import type { StoreIdentity } from '../../../core/feeds/records';
import type { Open } from '../connection';

/** An opened store, whatever else it holds: its client, and what the credential says of it. */
export type OpenedStore = StoreIdentity;

/** The service behind a store's node. */
export interface StoreService<Store extends OpenedStore> {
  /** What people call it, such as `X-Cart`. */
  name: string;
  /** As records name it in their `source`. */
  platform: string;
  /** Opens the store that the node's credential names. */
  open: Open<Store>;
}

/** What every store's credential has a field for. */
export interface NamedStore {
  storeName?: string;
  /** ISO code; left out: the store's orders name theirs. */
  currency?: string;
}

/**
 * What an opened store is known by.
 *
 * @param address of the store, as its credential has it
 */
export function identityIn({ storeName, currency }: NamedStore, address: string): StoreIdentity {
  return {
    // As the credential has it beforehand.
    name: storeName?.trim() || 'main',
    address: storeAddress(address),
    ...(currency !== undefined && { currency: currency.trim().toUpperCase() }),
  };
}
