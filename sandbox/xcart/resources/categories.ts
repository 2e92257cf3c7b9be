import { omit } from 'lodash';
import { z } from 'zod';
import { int, readInput } from '../api/body';
import { readOnly, recordFields } from '../api/fields';
import { found } from '../api/lookup';
import { paginate, sorter, type Page } from '../api/paging';
import { invalidInput, notFound } from '../api/problems';
import type { Call, Method, Route } from '../api/routes';
import type { CategoryRecord, CategoryView } from '../model';
import { crudRoutes } from './crud';
import { newCategory } from './category-defaults';
import { newPicture, pictureInput } from './images';
import { slugOf } from './product-defaults';
import { membershipsByName } from './products';

const input = z.object({
  enabled: z.boolean(),
  show_title: z.boolean(),
  position: int(),
  memberships: z.array(z.string()),
  parent: int().nullable(),
  clean_url: z.string(),
  name: z.string().min(1).max(255),
  description: z.string(),
  meta_tags: z.string(),
  meta_description: z.string(),
  meta_description_type: z.string(),
  meta_title: z.string(),
});

type CategoryInput = z.output<typeof input>;

/** A category without a name is none, and its pictures have paths of their own. */
const DEFAULTS = omit(newCategory(0), ['id', 'name', 'icon', 'banner']);

function checkParent(call: Call, parent: number | null): void {
  if (parent !== null && !call.store.categories.has(parent)) {
    throw invalidInput(`Category with ID ${parent} not found`);
  }
}

const shown = (call: Call, given: CategoryInput): Omit<CategoryView, 'id' | 'icon' | 'banner'> => ({
  ...given,
  memberships: membershipsByName(call.store, given.memberships),
  clean_url: given.clean_url || slugOf(given.name),
});

function create(call: Call): CategoryRecord {
  const given = readInput(input, { ...DEFAULTS, ...call.body() });
  checkParent(call, given.parent);
  const view = {
    ...shown(call, given),
    id: call.store.nextId('category'),
    icon: null,
    banner: null,
  };
  const record: CategoryRecord = { view, products: new Set() };
  call.store.categories.set(view.id, record);
  return record;
}

function update(call: Call, { view }: CategoryRecord): void {
  const current = { ...view, memberships: view.memberships.map(({ name }) => name) };
  const given = readInput(input, { ...current, ...call.body() });
  checkParent(call, given.parent);
  Object.assign(view, shown(call, given));
}

function list(call: Call): CategoryRecord[] {
  const parent = call.query.scalar('parent')?.replace(/^\/api\/categories\//, '');
  const records = [...call.store.categories.values()].filter(
    ({ view }) => parent === undefined || String(view.parent) === parent,
  );
  const compare = sorter<CategoryRecord>(call.query, { position: ({ view }) => view.position });
  return compare === undefined ? records : records.sort(compare);
}

const categoryOf = (call: Call): CategoryRecord =>
  found(call.store.categories, call.id('category_id'));

const moveInput = z.object({ parent: int(), position: int() });

function move(call: Call): object {
  const { view } = categoryOf(call);
  const given = readInput(moveInput, { ...view, ...call.body() });
  checkParent(call, given.parent);
  Object.assign(view, given);
  return view;
}

/** Categories below this one: with all that are in them, and those that customers see. */
function stats(call: Call): object {
  const { view } = categoryOf(call);
  const below = [...call.store.categories.values()].filter((each) => each.view.parent === view.id);
  return {
    subcategories_count_all: below.length,
    subcategories_count_enabled: below.filter((each) => each.view.enabled).length,
  };
}

const productInput = z.object({ product_id: int() });

function addProduct(call: Call): object {
  const category = categoryOf(call);
  const given = readInput(productInput, call.body());
  if (!call.store.products.has(given.product_id)) {
    throw invalidInput(`Product with ID ${given.product_id} not found`);
  }
  category.products.add(given.product_id);
  return { product_id: given.product_id };
}

function removeProduct(call: Call): undefined {
  if (!categoryOf(call).products.delete(call.id('product_id'))) throw notFound();
}

function listProducts(call: Call): Page {
  const { products } = categoryOf(call);
  return paginate([...products], call.query, (id) => ({ product_id: id }));
}

const route = (
  method: Method,
  path: string,
  operation: string,
  handle: Route['handle'],
): Route => ({
  method,
  path: `/categories/:category_id${path}`,
  type: 'Category',
  operation,
  handle,
});

const pictureRoutes = (kind: 'icon' | 'banner'): Route[] => [
  route('GET', `/${kind}`, `read category ${kind}`, (call) => {
    const picture = categoryOf(call).view[kind];
    if (picture === null) throw notFound();
    return picture;
  }),
  route('POST', `/${kind}`, `set category ${kind}`, (call) => {
    const category = call.store.categories.get(call.id('category_id'));
    if (category === undefined) {
      throw invalidInput(`Category with ID ${call.id('category_id')} not found`);
    }
    category.view[kind] = newPicture(call, readInput(pictureInput, call.body()), 'category');
    return category.view[kind];
  }),
  route('DELETE', `/${kind}`, `delete category ${kind}`, (call) => {
    categoryOf(call).view[kind] = null;
    return undefined;
  }),
];

export const categoryRoutes: readonly Route[] = [
  ...crudRoutes<CategoryRecord>({
    path: '/categories',
    idName: 'category_id',
    type: 'Category',
    noun: 'category',
    list,
    records: (call) => call.store.categories,
    fields: recordFields(input, readOnly({ icon: 'object', banner: 'object' })),
    filters: { parent: 'parent', 'order[position]': 'position' },
    show: ({ view }) => view,
    create,
    update,
    remove: (call, { view }) => call.store.categories.delete(view.id),
  }),
  route('PUT', '/move', 'move category', move),
  route('GET', '/stats', 'read category stats', stats),
  route('GET', '/products', 'list category products', listProducts),
  route('POST', '/products', 'add product to category', addProduct),
  route('DELETE', '/products/:product_id', 'remove product from category', removeProduct),
  ...pictureRoutes('icon'),
  ...pictureRoutes('banner'),
];
