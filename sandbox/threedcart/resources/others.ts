import type { Version } from '../api/auth';
import { collectionRoutes, listAnswer, type Collection } from '../api/collection';
import { nothingFound } from '../api/errors';
import { equals, since, until, type Filters } from '../api/filters';
import type { Route } from '../api/routes';
import type { OrderStatus, Rma } from '../model';

const MOST = 500;

const STATUSES: Collection<OrderStatus> = {
  path: '/OrderStatus',
  idKey: 'OrderStatusID',
  element: 'OrderStatus',
  noun: 'order status',
  most: MOST,
  rows: ({ store }) => [...store.statuses.values()],
  idOf: ({ OrderStatusID }) => OrderStatusID,
};

const RMA_FILTERS: Filters<Rma> = {
  datestart: since(({ RmaDate }) => RmaDate),
  dateend: until(({ RmaDate }) => RmaDate),
  rmastatusid: equals(({ RMAStatusID }) => RMAStatusID),
  rmareasonid: equals(({ RMAReasonID }) => RMAReasonID),
  rmamethodid: equals(({ RMAMethodID }) => RMAMethodID),
  catalogid: (value) => (rma) =>
    rma.RMAItemList.some(({ CatalogID }) => String(CatalogID) === value),
  sku: (value) => (rma) => rma.RMAItemList.some(({ SKU }) => SKU === value),
};

/** Goods that come back can be read and not written. */
const RMAS: Collection<Rma> = {
  path: '/RMA',
  idKey: 'RMAID',
  element: 'RMA',
  noun: 'RMA',
  most: MOST,
  rows: ({ store }) => [...store.rmas.values()],
  idOf: ({ RMAID }) => RMAID,
  filters: RMA_FILTERS,
};

const rmaItems: Route = {
  method: 'GET',
  path: '/RMA/:rmaid/Items',
  operation: 'list items of an RMA',
  handle: (call) => {
    const rma = call.store.rmas.get(Number(call.text('rmaid')));
    if (rma === undefined) throw nothingFound();
    return listAnswer(call, rma.RMAItemList, { most: MOST, element: 'RMAItem' });
  },
};

const V2: readonly Version[] = ['v2'];

/** What this store has none of, or nobody has seen: each answers as an empty list does, and knows no id. */
const EMPTY: ReadonlyArray<readonly [name: string, versions?: readonly Version[]]> = [
  ['Manufacturers'],
  ['Distributors'],
  ['PaymentTokens'],
  ['GiftRegistries'],
  ['CRM'],
  ['Cart'],
  ['StoreSettings'],
  ['Admins', V2],
  ['AdminPermissions', V2],
  ['FrontendScripts', V2],
];

const emptyRoutes = EMPTY.flatMap(([name, versions]) =>
  collectionRoutes<object>({
    path: `/${name}`,
    versions,
    idKey: 'ID',
    element: name,
    noun: name,
    most: MOST,
    rows: () => [],
    idOf: () => '',
  }),
);

export const otherRoutes: readonly Route[] = [
  ...collectionRoutes(STATUSES),
  ...collectionRoutes(RMAS),
  rmaItems,
  ...emptyRoutes,
];
