import type { RecordDoors } from '../control/records';
import { productDate } from './api/dates';
import type { AddressView, ProductRecord, ProfileRecord } from './model';
import { newProduct } from './resources/product-defaults';
import { addressDefaults, newProfile } from './resources/profile-defaults';
import type { XCartStore } from './store';
import type { Happening } from './webhooks';

/** What the staff of a store does to its records is told to whoever listens. */
export interface Staff {
  store: XCartStore;
  now(): Date;
  tell(happening: Happening, record: ProductRecord | ProfileRecord): void;
}

/** What the store's staff does to its products in the administration. */
export function productDoors({ store, now, tell }: Staff): RecordDoors {
  const productOf = (id: string): ProductRecord | undefined => store.products.get(Number(id));
  return {
    ids: () => [...store.products.keys()].map(String),
    place: (at = now()) => {
      const number = store.nextId('placedProduct');
      const given = { sku: `NEW-${number}`, name: `New product ${number}`, price: 10 };
      const product = newProduct(store, given, at);
      store.addProduct(product);
      tell('created', product);
      return String(product.view.id);
    },
    change: (id, at = now()) => {
      const product = productOf(id);
      if (product === undefined) return;
      const { view } = product;
      Object.assign(view, { price: view.price + 1, update_date: productDate(at) });
      tell('updated', product);
    },
    remove: (id) => {
      const product = productOf(id);
      if (product) store.removeProduct(product);
    },
  };
}

const addressOf = (id: number): AddressView => ({
  id,
  ...addressDefaults(),
  is_billing: true,
  is_shipping: true,
  firstname: 'Ada',
  lastname: 'Byron',
  phone: '+15125550100',
  street: '1 Main St',
  zipcode: '78701',
  city: 'Austin',
  country_code: 'US',
  state: 43,
  state_name: 'Texas',
});

function registered(store: XCartStore, at: Date): ProfileRecord {
  const id = store.nextId('profile');
  const address = addressOf(store.nextId('address'));
  const addresses = new Map([[address.id, address]]);
  return newProfile(id, { login: `customer-${id}@example.com` }, at, { addresses });
}

/** What customers do who register, and the staff in their profiles. Administrators are none of them. */
export function customerDoors({ store, now, tell }: Staff): RecordDoors {
  const customers = (): ProfileRecord[] =>
    [...store.profiles.values()].filter(
      ({ view, orderId }) => orderId === null && view.access_level === 0,
    );
  const profileOf = (id: string): ProfileRecord | undefined => store.profiles.get(Number(id));
  return {
    ids: () => customers().map(({ view }) => String(view.id)),
    place: (at = now()) => {
      const profile = registered(store, at);
      store.addProfile(profile);
      tell('created', profile);
      return String(profile.view.id);
    },
    // A profile bears no date of its last change.
    change: (id) => {
      const profile = profileOf(id);
      if (profile === undefined) return;
      profile.view.status_comment += 'x';
      tell('updated', profile);
    },
    remove: (id) => {
      const profile = profileOf(id);
      if (profile) store.removeProfile(profile);
    },
  };
}
