import { omit } from 'lodash';

import { validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import type { PageOptions, Pages } from '../../http/pages';
import { createRestClient, type RestOptions } from '../kit/rest';
import { storeZone } from '../kit/zone';
import { describeApi, MOST_PRODUCTS, type ThreeDCartAddress } from './api';
import { CATEGORY_LOOKUP, CUSTOMER_LOOKUP, GROUP_LOOKUP, PRODUCT_LOOKUP } from './lookups';
import { filterDay, type Orders, ordersOf } from './orders';
import {
  at,
  type Id,
  type Reading,
  type Records,
  recordsOf,
  type Resource,
  resourceOf,
} from './resource';
import { CREDENTIAL_NAME } from './signIn';
import {
  type AdvancedOption,
  type Category,
  type Customer,
  type CustomerGroup,
  type Product,
  type Rma,
  type SkuInfo,
  type Status,
  type Webhook,
  type WebhookEvent,
  wireIn,
  type WireRecord,
} from './wire';

/** That of 3dcart's servers (recorded answers). */
export const TIME_ZONE = 'America/New_York';

export interface ThreeDCartOptions extends ThreeDCartAddress, RestOptions {
  /** Zone of the dates, which name none, as an IANA name. Default `TIME_ZONE`. */
  timeZone?: string;
}

export interface ProductQuery {
  sku?: string;
  name?: string;
  /** Changed on the day of this moment or later, by the clock of the store. */
  changedSince?: Date;
}

export interface CustomerQuery {
  email?: string;
  firstName?: string;
  lastName?: string;
  /** Changed on the day of this moment or later, by the clock of the store. */
  changedSince?: Date;
}

export interface RmaQuery {
  /** On the day of this moment or later, by the clock of the store. */
  askedAfter?: Date;
  sku?: string;
}

export interface Products extends Records<Product, ProductQuery> {
  /** The products with this SKU; a variant's is not among them. */
  bySku(sku: string): Promise<Product[]>;
  skuInfo(catalogId: Id): Promise<SkuInfo>;
}

export interface Customers extends Records<Customer, CustomerQuery> {
  /** v2 alone; with v1 it rejects with what to do instead. */
  addressBooks(customerId: Id): Promise<WireRecord[]>;
}

/** A group can be made and changed, and not be deleted. */
export interface CustomerGroups extends Omit<Records<CustomerGroup, void>, 'remove'> {
  /** The customers that are in a group. */
  customers(groupId: Id, options?: PageOptions): Pages<Customer>;
}

export interface Categories extends Records<Category, void> {
  /** The products that stand in a category. */
  products(categoryId: Id, options?: PageOptions): Pages<Product>;
}

/** The variants of a product that have a SKU of their own. */
export interface AdvancedOptions {
  pages(options?: PageOptions): Pages<AdvancedOption>;
  /** @param options each with its `AdvancedOptionCode`; the rest of it stays as it is */
  updateMany(options: readonly object[]): Promise<Array<Outcome<AdvancedOption>>>;
}

export interface Webhooks {
  /** All of the store, switched off ones too. */
  list(): Promise<Webhook[]>;
  create(webhook: object): Promise<Webhook>;
  /** The event of a webhook cannot be changed. */
  update(id: Id, webhook: object): Promise<Webhook>;
  remove(id: Id): Promise<void>;
  /** What there is to be told of. Their numbers are nowhere documented: look one up by its name. */
  events(): Promise<WebhookEvent[]>;
}

/** 3dcart's REST API. Every method rejects with a `ServiceError` that says what to change. */
export interface ThreeDCart {
  orders: Orders;
  /** What the merchant calls the statuses of orders. */
  statuses(): Promise<Status[]>;
  customers: Customers;
  customerGroups: CustomerGroups;
  products: Products;
  advancedOptions(catalogId: Id): AdvancedOptions;
  categories: Categories;
  /** Returns can only be read. */
  rma: Reading<Rma, RmaQuery>;
  webhooks: Webhooks;
}

function productsOf(base: Resource<Product>, skuInfo: Resource<SkuInfo>, day: Day): Products {
  const records = recordsOf(base, ({ sku, name, changedSince }: ProductQuery) => ({
    sku: sku?.trim() || undefined,
    name: name || undefined,
    lastupdatestart: day(changedSince),
  }));
  return {
    ...records,
    bySku: async (sku) => {
      const found: Product[] = [];
      for await (const page of records.pages({ sku })) {
        found.push(...page.filter(({ SKUInfo }) => SKUInfo.SKU?.trim() === sku.trim()));
      }
      return found;
    },
    skuInfo: async (id) => await skuInfo.first(`/Products/${at(id)}/skuinfo`),
  };
}

/** A moment as a filter takes it. */
type Day = (moment?: Date) => string | undefined;

/** Version 1 answers with 404, which for a list means that it is empty. */
const noAddressBooks = () =>
  validationError(
    'Version 1 of the API of 3dcart has no address books of customers',
    `Choose V2 under API Version in the credential ${CREDENTIAL_NAME}, or take the billing and shipping address from Customer: Get.`,
  );

export function createThreeDCart(options: ThreeDCartOptions): ThreeDCart {
  const api = createRestClient(describeApi(options), options);
  const { timeZone = TIME_ZONE } = options;
  const zone = storeZone(timeZone);
  const wire = wireIn(timeZone);
  const day: Day = (moment) => moment && filterDay(zone, moment);

  const skuInfo = resourceOf(api, {
    path: '/Products/skuinfo',
    schema: wire.skuInfo,
    id: 'CatalogID',
  });
  // A password is nobody's to read, to keep in a ledger or to see in an execution, whatever the store writes there.
  const customer = wire.customer.transform((read) => omit(read, 'Password') as Customer);
  const customersAt = (path: string) =>
    resourceOf(api, { path, schema: customer, id: 'CustomerID', lookup: CUSTOMER_LOOKUP });
  const productsAt = (path: string) =>
    resourceOf(api, {
      path,
      schema: wire.product,
      id: 'SKUInfo.CatalogID',
      maxPageSize: MOST_PRODUCTS,
      lookup: PRODUCT_LOOKUP,
    });
  const customers = customersAt('/Customers');
  const webhooks = resourceOf(api, {
    path: '/Webhooks',
    schema: wire.webhook,
    id: 'Id',
    // Whoever registers webhooks reads the list of them first, and repairs what is there.
    isLookedForByMaker: true,
  });
  return {
    orders: ordersOf(api, wire, zone),
    statuses: async () =>
      await resourceOf(api, {
        path: '/OrderStatus',
        schema: wire.status,
        id: 'OrderStatusID',
      }).all(),
    products: productsOf(productsAt('/Products'), skuInfo, day),
    advancedOptions: (product) => {
      const path = `/Products/${at(product)}/AdvancedOptions`;
      const { pages, updateMany } = resourceOf(api, {
        path,
        schema: wire.advancedOption,
        id: 'AdvancedOptionCode',
      });
      return { pages: (page) => pages({}, page), updateMany };
    },
    customers: {
      ...recordsOf(customers, (query: CustomerQuery) => ({
        email: query.email || undefined,
        firstname: query.firstName || undefined,
        lastname: query.lastName || undefined,
        lastupdatestart: day(query.changedSince),
      })),
      addressBooks: async (id) => {
        if (options.version === 'v1') throw noAddressBooks();
        return await customers.children(id, 'CustomerAddressBooks', wire.record);
      },
    },
    customerGroups: {
      ...recordsOf(
        resourceOf(api, {
          path: '/CustomerGroups',
          schema: wire.customerGroup,
          id: 'CustomerGroupID',
          lookup: GROUP_LOOKUP,
        }),
      ),
      customers: (id, page) => customersAt(`/CustomerGroups/${at(id)}/Customers`).pages({}, page),
    },
    categories: {
      ...recordsOf(
        resourceOf(api, {
          path: '/Categories',
          schema: wire.category,
          id: 'CategoryID',
          lookup: CATEGORY_LOOKUP,
        }),
      ),
      products: (id, page) => productsAt(`/Categories/${at(id)}/Products`).pages({}, page),
    },
    rma: recordsOf(
      resourceOf(api, { path: '/RMA', schema: wire.rma, id: 'RMAID' }),
      ({ askedAfter, sku }: RmaQuery) => ({
        datestart: day(askedAfter),
        sku: sku || undefined,
      }),
    ),
    webhooks: {
      // Without this those that are switched off are left out; -1 stands for any.
      list: async () => await webhooks.all({ enabled: -1 }),
      create: webhooks.create,
      update: webhooks.update,
      remove: webhooks.remove,
      events: async () =>
        await resourceOf(api, {
          path: '/Webhooks/Events',
          schema: wire.webhookEvent,
          id: 'EventType',
        }).all(),
    },
  };
}

export type { OrderQuery, Orders } from './orders';
export type { Id, Reading, Records } from './resource';
