import type { RecordDoors } from '../control/records';
import type { EventKey } from './events';
import { CUSTOMER, fresh } from './model';
import { customerOf } from './orders/parties';
import { CUSTOMERS } from '../seed';
import { addProduct } from './seed';
import type { ThreeDCartStore } from './store';

/** What the staff of a store does to its records is told to whoever listens. */
export interface Staff {
  store: ThreeDCartStore;
  now(): Date;
  tell(event: EventKey, record: object): void;
}

/** What the store's staff does to its products in the administration. */
export function productDoors({ store, now, tell }: Staff): RecordDoors {
  return {
    ids: () => [...store.products.keys()].map(String),
    place: (at = now()) => {
      const number = store.nextId('placedProduct');
      const given = { sku: `NEW-${number}`, name: `New product ${number}`, price: 10, weight: 1 };
      const product = addProduct(store, given, store.time(at), 0);
      tell('productNew', product);
      return String(product.SKUInfo.CatalogID);
    },
    change: (id, at = now()) => {
      const product = store.products.get(Number(id));
      if (product === undefined) return;
      product.SKUInfo.Price += 1;
      product.LastUpdate = store.time(at);
      tell('productUpdated', product);
    },
    remove: (id) => {
      const product = store.products.get(Number(id));
      if (product === undefined) return;
      store.products.delete(product.SKUInfo.CatalogID);
      store.forgetSkus();
      tell('productDeleted', product);
    },
  };
}

/** What customers do who register, and the staff in their records. */
export function customerDoors({ store, now, tell }: Staff): RecordDoors {
  return {
    ids: () => [...store.customers.keys()].map(String),
    place: (at = now()) => {
      const id = store.nextId('customer');
      const person = CUSTOMERS[id % CUSTOMERS.length];
      const customer = fresh(CUSTOMER, {
        ...(person && customerOf(person)),
        CustomerID: id,
        Email: `customer-${id}@example.com`,
      });
      const record = { customer, lastUpdate: store.time(at) };
      store.customers.set(id, record);
      tell('customerNew', record);
      return String(id);
    },
    change: (id, at = now()) => {
      const record = store.customers.get(Number(id));
      if (record === undefined) return;
      record.customer.Comments += 'x';
      record.lastUpdate = store.time(at);
      tell('customerUpdated', record);
    },
    remove: (id) => {
      const record = store.customers.get(Number(id));
      if (record === undefined) return;
      store.customers.delete(record.customer.CustomerID);
      tell('customerDeleted', record);
    },
  };
}
