import type { AnyFeed } from '../kit/feed';
import { momentOf, type RecordType } from '../kit/records';
import { CREDENTIAL_NAME } from './api';
import type { Clarity, Records } from './client';
import type { Customer, Order, Product } from './wire';

/** What the pack itself writes to a record moves its date, and its external id is where other systems leave their own. */
const VOLATILE = ['modifiedDate', 'externalId', 'UpdatedDate', 'CustomKey'];

interface Dated {
  modifiedDate?: string | null;
}

const DATED = {
  platform: 'clarity',
  changedAt: ({ modifiedDate }: Dated) => momentOf(modifiedDate),
  versionOf: ({ modifiedDate }: Dated) => modifiedDate ?? undefined,
  volatile: VOLATILE,
};

/** Told apart by the names that the API profile gives the service's documents. */
export const ORDERS: RecordType<Order> = {
  ...DATED,
  kind: 'order',
  many: 'orders',
  idOf: ({ orderId }) => orderId,
  numberOf: ({ orderNumber }) => orderNumber,
  createdAt: ({ orderDate }) => momentOf(orderDate),
};

export const PRODUCTS: RecordType<Product> = {
  ...DATED,
  kind: 'product',
  many: 'products',
  idOf: ({ productId }) => productId,
  numberOf: ({ sku }) => sku,
  createdAt: ({ createdDate }) => momentOf(createdDate),
};

export const CUSTOMERS: RecordType<Customer> = {
  ...DATED,
  kind: 'customer',
  many: 'customers',
  idOf: ({ customerId }) => customerId,
  createdAt: ({ createdDate }) => momentOf(createdDate),
};

/**
 * Records of a resource that have changed. Where the list can be asked for changes, that is asked; its order is not known.
 * Where it cannot, all of it is read, and compared with what it was.
 */
function feedOf<T extends object>(type: RecordType<T>, records: Records<T>): AnyFeed<T> {
  if (records.canAskForChanges) {
    return {
      type,
      changes: { changedSince: (changedSince) => records.pages({ changedSince }) },
      tooMany:
        'Choose a later Start From. Older records can be read with the Clarity node (Get Many).',
    };
  }
  return {
    type,
    changes: { all: (options) => records.pages({}, options) },
    tooMany: `Name in API Profile of the credential ${CREDENTIAL_NAME} the parameter that asks for changes (modifiedSince of the list): without it the whole list is read and remembered.`,
  };
}

export const orderFeed = ({ orders }: Clarity): AnyFeed<Order> => feedOf(ORDERS, orders);
export const productFeed = ({ products }: Clarity): AnyFeed<Product> => feedOf(PRODUCTS, products);
export const customerFeed = ({ customers }: Clarity): AnyFeed<Customer> =>
  feedOf(CUSTOMERS, customers);
