/**
 * What the writes of the classic API are about, for dry runs (X-Cart documentation of the module REST API: `_path` names a record,
 * `<class>/0` a new one, and what is not there is `null`).
 */
import { get, pick } from 'lodash';

import type { HttpRequest } from '../../../http/types';
import type { Document, Reader, StoreRehearsal } from '../../kit/rehearsal';

/** `_path` and `_schema`, as a path: the complex schema is another document of the same record. */
function pathIn({ url }: HttpRequest): string {
  const { searchParams: query } = new URL(url);
  const isComplex = query.get('_schema') === 'complex';
  return `/${query.get('_path') ?? ''}${isComplex ? '/complex' : ''}`;
}

function urlOf(path: string, { url }: HttpRequest): string {
  const address = new URL(url);
  const query = address.searchParams;
  query.set('_path', path.slice(1));
  query.set('_schema', 'default');
  return address.toString();
}

const IDS: Readonly<Record<string, string>> = {
  address: 'address_id',
  category: 'category_id',
  order: 'order_id',
  ordertrackingnumber: 'tracking_id',
  product: 'product_id',
  profile: 'profile_id',
};

/** What a record is related to is written by its id, and comes with fields of its own. */
const RELATED: Readonly<Record<string, string>> = {
  paymentStatus: 'order-status-payment',
  shippingStatus: 'order-status-shipping',
};

async function withRelated(record: Document, reader: Reader, former?: Document): Promise<Document> {
  const whole = { ...record };
  for (const [relation, entity] of Object.entries(RELATED)) {
    const { id, code } = (record[relation] ?? {}) as { id?: unknown; code?: unknown };
    const before = (former?.[relation] ?? {}) as { id?: unknown };
    if (former && id !== undefined && (id !== before.id || code === undefined)) {
      whole[relation] = { id, ...(await reader.read(`/${entity}/${String(id)}`)) };
    }
  }
  return whole;
}

const entityIn = (path: string): string => path.split('/')[1] ?? '';

export const classicRehearsal = (base: string): StoreRehearsal => ({
  system: 'X-Cart',
  base,
  routes: [
    // It stands in its order as well, where the next one is looked for.
    {
      methods: ['POST'],
      path: '/ordertrackingnumber/0',
      action: 'set',
      table: () => 'ordertrackingnumber',
      place: ({ row }) => ({
        read: `/order/${String(get(row, 'order.order_id'))}`,
        in: 'trackingNumbers',
        key: pick(row, 'value'),
      }),
    },
    {
      methods: ['POST'],
      path: '/{entity}/0',
      action: 'create',
      table: ({ ids }) => ids['entity'] ?? '',
    },
  ],
  idAt: (path) => IDS[entityIn(path)] ?? 'id',
  madeAt: (path, id) => path.replace(/0$/, String(id)),
  requestIn: (request) => ({
    method: request.method,
    path: pathIn(request),
    body: request.body === undefined ? undefined : (JSON.parse(request.body) as unknown),
  }),
  urlOf,
  absent: { status: 200, body: null },
  // What is deleted is answered with, and what is made with the status of any success.
  answer: ([one]) => ({ status: 200, body: one?.after ?? {} }),
  keyed: { translations: 'code' },
  completed: withRelated,
  beside: Object.keys(RELATED).map((relation) => `${relation}.code`),
  nameOf: ({ orderNumber, sku, login }) =>
    [orderNumber, sku, login].find(
      (value): value is string => typeof value === 'string' && value !== '',
    ),
});
