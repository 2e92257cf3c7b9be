import { keyBy } from 'lodash';

import type { StoreAt, StoreName, Stores } from './ledger';
import type { LedgerStorage } from './storage';

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
