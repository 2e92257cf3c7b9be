import type { RecordDoors } from '../control/records';
import { CUSTOMERS } from '../seed';
import { CHANGED, CREATED } from './api/effects';
import { renew } from './dates';
import { DEFAULTS, ID_FIELDS, type Document, type Resource } from './model';
import { addressOf } from './orders/parties';
import { WAREHOUSES } from './orders/stock';
import type { ClarityStore } from './store';

/** What the staff of a shop does to its records is told to whoever listens. */
export interface Staff {
  store: ClarityStore;
  now(): Date;
  /** Sends what has happened. */
  tell(): void;
}

/** What happens to records of one kind. */
function doorsTo(
  resource: Resource,
  { store, now, tell }: Staff,
  fieldsOf: (id: string) => Record<string, unknown>,
  move: (document: Document) => void,
): RecordDoors {
  const idField = ID_FIELDS[resource];
  return {
    ids: () => store.all(resource).map((document) => String(document[idField])),
    place: (at = now()) => {
      const id = store.nextId(resource);
      const date = at.toISOString();
      const document: Document = {
        [idField]: id,
        ...DEFAULTS[resource](),
        ...fieldsOf(id),
        externalId: null,
        createdDate: date,
        modifiedDate: date,
      };
      store.put(resource, document);
      CREATED[resource]?.(store, document, at, undefined);
      tell();
      return id;
    },
    change: (id, at) => {
      const document = store.get(resource, id);
      if (document === undefined) return;
      const past = structuredClone(document);
      move(document);
      if (at === undefined) renew(document, now());
      else document.modifiedDate = at.toISOString();
      CHANGED[resource]?.(store, document, now(), past);
      tell();
    },
    // Nobody is told: there is no event for it.
    remove: (id) => store.drop(resource, id),
  };
}

/** What the shop's staff does to its products. */
const productDoors = (staff: Staff): RecordDoors =>
  doorsTo(
    'products',
    staff,
    (id) => ({ sku: `NEW-${id}`, name: `New product ${id}`, price: 10, category: 'New' }),
    (product) => Object.assign(product, { price: Number(product.price) + 1 }),
  );

/** What customers do who register, and the staff in their records. */
const customerDoors = (staff: Staff): RecordDoors =>
  doorsTo(
    'customers',
    staff,
    (id) => {
      const email = `customer-${id}@example.com`;
      const person = CUSTOMERS[Number(id) % CUSTOMERS.length];
      const address = person && addressOf(person, email);
      const { firstName, lastName, company = null, phone } = person ?? {};
      const known = { email, firstName, lastName, company, phone };
      return { ...known, billingAddress: address, shippingAddress: address };
    },
    (customer) => Object.assign(customer, { customerGroup: `${String(customer.customerGroup)}x` }),
  );

/** Stock that comes into a warehouse, each time of a SKU that nobody has had yet, and is counted anew. */
const inventoryDoors = (staff: Staff): RecordDoors =>
  doorsTo(
    'inventory',
    staff,
    (id) => ({ sku: `NEW-${id}`, warehouse: WAREHOUSES[0], quantity: 10 }),
    (row) => Object.assign(row, { quantity: Number(row.quantity) + 1 }),
  );

/** The order that payments, shipments and returns are of: the first, if there is one. */
const orderIdIn = ({ store }: Staff): string | null => store.orders()[0]?.orderId ?? null;

/** Money that comes in, and whose payment service then gives it another number. */
const paymentDoors = (staff: Staff): RecordDoors =>
  doorsTo(
    'payments',
    staff,
    (id) => ({ orderId: orderIdIn(staff), transactionId: `TXN-${id}`, amount: 10 }),
    (payment) => Object.assign(payment, { transactionId: `${String(payment.transactionId)}x` }),
  );

/** Parcels that go out, and get another number on their way. */
const shipmentDoors = (staff: Staff): RecordDoors =>
  doorsTo(
    'shipments',
    staff,
    (id) => ({ orderId: orderIdIn(staff), carrier: 'Sandbox Parcel', trackingNumber: `1Z${id}` }),
    (parcel) => Object.assign(parcel, { trackingNumber: `${String(parcel.trackingNumber)}x` }),
  );

/** What customers want to send back, and why. */
const returnDoors = (staff: Staff): RecordDoors =>
  doorsTo(
    'returns',
    staff,
    () => ({ orderId: orderIdIn(staff), reason: 'Too small' }),
    (asked) => Object.assign(asked, { reason: `${String(asked.reason)}!` }),
  );

/** Of all that has events, by the last part of its path. */
export const recordDoors = (staff: Staff) => ({
  products: productDoors(staff),
  customers: customerDoors(staff),
  inventory: inventoryDoors(staff),
  payments: paymentDoors(staff),
  shipments: shipmentDoors(staff),
  returns: returnDoors(staff),
});
