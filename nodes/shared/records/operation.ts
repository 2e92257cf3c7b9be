import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../operation';
import { eachItem, type ItemWithFiles } from '../steps';
import type { Locator } from './locator';
import type { OpenedStore, StoreService } from './service';

type Words = Pick<Operation, 'name' | 'value' | 'action' | 'description' | 'onlyReads'>;

/** Something that a store does with the records that an item names. */
export interface RecordOperation<Store, On extends ReadonlyArray<Locator<Store>>> extends Words {
  on: On;
  fields?: INodeProperties[];
  /** @param ids of the records, in the order of `on` */
  work(
    store: Store,
    ids: { [Place in keyof On]: string },
    one: ItemWithFiles,
  ): Promise<object | object[]>;
}

export function recordOperation<
  Store extends OpenedStore,
  const On extends ReadonlyArray<Locator<Store>>,
>(
  { open }: StoreService<Store>,
  { on, fields = [], work, ...words }: RecordOperation<Store, On>,
): Operation {
  return {
    ...words,
    properties: [...on.map(({ field }) => field), ...fields],
    start: eachItem(open, async (store, one) => {
      const ids: string[] = [];
      for (const each of on) ids.push((await each.locate(store, one)).id);
      return await work(store, ids as { [Place in keyof On]: string }, one);
    }),
  };
}
