import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { toServiceError } from '../../../core/errors';
import type { PageOptions, Pages } from '../../../core/http/pages';
import type { Locator, LocatorDefinition, LocatorMode } from './locator';
import type { OpenedStore, StoreService } from './service';

const PAGE_SIZE = 50;
/** Lists that the store cannot search are looked through here, so many pages at a time. */
const PAGES_PER_SEARCH = 10;

type ReadPages<Row> = (options: PageOptions) => Pages<Row>;
type Describe<Row> = (row: Row) => INodeListSearchItems;

/** One page of a list that the store itself has searched. */
async function onePage<Row>(
  pages: ReadPages<Row>,
  describe: Describe<Row>,
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
async function lookThrough<Row>(
  pages: ReadPages<Row>,
  describe: Describe<Row>,
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

/** What is typed may be the whole of a number, say; or it is none. */
async function findExactly<Store, Row>(
  store: Store,
  modes: Array<LocatorMode<Store, Row>>,
  text: string,
): Promise<Row | undefined> {
  for (const { searchedFor, find } of modes) {
    if (!searchedFor?.test(text)) continue;
    const found = await find(store, text.trim()).catch(async (error: unknown) =>
      toServiceError(error).class === 'not-found' ? undefined : await Promise.reject(error),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The method with which the editor fills the list of a locator. */
export function searchMethod<Store extends OpenedStore, Row>(
  { open }: StoreService<Store>,
  { idOf, list, modes = [] }: LocatorDefinition<Store, Row>,
): Locator<Store>['search'] {
  const describe: Describe<Row> = (row) => {
    const id = String(idOf(row));
    return { name: list.entry(row).filter(Boolean).join(' · ') || `ID ${id}`, value: id };
  };
  return async function search(text, token) {
    const below = list.parent?.chosen(this) ?? '';
    if (list.parent && below === '') return { results: [] };
    const store = await open(this);
    const found = text ? await findExactly(store, modes, text) : undefined;
    if (found !== undefined) return { results: [describe(found)] };
    const pages: ReadPages<Row> = (options) =>
      list.pages(store, options, { text, parentId: below });
    return list.searchedBy === 'store'
      ? await onePage(pages, describe, token)
      : await lookThrough(pages, describe, text, token);
  };
}

/** The lists of a node's locators, by the names of their methods. */
export function searchMethods<Store>(
  locators: Record<string, Locator<Store>>,
): Record<string, Locator<Store>['search']> {
  return Object.fromEntries(Object.values(locators).map(({ method, search }) => [method, search]));
}
