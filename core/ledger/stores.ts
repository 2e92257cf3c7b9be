import { keyBy } from 'lodash';

import type { LedgerStorage } from './storage';

/** A store as the keys of its records name it. */
export interface StoreName {
  platform: string;
  store: string;
}

export interface StoreAt extends StoreName {
  /** As `storeAddress` gives it. */
  address: string;
}

export interface Stores {
  list(): Promise<StoreAt[]>;
  /**
   * Where each of these stores is by what the ledger knows, in the same order: where it was first seen, or has moved to.
   * Notes the stores that it does not know yet, unless somebody only looks.
   */
  meet(seen: StoreAt[], options?: { lookOnly?: boolean }): Promise<StoreAt[]>;
  /** The store is at another address from now on. Returns it as it was; undefined where it is not known. */
  move(store: StoreAt): Promise<StoreAt | undefined>;
}

const nameOf = ({ platform, store }: StoreName): string => JSON.stringify([platform, store]);

/** Each name once: of several addresses the first that is said. */
const byName = (stores: StoreAt[]): Record<string, StoreAt> => keyBy(stores.toReversed(), nameOf);

/** Where the stores are, on any storage. */
export class StoreAddresses implements Stores {
  constructor(
    private readonly storage: LedgerStorage,
    private readonly now: () => number,
  ) {}

  async list(): Promise<StoreAt[]> {
    return await this.storage.read(async (reader) => reader.stores());
  }

  async meet(
    seen: StoreAt[],
    { lookOnly = false }: { lookOnly?: boolean } = {},
  ): Promise<StoreAt[]> {
    const said = byName(seen);
    const before = byName(await this.list());
    const isNew = Object.keys(said).some((name) => !(name in before));
    const known = isNew && !lookOnly ? await this.note(said) : { ...said, ...before };
    return seen.map((store) => known[nameOf(store)] ?? store);
  }

  /** Notes the stores that are not known by now, and returns all that are known then. */
  private async note(said: Record<string, StoreAt>): Promise<Record<string, StoreAt>> {
    return await this.storage.write(async (transaction) => {
      const before = byName(await transaction.stores());
      const fresh = Object.entries(said).filter(([name]) => !(name in before));
      for (const [, store] of fresh) await transaction.saveStore(store, this.now());
      return { ...said, ...before };
    });
  }

  async move(store: StoreAt): Promise<StoreAt | undefined> {
    return await this.storage.write(async (transaction) => {
      const former = byName(await transaction.stores())[nameOf(store)];
      if (former) await transaction.saveStore(store, this.now());
      return former;
    });
  }
}
