/** Lists of what an order consists of, which a store keeps or gives apart from it: one item for each piece. */
import type { RecordIdentity } from '../../../core/stores/kit/records';
import type { Operation } from '../operation';
import type { Locator } from './locator';
import { recordOperation } from './operation';
import type { OpenedStore, StoreService } from './service';
import { addSourceField, withSource } from './source';

type Words = Pick<Operation, 'name' | 'value' | 'action' | 'description'>;

export interface OrderPieces<Store, Row extends object, Named extends object> {
  order: Locator<Store>;
  rows(store: Store, orderId: string): Promise<Row[]>;
  /** What each piece says of its order, as the store's own documents do: nothing else tells a mapping whose it is. */
  named(orderId: string): Named;
  /** Lower case, such as `payment`, where flows follow such pieces: *Add Source* then says where each comes from. */
  one?: string;
  source?: RecordIdentity<Row & Named> | ((store: Store) => RecordIdentity<Row & Named>);
}

export function orderPieces<Store extends OpenedStore, Row extends object, Named extends object>(
  service: StoreService<Store>,
  words: Words,
  { order, rows, named, one = 'piece', source }: OrderPieces<Store, Row, Named>,
): Operation {
  return recordOperation(service, {
    ...words,
    on: [order],
    fields: source ? [addSourceField(service, one)] : [],
    onlyReads: true,
    work: async (store, [id], { read, index }) => {
      const readAt = Date.now();
      const of = named(id);
      const pieces = (await rows(store, id)).map((row) => ({ ...of, ...row, ...of }));
      if (!source || !read<boolean>('addSource', index, true)) return pieces;
      return pieces.map((piece) => withSource(source, store, piece, readAt));
    },
  });
}
