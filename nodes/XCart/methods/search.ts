import type {
  ILoadOptionsFunctions,
  INodeListSearchItems,
  INodeListSearchResult,
} from 'n8n-workflow';

import { toServiceError } from '../../../core/errors';
import type { PageOptions } from '../../../core/stores/kit/pages';
import type { XCart } from '../../../core/stores/xcart/client';
import type { Order, Product } from '../../../core/stores/xcart/wire';
import { openStore } from '../connection';

const PAGE_SIZE = 50;
/** Lists that the store cannot search are looked through here, so many pages at a time. */
const PAGES_PER_SEARCH = 10;

type Pages<T> = (options: PageOptions) => AsyncGenerator<T[]>;
type Describe<T> = (row: T) => INodeListSearchItems;

/** One page of a list that the store itself has searched. */
async function onePage<T>(
  pages: Pages<T>,
  describe: Describe<T>,
  token?: string,
): Promise<INodeListSearchResult> {
  const page = Number(token ?? 1);
  for await (const rows of pages({ page, pageSize: PAGE_SIZE })) {
    const more = rows.length >= PAGE_SIZE;
    return {
      results: rows.map(describe),
      ...(more ? { paginationToken: String(page + 1) } : {}),
    };
  }
  return { results: [] };
}

/** Several pages of a list that is searched here, by what the entries say. */
async function lookThrough<T>(
  pages: Pages<T>,
  describe: Describe<T>,
  filter = '',
  token?: string,
): Promise<INodeListSearchResult> {
  const wanted = filter.toLowerCase();
  const results: INodeListSearchItems[] = [];
  let page = Number(token ?? 1);
  const last = page + PAGES_PER_SEARCH - 1;
  for await (const rows of pages({ page })) {
    const entries = rows.map(describe);
    results.push(...entries.filter(({ name }) => name.toLowerCase().includes(wanted)));
    page += 1;
    if (results.length >= PAGE_SIZE || page > last) {
      return { results, paginationToken: String(page) };
    }
  }
  return { results };
}

function describeOrder({ id, order_number, email, total, currency }: Order): INodeListSearchItems {
  const parts = [order_number ?? `ID ${id}`, email, `${total ?? ''} ${currency ?? ''}`.trim()];
  return { name: parts.filter(Boolean).join(' · '), value: String(id) };
}

/** The number is the whole number, or it is none. */
async function byNumber(client: XCart, number: string): Promise<Order[]> {
  return await client.orders.byNumber(number).then(
    (order) => [order],
    async (error: unknown) =>
      toServiceError(error).class === 'not-found' ? [] : await Promise.reject(error),
  );
}

export async function searchOrders(
  this: ILoadOptionsFunctions,
  filter?: string,
  token?: string,
): Promise<INodeListSearchResult> {
  const { client } = await openStore(this);
  if (filter && /\d/.test(filter) && !filter.includes('@')) {
    const found = await byNumber(client, filter.trim());
    if (found.length > 0) return { results: found.map(describeOrder) };
  }
  const query = { email: filter, sort: { by: 'date', direction: 'desc' } } as const;
  return await onePage((options) => client.orders.pages(query, options), describeOrder, token);
}

function describeProduct({ id, sku, name }: Product): INodeListSearchItems {
  return { name: [sku, name].filter(Boolean).join(' · ') || `ID ${id}`, value: String(id) };
}

export async function searchProducts(
  this: ILoadOptionsFunctions,
  filter?: string,
  token?: string,
): Promise<INodeListSearchResult> {
  const { client } = await openStore(this);
  const query = { sort: { by: 'name', direction: 'asc' } } as const;
  const pages: Pages<Product> = (options) => client.products.pages(query, options);
  return await lookThrough(pages, describeProduct, filter, token);
}

export async function searchCustomers(
  this: ILoadOptionsFunctions,
  filter?: string,
  token?: string,
): Promise<INodeListSearchResult> {
  const { client } = await openStore(this);
  return await onePage(
    (options) => client.profiles.pages({ email: filter }, options),
    ({ id, login }) => ({ name: login ?? `ID ${id}`, value: String(id) }),
    token,
  );
}

export async function searchCategories(
  this: ILoadOptionsFunctions,
  filter?: string,
  token?: string,
): Promise<INodeListSearchResult> {
  const { client } = await openStore(this);
  return await lookThrough(
    (options) => client.categories.pages({}, options),
    ({ id, name }) => ({ name: name ?? `ID ${id}`, value: String(id) }),
    filter,
    token,
  );
}

function parentId(context: ILoadOptionsFunctions, parameter: string): string {
  const value = context.getCurrentNodeParameter(parameter, { extractValue: true });
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export async function searchVariants(
  this: ILoadOptionsFunctions,
  filter?: string,
  token?: string,
): Promise<INodeListSearchResult> {
  const productId = parentId(this, 'product');
  if (productId === '') return { results: [] };
  const { client } = await openStore(this);
  return await lookThrough(
    (options) => client.variants(productId).pages(undefined, options),
    ({ id, sku }) => ({ name: sku || `ID ${id}`, value: String(id) }),
    filter,
    token,
  );
}

export async function searchAddresses(
  this: ILoadOptionsFunctions,
  filter?: string,
  token?: string,
): Promise<INodeListSearchResult> {
  const customerId = parentId(this, 'customer');
  if (!/^\d+$/.test(customerId)) return { results: [] };
  const { client } = await openStore(this);
  return await lookThrough(
    (options) => client.addresses(customerId).pages(undefined, options),
    ({ id, firstname, lastname, street, city }) => ({
      name: [firstname, lastname, street, city].filter(Boolean).join(' ') || `ID ${id}`,
      value: String(id),
    }),
    filter,
    token,
  );
}
