import { clamp } from 'lodash';
import { z } from 'zod';

import { ServiceError, toServiceError, validationError } from '../../../errors';
import type { HttpMethod, HttpResponse } from '../../../http/types';
import { USER_AGENT } from '../../../http/user-agent';
import { throwIfCancelled } from '../../../http/wait';
import { type Asked, failureOf, notJson, redirected, unexpectedShape } from '../../kit/failure';
import { countedId } from '../../kit/ids';
import type { PageOptions, Pages } from '../../../http/pages';
import { rehearsed } from '../../kit/rehearsal';
import type { Schema } from '../../../values/schema';
import { queryString, type RestOptions } from '../../kit/rest';
import { toList } from '../../kit/scalars';
import type { XCartAddress } from '../api';
import type { Id } from '../client';
import { CLASSIC_PAGE_SIZE, CLASSIC_WORDS, classicBase } from './api';
import { classicRehearsal } from './rehearsal';

/** Classes of models, as `_path` names them: lower case, `\` as `-`. */
export type Entity =
  | 'address'
  | 'category'
  | 'categoryproducts'
  | 'order'
  | 'order-status-payment'
  | 'order-status-shipping'
  | 'ordertrackingnumber'
  | 'payment-transaction'
  | 'product'
  | 'profile'
  | 'xc-productvariants-productvariant';

/** The own fields and relations of the model, or what the vendor made for integrations (order, product, profile; read only). */
export type SchemaName = 'default' | 'complex';

/** `_cnd[name]`: one value, or several in their order. */
export type Conditions = Record<string, string | number | readonly (string | number)[] | undefined>;

export interface ClassicList<T> {
  schema: SchemaName;
  row: Schema<T>;
  conditions?: Conditions;
}

const COUNTED = countedId();

/**
 * One record, by its id. `DELETE` and `PUT` without an id are about ALL records of the class (X-Cart documentation,
 * "Removing all products"): what writes to the store takes one of these and nothing else, and none can be made without
 * an id.
 */
class OneRecord {
  readonly path: string;

  constructor(
    readonly entity: Entity,
    id: Id,
  ) {
    const counted = COUNTED.safeParse(typeof id === 'string' ? id.trim() : id);
    if (!counted.success) {
      throw validationError(
        `"${String(id).slice(0, 40)}" is no ID of X-Cart`,
        'Give the ID of one record: a whole number of 1 or more.',
      );
    }
    this.path = `${entity}/${counted.data}`;
  }
}

/** Of the path of a request that writes: one record, or a new one. */
const ONE_OR_NEW = /^[a-z-]+\/(0|[1-9]\d*)$/;

export interface ClassicApi {
  /** Where it is; tells one store from another. */
  base: string;
  /** Rejects as not found where the store answers `null`. */
  one<T>(entity: Entity, id: Id, read: { schema: SchemaName; row: Schema<T> }): Promise<T>;
  pages<T>(entity: Entity, list: ClassicList<T>, options?: PageOptions): Pages<T>;
  create<T>(entity: Entity, model: object, row: Schema<T>): Promise<T>;
  /** Changes only what the model names. */
  update<T>(entity: Entity, id: Id, model: object, row: Schema<T>): Promise<T>;
  remove(entity: Entity, id: Id): Promise<void>;
}

interface Request {
  method: HttpMethod;
  /** `order`, `order/5`. */
  path: string;
  schema?: SchemaName;
  conditions?: Conditions;
  model?: object;
}

/** `_cnd[date][0]=1&_cnd[date][1]=2`, as PHP reads tables. */
function conditionsIn(conditions: Conditions): Record<string, string> {
  const entries = Object.entries(conditions).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (typeof value !== 'object') return [[`_cnd[${name}]`, String(value)]];
    return value.map((each, index) => [`_cnd[${name}][${index}]`, String(each)]);
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** What is in a body: undefined where it is no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, '').trim()) as unknown;
  } catch {
    return undefined;
  }
}

const MAX_PAGES = 10_000;

/**
 * The classic API (module XC\RESTAPI of X-Cart 5.0 to 5.4): one address for all, what is meant stands in the query. The
 * key does too; messages name the path alone.
 */
