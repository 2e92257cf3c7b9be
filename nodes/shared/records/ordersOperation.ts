import { groupBy, sortBy } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { inFlight } from '../../../core/http/in-flight';
import { type Outcome, settle } from '../../../core/outcome';
import { askedByName, placesOf, standsFor } from '../../../core/stores/kit/rehearsal';
import { outputField } from '../fields';
import { withResult } from '../input';
import type { Operation } from '../operation';
import { parameterReader, type ParameterReader } from '../parameters';
import { itemSteps, ITEMS_AT_ONCE, type OneItem } from '../steps';
import type { Locator } from './locator';
import type { OpenedStore, StoreService } from './service';
import { requireOfStore } from './shopOrder';

type Words = Pick<Operation, 'name' | 'value' | 'action' | 'description'>;

/** For what is kept of the items beside what is written. */
export interface OrdersRun {
  context: IExecuteFunctions;
  /** Reads what holds for all items (`forAll`). */
  read: ParameterReader;
  /** The item of each wish, as it is worked on: of a test run it holds the claim that it was taken with. */
  items: INodeExecutionData[];
}

/** Something that is told a store of many orders at once. */
export interface OrdersOperation<Store, Wish> extends Words {
  order: Locator<Store>;
  fields: INodeProperties[];
  /** Entries of *Options* beside those that all such operations have. */
  options?: INodeProperties[];
  /**
   * What an item wishes, beside its order; undefined: nothing, and it passes as it is. Throws before anything is sent.
   */
  read(one: OneItem): Wish | undefined;
  /** @returns what is put out of each, in their order */
  write(
    store: Store,
    wishes: Array<Wish & { orderId: string }>,
    run: OrdersRun,
  ): Promise<Array<Outcome<object>>>;
}

const collection = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: sortBy(options, 'displayName'),
});

/** By the order that each names, the places of those who have a wish about it. */
function namesOf(wishes: ReadonlyArray<{ orderId: string }>): ReadonlyMap<string, number[]> {
  const byOrder = groupBy(wishes, ({ orderId }) => orderId);
  return new Map(Object.entries(byOrder).map(([orderId, same]) => [orderId, placesOf(same)]));
}

/** An operation that takes all items together, so that it needs no more requests than the store's API asks for. */
export function ordersOperation<Store extends OpenedStore, Wish extends object>(
  { open, platform }: StoreService<Store>,
  { order, fields, options = [], read: readWish, write, ...words }: OrdersOperation<Store, Wish>,
): Operation {
  return {
    ...words,
    properties: [order.field, ...fields, collection([...options, outputField])],
    async start(context) {
      const store = await open(context);
      const read = parameterReader(context);
      const field = read.forAll<string>(`options.${outputField.name}`, '').trim();
      return itemSteps<{ one: OneItem; wish: Wish }, object>({
        prepare: (item, index) => {
          requireOfStore(item, platform, store);
          const one: OneItem = { item, index, read };
          const wish = readWish(one);
          return wish && { one, wish };
        },
        run: async (all) => {
          const found = await inFlight(all, ITEMS_AT_ONCE, async ({ one }) =>
            settle(async () => await order.locate(store, one)),
          );
          const items: INodeExecutionData[] = [];
          const wishes = all.flatMap(({ wish, one: { item } }, at) => {
            const place = found[at];
            if (!place?.ok) return [];
            items.push(item);
            return [standsFor({ ...wish, orderId: place.value.id }, [at])];
          });
          const work = async () => await write(store, wishes, { context, read, items });
          const written = (await askedByName(namesOf(wishes), work)).values();
          return found.map((place) =>
            place.ok ? (written.next().value as Outcome<object>) : place,
          );
        },
        output: (item, result, index) => withResult(item, field, result, index),
      });
    },
  };
}
