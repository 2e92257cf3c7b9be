import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { codesTo, type StatusCodes } from '../../../core/commerce/statuses';
import type { Feed } from '../../../core/feeds/feed';
import { latestRecords } from '../../../core/feeds/poll';
import type { OpenedStore, StoreService } from './service';

/** A status as the store calls it; of what it leaves unnamed, the standard name stands. */
export interface NamedStatus {
  code: number | string;
  name?: string | null;
}

export interface StatusOptions<Store> {
  /** Those that every store of the platform has. */
  standard?: StatusCodes<string>;
  /** Those that this store has: its own list of them, or what its last records show (`statusesShown`). */
  ofStore(store: Store): Promise<NamedStatus[]>;
}

/** Between several ways to sign in n8n chooses none by itself, so that a person opens the panel before there is one. */
const hasCredential = (context: ILoadOptionsFunctions): boolean =>
  Object.keys(context.getNode().credentials ?? {}).length > 0;

/**
 * The method with which the editor fills a list of statuses. Any other code can be given by an expression. Until a
 * credential is chosen, it has the standard ones alone; n8n asks again as soon as there is one.
 */
export function statusOptions<Store extends OpenedStore>(
  { open }: StoreService<Store>,
  { standard = {}, ofStore }: StatusOptions<Store>,
): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
  return async function options() {
    const names = new Map(Object.entries(codesTo(standard, 'name')));
    const own = hasCredential(this) ? await ofStore(await open(this)) : [];
    for (const { code, name } of own) {
      const key = String(code);
      names.set(key, name ?? names.get(key) ?? key);
    }
    return [...names]
      .map(([value, name]) => ({ name: `${name} (${value})`, value }))
      .sort((one, other) => one.name.localeCompare(other.name));
  };
}

const RECORDS_LOOKED_AT = 100;

/** For a store without a list of its statuses: what the merchant added, as far as the last records show it. */
export async function statusesShown<Row>(
  feed: Feed<Row>,
  statusOf: (record: Row) => NamedStatus | null | undefined,
): Promise<NamedStatus[]> {
  const latest = await latestRecords(feed, RECORDS_LOOKED_AT);
  return latest.flatMap((record) => statusOf(record) ?? []);
}
