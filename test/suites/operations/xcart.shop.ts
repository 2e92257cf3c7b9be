/** The X-Cart of the sandbox for operations to work in, whichever of its APIs they go by. */
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../../credentials/XCartApi.credentials';
import { XCart } from '../../../nodes/XCart/XCart.node';
import type { XCartStore } from '../../../sandbox/xcart/store';
import type { StoreNode } from './ask';
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
