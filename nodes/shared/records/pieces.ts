/** Lists of what an order consists of, which a store keeps or gives apart from it: one item for each piece. */
import type { RecordIdentity } from '../../../core/feeds/records';
import type { Operation } from '../operation';
import type { Locator } from './locator';
import { recordOperation } from './operation';
import type { OpenedStore, StoreService } from './service';
import { addSourceField, withSource } from './source';

type Words = Pick<Operation, 'name' | 'value' | 'action' | 'description'>;

/** Where not each piece is a record that flows follow. */
export interface MixedPieces<Row> {
  /** They stand in the order alone, and come first. */
  own: Row[];
  records: Row[];
}

export interface OrderPieces<Store, Row extends object, Named extends object> {
  order: Locator<Store>;
  rows(store: Store, orderId: string): Promise<Row[] | MixedPieces<Row>>;
  /** What each piece says of its order, as the store's own documents do: nothing else tells a mapping whose it is. */
  named(orderId: string): Named;
  /** Lower case, such as `payment`, where flows follow such pieces: *Add Source* then says where each comes from. */
  one?: string;
  source?: RecordIdentity<Row & Named> | ((store: Store) => RecordIdentity<Row & Named>);
  /** What the panel says of pieces without a source. */
  sourceNote?: string;
}

export function orderPieces<Store extends OpenedStore, Row extends object, Named extends object>(
  service: StoreService<Store>,
  words: Words,
  { order, rows, named, one = 'piece', source, sourceNote }: OrderPieces<Store, Row, Named>,
): Operation {
  return recordOperation(service, {
    ...words,
    on: [order],
    fields: source ? [addSourceField(service, one, sourceNote)] : [],
    onlyReads: true,
    work: async (store, [id], { read, index }) => {
      const readAt = Date.now();
      const of = named(id);
      const found = await rows(store, id);
      const { own, records } = Array.isArray(found) ? { own: [], records: found } : found;
      const piece = (row: Row): Row & Named => ({ ...of, ...row, ...of });
      if (!source || !read<boolean>('addSource', index, true))
        return [...own, ...records].map(piece);
      return [
        ...own.map(piece),
        ...records.map((row) => withSource(source, store, piece(row), readAt)),
      ];
    },
  });
}
