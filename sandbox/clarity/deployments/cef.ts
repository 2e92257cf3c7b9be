import { roleBySession } from '../api/sessions';
import { ID_FIELDS, type Document, type Resource } from '../model';
import { plain } from './brief';
import { contact } from './contact';
import { inside, pathShown, PASCAL_NAMES, renamed, restored, type Fields } from './fields';
import { withNumericIds } from './ids';
import { responseStatus } from './response-status';
import { STANDARD } from './tellings';
import type { Deployment } from './types';

type Given = Record<string, unknown>;

const LINE: Fields = { lineId: 'ID' };

/** What all resources call so. */
const COMMON: Fields = {
  externalId: 'CustomKey',
  createdDate: 'CreatedDate',
  modifiedDate: 'UpdatedDate',
};

const POINTERS: Fields = { orderId: 'SalesOrderID', customerId: 'AccountID' };

const OWN: Readonly<Partial<Record<Resource, Fields>>> = {
  orders: {
    orderDate: 'CreatedDate',
    status: 'StatusName',
    totalAmount: 'Totals.Total',
    shippingAmount: 'Totals.Shipping',
    handlingAmount: 'Totals.Handling',
    discountAmount: 'Totals.Discounts',
    currency: 'CurrencyKey',
    shippingAddress: contact('ShippingContact'),
    billingAddress: contact('BillingContact'),
    lineItems: inside('SalesItems', LINE, PASCAL_NAMES),
  },
  customers: { contact: contact('Contact'), shippingAddress: contact('ShippingContact') },
};

const fieldsOf = (resource: Resource): Fields => {
  const { createdDate, ...withoutCreated } = COMMON;
  return {
    ...(resource === 'orders' ? withoutCreated : COMMON),
    ...POINTERS,
    ...OWN[resource],
    [ID_FIELDS[resource]]: 'ID',
  };
};

const FIELDS = Object.fromEntries(
  (Object.keys(ID_FIELDS) as Resource[]).map((name) => [name, fieldsOf(name)]),
) as Record<Resource, Fields>;

/** Name, e-mail, phone and address of a customer are one contact there. */
function withContact({ billingAddress, firstName, lastName, email, phone, ...rest }: Given): Given {
  const person = { firstName, lastName, email, phone };
  return { ...rest, contact: { ...(billingAddress as object | undefined), ...person } };
}

function withoutContact({ contact: given, ...rest }: Given): Given {
  if (given === undefined) return rest;
  const address = given as Given;
  const person = ['firstName', 'lastName', 'email', 'phone']
    .filter((name) => address[name] !== undefined)
    .map((name) => [name, address[name]]);
  return { ...rest, ...Object.fromEntries(person), billingAddress: address };
}

/** Fields without a value are left out there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner != null)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
}

/** The ServiceStack deployments: schema and entity names are this sandbox's reading. */
export const cef: Deployment = {
  name: 'cef',
  base: '/DesktopModules/ClarityEcommerce/API-Storefront',
  resources: {
    orders: { path: 'Ordering/SalesOrders' },
    products: { path: 'Products/Products' },
    customers: { path: 'Accounts/Accounts' },
    inventory: { path: 'Inventory/InventoryLevels' },
    payments: { path: 'Payments/Payments' },
    shipments: { path: 'Shipping/Shipments' },
    returns: { path: 'Returning/SalesReturns' },
    coupons: { path: 'Discounts/Discounts' },
    addresses: { path: 'Geography/Addresses' },
    invoices: { path: 'Invoicing/SalesInvoices' },
  },
  operations: ({ cefRead, cefCreate, cefUpdate, cefRemove }) => ({
    list: 'GET {resource}',
    read: cefRead,
    create: cefCreate,
    update: cefUpdate,
    remove: cefRemove,
  }),
  owners: {},
  query: ({ cefModifiedSince }) => ({
    page: 'StartIndex',
    size: 'Size',
    since: cefModifiedSince,
  }),
  pageSize: 50,
  createdStatus: 200,
  envelope: ({ rows, page, size, total }, { cefTotals }) => ({
    Results: rows,
    ...(cefTotals
      ? {
          CurrentPage: page,
          CurrentCount: rows.length,
          TotalPages: Math.ceil(total / size),
          TotalCount: total,
        }
      : {}),
  }),
  show: (resource, document, switches) => {
    const shown = withNumericIds(plain(resource, document, switches)) as Document;
    const shaped = resource === 'customers' ? withContact(shown) : shown;
    return withoutNulls(renamed(shaped, FIELDS[resource], PASCAL_NAMES)) as object;
  },
  read: (resource, body) => {
    const given = restored(body, FIELDS[resource], PASCAL_NAMES);
    return resource === 'customers' ? withoutContact(given) : given;
  },
  path: (resource, path) => pathShown(path, FIELDS[resource], PASCAL_NAMES),
  written: (document, { logicalFailures, successField }) =>
    logicalFailures ? { ...document, [successField]: true } : document,
  telling: STANDARD,
  roleOf: roleBySession,
  refuse: responseStatus,
};
