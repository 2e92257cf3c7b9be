/** What the writes of X-Cart 5.5 are about, for dry runs (admin API reference, 5.5.1: REST). */
import { get, mapValues } from 'lodash';

import type { Asked, Document, StoreRehearsal, WriteRoute } from '../kit/rehearsal';
import { PAYMENT_CODES, SHIPPING_CODES } from './statuses';

/** A status is written at a path of its own, and stands in the order. */
const statusRoute = (part: 'payment_status' | 'shipping_status'): WriteRoute => ({
  methods: ['PUT'],
  path: `/orders/{id}/${part}`,
  action: 'update',
  table: () => 'orders',
  place: ({ ids }) => ({ read: `/orders/${ids['id']}` }),
  document: ({ row }) => ({ [part]: row }),
  answers: part,
});

/** A product stands in a category, or first on a page: nothing of it can be read but the list. */
const linkRoutes = (list: string): WriteRoute[] => {
  const listOf = ({ path, ids }: Asked) => (ids['id'] ? path.replace(/\/[^/]+$/, '') : path);
  const link = ({ ids, row }: Asked) => String(ids['id'] ?? row['product_id']);
  const place: WriteRoute['place'] = (asked) => ({
    list: listOf(asked),
    key: { product_id: Number(link(asked)) },
  });
  const common = { table: (asked: Asked) => listOf(asked).slice(1), place, id: link };
  return [
    { ...common, methods: ['POST'], path: list, action: 'set' },
    { ...common, methods: ['DELETE'], path: `${list}/{id}`, action: 'delete' },
  ];
};

const ROUTES: readonly WriteRoute[] = [
  statusRoute('payment_status'),
  statusRoute('shipping_status'),
  {
    methods: ['PUT'],
    path: '/categories/{id}/move',
    action: 'update',
    table: () => 'categories',
    place: ({ ids }) => ({ read: `/categories/${ids['id']}` }),
  },
  ...['/categories/{category}/products', '/{page*}/featured'].flatMap(linkRoutes),
  // A picture takes the place of the one that is there.
  ...['icon', 'banner'].map((picture): WriteRoute => ({
    methods: ['POST'],
    path: `/categories/{id}/${picture}`,
    action: 'set',
    table: ({ ids }) => `categories/${ids['id']}`,
    id: () => picture,
    place: ({ path }) => ({ read: path }),
    replaces: true,
  })),
];

const NAMES = [
  ['payment_status', PAYMENT_CODES],
  ['shipping_status', SHIPPING_CODES],
] as const;

/** A status that is another one then, by the name that every store has for it; that of one the merchant has added is its code. */
function withStatusNames(record: Document, former?: Document): Document {
  const told = { ...record };
  for (const [part, codes] of NAMES) {
    const code: unknown = get(record, `${part}.code`);
    if (!former || typeof code !== 'string' || code === get(former, `${part}.code`)) continue;
    const name = codes[code]?.name ?? code;
    told[part] = { ...(record[part] as Document), name, customer_name: name };
  }
  return told;
}

/** What goes in by its name comes out as an object with that name. */
export const named = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(named);
  return typeof value === 'string' && value !== '' ? { name: value } : value;
};

const BY_NAME = ['product_class', 'tax_class', 'memberships'];

const asRead = (document: Document): Document =>
  mapValues(document, (value, column) => (BY_NAME.includes(column) ? named(value) : value));

const KNOWN_BY = ['order_number', 'sku', 'login', 'code', 'name'];

export const xCartRehearsal = (base: string): StoreRehearsal => ({
  system: 'X-Cart',
  base,
  routes: ROUTES,
  // A link has the id of its product, and a picture none.
  idAt: (path) => (/\/categories\/[^/]+\/products$|\/featured$/.test(path) ? undefined : 'id'),
  asRead,
  files: { attachment: 'filename' },
  completed: (record, _reader, former) => withStatusNames(record, former),
  beside: NAMES.map(([part]) => `${part}.name`),
  nameOf: (record) =>
    KNOWN_BY.map((column): unknown => get(record, column)).find(
      (value): value is string => typeof value === 'string' && value !== '',
    ),
});
