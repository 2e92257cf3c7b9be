import { chunk, get, set } from 'lodash';

import { ServiceError } from '../../errors';
import { encodeId } from '../../http/url';
import { type Outcome, settle } from '../../outcome';
import { createdOnce } from '../kit/createdOnce';
import { inHalves } from '../kit/halves';
import { firstRows, type PageOptions, type Pages } from '../../http/pages';
import type { Schema } from '../../values/schema';
import type { Query, RestClient } from '../kit/rest';
import { MOST_WRITES } from './api';
import type { Lookup } from './lookups';
import { outcomesOf, tellsOfEach, unanswered } from './results';
import { resultSchema } from './wire';

/** Key of a record; the number of an invoice is none. 0 is one of shipments. */
export type Id = number | string;

/** A kind of record that can only be read. */
export interface Reading<T, Q> {
  pages(query?: Q, options?: PageOptions): Pages<T>;
  get(id: Id): Promise<T>;
}

/** Create, read, update and delete of one kind of record. `update` changes only what it is given. */
export interface Records<T, Q> extends Reading<T, Q> {
  /**
   * The record as the store has it then; where it cannot be read, what is known of it: its id. Rejects with the class `held`
   * where neither the answer nor a look into the store says whether it was made.
   */
  create(document: object, query?: Query): Promise<T>;
  /** What was written, and the id: 3dcart does not say more, and asking for it would cost a request more. */
  update(id: Id, document: object): Promise<T>;
  /** @param documents each with its id; what became of each, in their order */
  updateMany(documents: readonly object[]): Promise<Array<Outcome<T>>>;
  remove(id: Id): Promise<void>;
}

export interface ResourceDescription<T> {
  path: string;
  schema: Schema<T>;
  /** Where a document has its id, such as `SKUInfo.CatalogID`. */
  id: string;
  maxPageSize?: number;
  /** How one is found whose making nobody has confirmed. Left out: there is nothing to find it by, and it is held. */
  lookup?: Lookup<T>;
  /** Whoever makes them looks themselves for those whose making nobody has confirmed: such a failure stays as it is. */
  isLookedForByMaker?: boolean;
}

/** One resource of the API with the ways in which 3dcart's resources are all alike. */
export interface Resource<T> extends Omit<Records<T, Query>, 'pages'> {
  pages(query: Query, options?: PageOptions): Pages<T>;
  all(query?: Query): Promise<T[]>;
  /** The one record of a list; rejects where it is empty. */
  first(path: string): Promise<T>;
  children<C>(id: Id, part: string, schema: Schema<C>): Promise<C[]>;
}

export const at = (id: Id): string => encodeId(String(id), 'An ID');

/** Numbers in the text of an answer, as the store's own documents have them. */
export const asId = (text: string): Id => (/^\d{1,15}$/.test(text) ? Number(text) : text);

export function resourceOf<T>(api: RestClient, description: ResourceDescription<T>): Resource<T> {
  const { path, schema, maxPageSize } = description;
  const results = resultSchema.array();

  const first = async (below: string): Promise<T> => {
    const [record] = await api.call({ method: 'GET', path: below, schema: schema.array() });
    if (record !== undefined) return record;
    throw new ServiceError(`3dcart has nothing at ${below}`, {
      class: 'not-found',
      status: 404,
      fix: 'Check the ID: the store has no such record, or it was deleted.',
    });
  };
  const pages = (query: Query, options?: PageOptions): Pages<T> =>
    api.pages({ path, row: schema, query, maxPageSize }, options);
  const all = async (query: Query = {}): Promise<T[]> =>
    await firstRows((options) => pages(query, options), Infinity);
  const one = async (id: Id): Promise<T> => await first(`${path}/${at(id)}`);
  const withId = (document: object, id: Id): object =>
    set(structuredClone(document), description.id, id);
  /** It is written, whatever it looks like: nobody may be told that it failed. */
  const written = (document: object, id: Id): T => {
    const record = withId(document, id);
    return schema.safeParse(record).data ?? (record as T);
  };

  /** By id, so that of two that are alike neither is taken for the other. */
  const made = new Set<string>();
  const idIn = (record: T): string => String(get(record, description.id));

  async function make(body: object, query: Query): Promise<T> {
    const answer = await api.call({ method: 'POST', path, query, body, schema: results });
    const id = asId(answer[0]?.Value?.trim() ?? '');
    if (id === '') {
      throw new ServiceError(`3dcart answered POST ${path} without the ID of what it made`, {
        class: 'unknown',
        fix: 'Look in the store whether the record is there before you run this again.',
      });
    }
    // Before it is read: meanwhile one that is made beside it may be looked for, and must not be taken for this one.
    made.add(String(id));
    const read = await settle(async () => await one(id));
    // It is made; who is told of a failure would make it a second time.
    return read.ok ? read.value : written(body, id);
  }

  async function find(body: object, sentAt: number, lookup: Lookup<T>): Promise<T | undefined> {
    const sent = written(body, 0);
    const query = lookup.query(sent, sentAt);
    if (query === undefined) return undefined;
    const rows = await all(query);
    const [only, ...more] = rows.filter((row) => !made.has(idIn(row)) && lookup.isIt(row, sent));
    if (only === undefined || more.length > 0) return undefined;
    made.add(idIn(only));
    return only;
  }

  async function create(body: object, query: Query = {}): Promise<T> {
    const { lookup, isLookedForByMaker } = description;
    if (isLookedForByMaker) return await make(body, query);
    const sentAt = Date.now();
    return await createdOnce({
      service: '3dcart',
      one: lookup?.one ?? 'record',
      make: async () => await make(body, query),
      find: lookup && (async () => await find(body, sentAt, lookup)),
    });
  }

  async function updateSome(documents: readonly object[]): Promise<Array<Outcome<T>>> {
    const asked = { method: 'PUT', path } as const;
    const ids = documents.map((document) => String(get(document, description.id) ?? ''));
    const answer = await api.call({
      ...asked,
      body: documents,
      schema: results,
      isJudgedByReader: (told) => tellsOfEach(told, documents.length),
    });
    return outcomesOf(answer, ids, asked, api.words).map((outcome, index) => {
      const document = documents[index] ?? {};
      return outcome.ok ? { ok: true, value: written(document, asId(ids[index] ?? '')) } : outcome;
    });
  }

  async function updateMany(documents: readonly object[]): Promise<Array<Outcome<T>>> {
    const outcomes: Array<Outcome<T>> = [];
    for (const some of chunk(documents, MOST_WRITES)) {
      outcomes.push(...(await inHalves(some, updateSome)));
    }
    return outcomes;
  }

  return {
    pages,
    all,
    first,
    get: one,
    create,
    update: async (id, document) => {
      const body = withId(document, id);
      const asked = { method: 'PUT', path: `${path}/${at(id)}` } as const;
      const [told] = await api.call({ ...asked, body, schema: results });
      if (told === undefined) throw unanswered(asked);
      return written(document, id);
    },
    updateMany,
    remove: async (id) => await api.remove(`${path}/${at(id)}`),
    children: async (id, part, row) =>
      await firstRows(
        (options) => api.pages({ path: `${path}/${at(id)}/${part}`, row }, options),
        Infinity,
      ),
  };
}

export function recordsOf<T, Q = void>(
  resource: Resource<T>,
  filters: (query: Q) => Query = () => ({}),
): Records<T, Q> {
  const { get, create, update, updateMany, remove } = resource;
  return {
    pages: (query, options) => resource.pages(query ? filters(query) : {}, options),
    get,
    create,
    update,
    updateMany,
    remove,
  };
}
