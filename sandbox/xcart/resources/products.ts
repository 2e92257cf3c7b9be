import { z } from 'zod';
import { int, readInput } from '../api/body';
import { productDate, phpDate } from '../api/dates';
import { readOnly, recordFields } from '../api/fields';
import { found } from '../api/lookup';
import { paginate, sorter, type Page } from '../api/paging';
import { invalidInput } from '../api/problems';
import type { Call, Route } from '../api/routes';
import type { MembershipView, NamedView, ProductRecord, ProductView } from '../model';
import type { XCartStore } from '../store';
import { newProduct } from './product-defaults';

const size = z.number().min(0);

const input = z.object({
  sku: z.string().min(1).max(32),
  name: z.string().min(1).max(255),
  description: z.string(),
  brief_description: z.string(),
  meta_tags: z.string(),
  meta_description_type: z.enum(['A', 'C']),
  meta_description: z.string(),
  meta_title: z.string(),
  price: size,
  enabled: z.boolean(),
  weight: size,
  separate_box: z.boolean(),
  width: size,
  length: size,
  height: size,
  free_shipping: z.boolean(),
  taxable: z.boolean(),
  arrival_date: z.string(),
  inventory_traceable: z.boolean(),
  amount: int().min(0),
  clean_url: z.string(),
  product_class: z.string().nullable(),
  tax_class: z.string().nullable(),
  memberships: z.array(z.string()),
});

type ProductInput = z.output<typeof input>;

/** Classes and memberships are names on the way in and objects on the way out. */
function asInput(view: ProductView): ProductInput {
  return {
    ...view,
    meta_description_type: view.meta_description_type === 'C' ? 'C' : 'A',
    product_class: view.product_class?.name ?? null,
    tax_class: view.tax_class?.name ?? null,
    memberships: view.memberships.map(({ name }) => name),
  };
}

function named(store: XCartStore, collection: string, name: string, label: string): NamedView {
  const document = [...store.collection(collection).values()].find((each) => each.name === name);
  if (document === undefined) throw invalidInput(`${label} with name "${name}" not found`);
  return { id: document.id, name };
}

export function membershipsByName(store: XCartStore, names: readonly string[]): MembershipView[] {
  return names.map((name) => {
    const { id } = named(store, 'memberships', name, 'Membership');
    return { id, name, enabled: store.collection('memberships').get(id)?.enabled !== false };
  });
}

function namedOrNull(
  store: XCartStore,
  collection: string,
  name: string | null,
  label: string,
): NamedView | null {
  return name === null || name === '' ? null : named(store, collection, name, label);
}

function arrivalDate(text: string, now: Date): string {
  const seconds = phpDate(text, now);
  if (seconds === undefined) throw invalidInput('arrival_date: This value is not a valid date.');
  return productDate(new Date(seconds * 1000));
}

/** Writes an input into a product. Everything is checked before anything is changed. */
function apply(store: XCartStore, record: ProductRecord, given: ProductInput, now: Date): void {
  const { view } = record;
  const owner = store.productBySku(given.sku);
  if (owner !== undefined && !(owner === record && given.sku === view.sku)) {
    throw invalidInput(`SKU ${given.sku} is not unique`);
  }
  const changed: Partial<ProductView> = {
    ...given,
    arrival_date: arrivalDate(given.arrival_date, now),
    product_class: namedOrNull(store, 'product_classes', given.product_class, 'Product class'),
    tax_class: namedOrNull(store, 'tax_classes', given.tax_class, 'Tax class'),
    memberships: membershipsByName(store, given.memberships),
    update_date: productDate(now),
  };
  store.releaseSku(view.sku);
  Object.assign(view, changed);
  store.claimSku(view.sku, record);
}

/** What kind of meta description it has, the store takes and does not tell. */
function shown({ view }: ProductRecord): object {
  const { meta_description_type: _, ...output } = view;
  return output;
}

function list(call: Call): Page {
  const records = [...call.store.products.values()];
  const compare = sorter<ProductRecord>(call.query, {
    name: ({ view }) => view.name,
    price: ({ view }) => view.price,
    arrivalDate: ({ view }) => view.arrival_date,
  });
  if (compare !== undefined) records.sort(compare);
  return paginate(records, call.query, shown);
}

export const productOf = (call: Call): ProductRecord =>
  found(call.store.products, call.id('product_id'));

function create(call: Call): object {
  const { store, now } = call;
  const body = call.body();
  // The defaults of the input class stand in for what is not sent; sku and name have none.
  const defaults: Partial<ProductInput> = asInput(blankProduct(now));
  delete defaults.sku;
  delete defaults.name;
  delete defaults.clean_url;
  const given = readInput(input.extend({ clean_url: z.string().optional() }), {
    ...defaults,
    ...body,
  });
  if (store.productBySku(given.sku) !== undefined) {
    throw invalidInput(`SKU ${given.sku} is not unique`);
  }
  const record = newProduct(store, { sku: given.sku, name: given.name }, now);
  apply(store, record, { ...given, clean_url: given.clean_url ?? record.view.clean_url }, now);
  store.addProduct(record);
  store.recordWritten('created', record);
  return shown(record);
}

/** A product as the store makes it when nothing is said; it never reaches the store. */
function blankProduct(now: Date): ProductView {
  return newProduct({ nextId: () => 0 }, { sku: '', name: '' }, now).view;
}

function update(call: Call): object {
  const record = productOf(call);
  const given = readInput(input, { ...asInput(record.view), ...call.body() });
  apply(call.store, record, given, call.now);
  call.store.recordWritten('updated', record);
  return shown(record);
}

function remove(call: Call): undefined {
  call.store.removeProduct(productOf(call));
}

const shared = {
  type: 'Product',
  fields: recordFields(
    input,
    readOnly({ create_date: 'string', update_date: 'string', images: 'array' }),
  ),
};

const sorting = {
  'order[name]': 'name',
  'order[price]': 'price',
  'order[arrivalDate]': 'arrivalDate',
};

/** Stock has no resource of its own: it is `amount`, set absolutely by PUT. There is no filter by SKU. */
export const productRoutes: readonly Route[] = [
  {
    ...shared,
    method: 'GET',
    path: '/products',
    operation: 'list products',
    filters: sorting,
    handle: list,
  },
  { ...shared, method: 'POST', path: '/products', operation: 'create product', handle: create },
  {
    ...shared,
    method: 'GET',
    path: '/products/:product_id',
    operation: 'read product',
    handle: (call) => shown(productOf(call)),
  },
  {
    ...shared,
    method: 'PUT',
    path: '/products/:product_id',
    operation: 'update product',
    handle: update,
  },
  {
    ...shared,
    method: 'DELETE',
    path: '/products/:product_id',
    operation: 'delete product',
    handle: remove,
  },
];
