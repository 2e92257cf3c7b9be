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
    let known = byName(await this.list());
    const isNew = ({ platform, store }: StoreAt) => !known[nameOf({ platform, store })];
    if (!lookOnly && Object.values(said).some(isNew)) {
      known = await this.storage.write(async (transaction) => {
        known = byName(await transaction.stores());
        for (const store of Object.values(said).filter(isNew)) {
          await transaction.saveStore(store, this.now());
        }
        return byName(await transaction.stores());
      });
    }
    return seen.map((store) => known[nameOf(store)] ?? said[nameOf(store)] ?? store);
  }

  async move(store: StoreAt): Promise<StoreAt | undefined> {
    return await this.storage.write(async (transaction) => {
      const former = byName(await transaction.stores())[nameOf(store)];
      if (former) await transaction.saveStore(store, this.now());
      return former;
    });
  }
}
