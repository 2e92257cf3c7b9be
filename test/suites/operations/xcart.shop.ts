/** The X-Cart of the sandbox for operations to work in, whichever of its APIs they go by. */
import { pick } from 'lodash';
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../../credentials/XCartApi.credentials';
import { XCart } from '../../../nodes/XCart/XCart.node';
import { ENTITIES } from '../../../sandbox/xcart/classic/entities';
import type { XCartStore } from '../../../sandbox/xcart/store';
import type { StoreNode } from './ask';
import type { Tables } from './planned';
import { type Shelves, type ShopRig, startShop } from './shop';

/** A product without variants, below which the rows make what stands below a product. */
export const PRODUCT = 38;
export const OTHER_PRODUCT = 39;

/** What the rows find there: attributes with options, and values of the product that no variant has yet. */
export const IDS = {
  checkbox: 900,
  select: 901,
  own: 902,
  options: [911, 912],
  values: [921, 922],
} as const;

function addAttributes(store: XCartStore): void {
  const attribute = (path: string, id: number, name: string): void =>
    void store.collection(path).set(id, { id, position: 0, name, displayMode: 'S' });
  const below = `products/${PRODUCT}/attributes_select`;
  attribute('attributes_checkbox', IDS.checkbox, 'Gift box');
  attribute('attributes_select', IDS.select, 'Size');
  attribute(below, IDS.own, 'Handle');
  IDS.options.forEach((id, index) => {
    store
      .collection(`${below}/${IDS.own}/options`)
      .set(id, { id, position: index, value: `Handle ${index}` });
  });
  IDS.values.forEach((id, index) => {
    store.collection(`${below}/${IDS.own}/values`).set(id, {
      id,
      option_id: IDS.options[index],
      position: index,
      price_modifier: 0,
      price_modifier_type: 'percent',
      weight_modifier: 0,
      weight_modifier_type: 'percent',
      is_default: index === 0,
    });
  });
}

/** What happened to orders, their carts have too; the sandbox's carts are left by people who had only begun. */
function fillCarts({ orders, carts }: XCartStore): void {
  const [order] = orders.values();
  for (const cart of carts.values()) {
    const { transactions = [], history = [], details = [] } = order ?? {};
    Object.assign(cart, structuredClone({ transactions, history, details }));
  }
}

/** What stands inside of other records, by its own id. */
const inside = <Owner, Part extends { id: number }>(
  owners: ReadonlyMap<number, Owner>,
  parts: (owner: Owner) => Iterable<Part>,
): ReadonlyMap<number, Part> =>
  new Map(
    [...owners.values()].flatMap((owner) =>
      [...parts(owner)].map((part): [number, Part] => [part.id, part]),
    ),
  );

const SHELVES: Shelves = {
  prepare: ({ services: { xcart } }) => {
    addAttributes(xcart.store);
    fillCarts(xcart.store);
  },
  all: ({ services: { xcart } }) => {
    const { store } = xcart;
    return {
      order: store.orders,
      cart: store.carts,
      product: store.products,
      category: store.categories,
      customer: store.profiles,
      address: inside(store.profiles, ({ addresses }) => addresses.values()),
      variant: inside(store.products, ({ variants }) => variants.values()),
      image: inside(store.products, ({ view }) => view.images),
      featured: store.featuredOn,
      ...Object.fromEntries(store.collections),
    };
  },
};

export const startXCart = async (): Promise<ShopRig> => await startShop('xcart', SHELVES);

export const xcartNode = (
  { sandbox }: ShopRig,
  more: IDataObject = {},
  credentialType: ICredentialType = new XCartApi(),
): StoreNode => ({
  nodeType: new XCart(),
  credentialTypes: [credentialType],
  credentials: {
    [credentialType.name]: { ...sandbox.credentials.xCartApi?.data, version: '5.5.0', ...more },
  },
});

const byId = <Row extends { id: number | null }>(rows: Iterable<Row>): Map<string, Row> =>
  new Map([...rows].map((row) => [String(row.id), row]));

const viewed = <Row extends { view: object }>(
  records: ReadonlyMap<number, Row>,
): Map<string, object> => new Map([...records].map(([id, { view }]) => [String(id), view]));

/** What X-Cart has, as its REST API tells it: by the paths of its lists. */
export function tablesOf({ sandbox }: ShopRig): Tables {
  const { store } = sandbox.services.xcart;
  const links = (ids: Iterable<number>): Map<string, object> =>
    new Map([...ids].map((id) => [String(id), { product_id: id }]));
  const { orders, products, profiles, categories } = store;
  return {
    orders: viewed(orders),
    products: viewed(products),
    profiles: viewed(profiles),
    categories: viewed(categories),
    ...Object.fromEntries(
      [...categories.values()].flatMap(({ view, products: within }) => [
        [`categories/${view.id}/products`, links(within)],
        [
          `categories/${view.id}`,
          new Map(Object.entries(pick(view, 'icon', 'banner')).filter(([, is]) => is !== null)),
        ],
      ]),
    ),
    ...Object.fromEntries(
      [...store.featuredOn].map(([page, ids]) => [
        page === 'front' ? 'front_page/featured' : `categories/${page}/featured`,
        links(ids),
      ]),
    ),
    ...Object.fromEntries(
      [...profiles].map(([id, { addresses }]) => [
        `profiles/${id}/addresses`,
        byId(addresses.values()),
      ]),
    ),
    ...Object.fromEntries(
      [...products].flatMap(([id, { variants, view }]) => [
        [`products/${id}/variants`, byId(variants.values())],
        [`products/${id}/images`, byId(view.images)],
      ]),
    ),
    ...Object.fromEntries(
      [...store.collections].map(([path, rows]) => [path, byId(rows.values())]),
    ),
  };
}

/** The same by the classic API: whole records by the names of its classes. */
export function classicTablesOf({ sandbox }: ShopRig): Tables {
  const { store } = sandbox.services.xcart;
  const call = { store, now: new Date() };
  return Object.fromEntries(
    [...ENTITIES].map(([name, { all, idOf, fields, relations }]) => [
      name,
      new Map(
        all(call).map((record) => [
          String(idOf(record)),
          { ...fields(record, call), ...relations?.(record, call) },
        ]),
      ),
    ]),
  );
}

/** What X-Cart itself writes: dates, addresses of files, and what else a status says and brings about. */
export const BY_ITSELF =
  /update_date$|url$|image\.(alt|width|height)$|^products\.images|^categories\.(icon|banner)|_status\.(id|name|customer_name)$|stock_status|^products(\/\d+\/variants)?\.amount/i;