export function createClassicApi(options: XCartAddress & RestOptions): ClassicApi {
  const { storeUrl, apiKey, language, signal, timeoutMs = 60_000 } = options;
  const base = classicBase(storeUrl);
  const send = rehearsed(classicRehearsal(base), {
    send: options.send,
    rowsIn: toList,
    pages: (list) => pages(list as Entity, { schema: 'default', row: z.unknown() }),
  });
  const headers = {
    accept: 'application/json',
    'user-agent': USER_AGENT,
    ...(language && { 'accept-language': language }),
  };

  function check(response: HttpResponse, asked: Asked): void {
    const { status } = response;
    if (status >= 300 && status < 400) throw redirected(CLASSIC_WORDS, response, asked);
    if (status < 400) return;
    const reason = response.headers['x-rest-error'];
    throw failureOf(CLASSIC_WORDS, { status, reason }, response.headers, asked);
  }

  async function exchange(request: Request): Promise<HttpResponse> {
    const { method, path, schema, conditions = {}, model } = request;
    if (method !== 'GET' && !ONE_OR_NEW.test(path)) {
      throw new Error(`${method} ${path} names no record`);
    }
    const query = {
      target: 'RESTAPI',
      _path: path,
      _schema: schema,
      ...conditionsIn(conditions),
      _key: apiKey?.trim(),
    };
    const response = await send({
      method,
      url: `${base}${queryString(query)}`,
      headers: model ? { ...headers, 'content-type': 'application/json' } : headers,
      body: model && JSON.stringify(model),
      timeoutMs,
      signal,
      repeatable: method !== 'POST',
    });
    check(response, { method, path });
    return response;
  }

  function read<T>(response: HttpResponse, row: Schema<T>, asked: Asked): T {
    const value = parsed(response.body);
    if (value === undefined) throw notJson(CLASSIC_WORDS, response, asked);
    // What is not there is no failure for the store.
    if (value === null) throw missing(asked.path);
    const result = row.safeParse(value);
    if (result.success) return result.data;
    const fields = result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'answer'} (${message})`,
    );
    throw unexpectedShape(CLASSIC_WORDS, fields, asked);
  }

  async function ask<T>(request: Request, row: Schema<T>): Promise<T> {
    return read(await exchange(request), row, request);
  }

  async function* pages<T>(
    entity: Entity,
    { schema, row, conditions }: ClassicList<T>,
    { pageSize = CLASSIC_PAGE_SIZE, page = 1 }: PageOptions = {},
  ): Pages<T> {
    const size = clamp(pageSize, 1, CLASSIC_PAGE_SIZE);
    const rowsOf = z.preprocess(toList, row.array());
    let offset = (page - 1) * size;
    let before: string | undefined;
    for (let count = 0; count < MAX_PAGES; count += 1) {
      throwIfCancelled(signal);
      const asked = { method: 'GET', path: entity } as const;
      const limited = { ...conditions, limit: [offset, size] };
      const response = await exchange({ ...asked, schema, conditions: limited });
      // A list that does not page sends the same again and again.
      if (response.body === before) return;
      const rows = read(response, rowsOf, asked);
      // No most of a page is documented, so that a short one need not be the last.
      if (rows.length === 0) return;
      yield rows;
      before = response.body;
      offset += rows.length;
    }
    throw validationError(`${entity} has more than ${MAX_PAGES} pages`, 'Narrow the filter.');
  }

  return {
    base,
    pages,
    one: async (entity, id, { schema, row }) =>
      await ask({ method: 'GET', path: new OneRecord(entity, id).path, schema }, row),
    create: async (entity, model, row) =>
      await ask({ method: 'POST', path: `${entity}/0`, model }, row),
    update: async (entity, id, model, row) =>
      await ask({ method: 'PUT', path: new OneRecord(entity, id).path, model }, row),
    remove: async (entity, id) =>
      void (await ask({ method: 'DELETE', path: new OneRecord(entity, id).path }, z.unknown())),
  };
}

/** Undefined where the record was deleted since the list was read that named it. */
export async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (toServiceError(error).class === 'not-found') return undefined;
    throw error;
  }
}

function missing(path: string): ServiceError {
  return new ServiceError(`X-Cart has no ${path.replace('/', ' ')}`, {
    class: 'not-found',
    fix: 'Check the ID: the store has no such record, or it was deleted.',
  });
}
