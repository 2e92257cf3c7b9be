import type { AnyFeed } from '../kit/feed';
import { fittingRows } from '../kit/pages';
import { momentOf, type RecordType } from '../kit/records';
import { CREDENTIAL_NAME } from './api';
import type { Clarity, Records } from './client';
import { orderCode } from './statuses';
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
function feedOf<T extends object>(
  type: RecordType<T>,
  records: Records<T>,
  isWanted: (record: T) => boolean = () => true,
): AnyFeed<T> {
  if (records.canAskForChanges) {
    return {
      type,
      changes: { changedSince: (changedSince) => records.pages({ changedSince }), isWanted },
      tooMany:
        'Choose a later Start From. Older records can be read with the Clarity node (Get Many).',
    };
  }
  return {
    type,
    changes: { all: (options) => fittingRows(records.pages({}, options), isWanted) },
    tooMany: `Name in API Profile of the credential ${CREDENTIAL_NAME} the parameter that asks for changes (modifiedSince of the list): without it the whole list is read and remembered.`,
  };
}

/** Whether an order has one of the chosen statuses, however the deployment spells it; none chosen: each. */
export function hasStatus({ status }: Order, chosen: readonly string[]): boolean {
  const code = orderCode(status ?? '');
  return chosen.length === 0 || chosen.some((each) => orderCode(each) === code);
}

/** @param statuses only orders with one of them; none: all */
export const orderFeed = ({ orders }: Clarity, statuses: readonly string[] = []): AnyFeed<Order> =>
  feedOf(ORDERS, orders, (order) => hasStatus(order, statuses));
export const productFeed = ({ products }: Clarity): AnyFeed<Product> => feedOf(PRODUCTS, products);
export const customerFeed = ({ customers }: Clarity): AnyFeed<Customer> =>
  feedOf(CUSTOMERS, customers);
