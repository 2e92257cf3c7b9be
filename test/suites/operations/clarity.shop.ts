/** The Clarity of the sandbox for operations to work in. */
import { ID_FIELDS, type Resource } from '../../../sandbox/clarity/model';
import type { RunningSandbox } from '../../../sandbox/start';
import type { Shelves } from './shop';

/** Resources of the shop by what the node calls them. */
const KINDS: Readonly<Record<string, Resource>> = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  inventory: 'inventory',
  payment: 'payments',
  shipment: 'shipments',
  return: 'returns',
  coupon: 'coupons',
  address: 'addresses',
  invoice: 'invoices',
};

type Shelf = ReadonlyMap<string, unknown>;

const shelfOf = ({ services: { clarity } }: RunningSandbox, resource: Resource): Shelf =>
  new Map(
    clarity.store.all(resource).map((record) => [String(record[ID_FIELDS[resource]]), record]),
  );

export const SHELVES: Shelves = {
  // Whoever looks at one shelf, for each of many items, does not fill all ten of them.
  all: (sandbox) => {
    const shelves: Record<string, Shelf> = {};
    for (const [kind, resource] of Object.entries(KINDS)) {
      const get = (): Shelf => shelfOf(sandbox, resource);
      Object.defineProperty(shelves, kind, { enumerable: true, get });
    }
    return shelves;
  },
};
