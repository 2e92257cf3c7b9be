/** What a store is known to have in a run that writes nothing: what was read of it, and what it would have then. */
import { get, isPlainObject } from 'lodash';
import { LRUCache } from 'lru-cache';

import type { HttpRequest, HttpResponse, Send } from '../../../http/types';
import type { Pages } from '../../../http/pages';
import type { Query } from '../rest';
import { toList } from '../scalars';
import { isSame, merged, tellsOf } from './columns';
import type { Document, Key, Place, Reader, StoreRehearsal, StoreRequest } from './description';

/** Records that would be made, by address and path, for nodes further on: an ID that stands for one is given once in the process. */
const newcomers = new LRUCache<string, Document>({ max: 1000 });

/** As large as a store counts to never, and short enough to be one of its numbers. */
let lastId = 999_999_999_900_000;

/** An ID for a record that has none before the store makes it. */
export const standInId = (): number => (lastId += 1);

export interface Found {
  record?: Document;
  /** What the store said instead of showing it. */
  response?: HttpResponse;
  /** A row of a list, of which the store may tell more where it is read by itself. */
  isPart?: boolean;
}

interface Planned {
  /** null: deleted. */
  after: Document | null;
  /** What is written of a record that was not read whole. */
  onto?: Document[];
}

interface Seen {
  record: Document;
  isPart: boolean;
}

export function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse((body ?? '').replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Document => isPlainObject(value);

type RowPlace = Extract<Place, { list: string }>;

const keyOf = (place: Place): string =>
  'read' in place ? place.read : `${place.list}?${JSON.stringify(place.key)}`;

/** By which client a store is reached: one of it may have several, which read lists in their own ways. */
export interface Way {
  send: Send;
  pages(list: string, query?: Query): Pages<unknown>;
  /** The rows in the answer of a list. */
  rowsIn(answer: unknown): unknown;
  /** The request that is answered, whose headers all others carry. */
  request: HttpRequest;
}

export class Memory {
  private readonly seen = new Map<string, Seen>();
  private readonly lists = new Map<string, Document[]>();
  private readonly reading = new Map<string, Promise<Document[]>>();
  private readonly planned = new Map<string, Planned>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly store: StoreRehearsal) {}

  /** Works on one record after the other work on it. */
  async inTurn<T>(place: Place | undefined, work: () => Promise<T>): Promise<T> {
    if (!place) return await work();
    const key = keyOf(place);
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.turns.set(
      key,
      turn.catch(() => {}),
    );
    return await turn;
  }

  requestIn(request: HttpRequest): StoreRequest {
    const { requestIn, base } = this.store;
    if (requestIn) return requestIn(request);
    const [path = ''] = request.url.slice(base.length).split('?');
    return { method: request.method, path, body: parsed(request.body) };
  }

  /** A read as it would be answered then. */
  async answered(way: Way): Promise<HttpResponse> {
    const { store } = this;
    const { path } = this.requestIn(way.request);
    const planned = this.plannedAt(path);
    if (planned?.after === null) return answerOf(store.absent ?? { status: 404 });
    if (planned && !planned.onto) return this.told(planned.after);
    const response = await way.send(way.request);
    if (response.status >= 300) return response;
    this.note(path, response.body, way);
    const record = this.seen.get(path)?.record;
    if (!planned?.onto || !record) return response;
    return this.told(planned.onto.reduce((one, more) => merged(one, more, store), record));
  }

  /** The record as it would be now. */
  async find(way: Way, place: Place, document: Document): Promise<Found> {
    if ('list' in place) return { record: await this.row(way, place) };
    const { read, in: list, key = {} } = place;
    const named = list === undefined ? document : { [list]: undefined };
    const found = await this.recordAt(way, read, named);
    if (list === undefined || !found.record) return found;
    const rows: unknown = get(found.record, list);
    return {
      record: (Array.isArray(rows) ? rows : []).find((row) => this.fits(row as Document, key)),
    };
  }

  /** @param after undefined: it is deleted */
  plan(place: Place, after: Document | undefined, written: Document, isPart = false): void {
    if ('read' in place && place.in !== undefined) {
      const { read, in: list, key = {} } = place;
      const owner = this.plannedAt(read)?.after ?? this.seen.get(read)?.record ?? {};
      const rows = (get(owner, list) ?? []) as Document[];
      const others = rows.filter((row) => !this.fits(row, key));
      const at = rows.findIndex((row) => this.fits(row, key));
      if (after) others.splice(at < 0 ? others.length : at, 0, after);
      const isWhole = this.seen.get(read)?.isPart === false;
      this.plan({ read }, { ...owner, [list]: others }, { [list]: others }, !isWhole);
      return;
    }
    const key = keyOf(place);
    const before = this.planned.get(key)?.onto ?? [];
    const onto = isPart && after ? { onto: [...before, written] } : {};
    this.planned.set(key, { after: after ?? null, ...onto });
  }

  planNew(path: string, record: Document): void {
    newcomers.set(`${this.store.base}${path}`, record);
    this.planned.set(path, { after: record });
  }

  valueIn(record: Document, path: string): unknown {
    const { valueIn = get } = this.store;
    return valueIn(record, path);
  }

  private fits(row: Document, key: Key): boolean {
    return Object.entries(key).every(([path, value]) => {
      const there = this.valueIn(row, path);
      return isSame(there, value) || String(there ?? '') === String(value);
    });
  }

  reader(way: Way): Reader {
    return {
      read: async (path) => (await this.recordAt(way, path, {})).record,
      rows: async (list) => await this.rows(way, list),
    };
  }

  /** However many ask, a list is read once. */
  private async rows(way: Way, list: string, query?: Query): Promise<Document[]> {
    const key = JSON.stringify([list, query]);
    const whole = JSON.stringify([list, undefined]);
    const known = this.reading.get(whole) ?? this.reading.get(key);
    if (known) return await known;
    const reading = this.allRows(way, list, query);
    this.reading.set(key, reading);
    // What failed may be asked for again.
    reading.catch(() => this.reading.delete(key));
    return await reading;
  }

  private async allRows(way: Way, list: string, query?: Query): Promise<Document[]> {
    const pages = this.store.pages ?? way.pages;
    const rows: Document[] = [];
    for await (const page of pages(list, query)) rows.push(...page.filter(isRecord));
    return rows;
  }

  private plannedAt(path: string): Planned | undefined {
    const newcomer = newcomers.get(`${this.store.base}${path}`);
    return this.planned.get(path) ?? (newcomer && { after: newcomer });
  }

  private async recordAt(way: Way, path: string, named: Document): Promise<Found> {
    const planned = this.plannedAt(path);
    if (planned) return { record: planned.after ?? undefined, isPart: planned.onto !== undefined };
    const seen = this.seen.get(path);
    if (seen && (!seen.isPart || tellsOf(seen.record, named))) return seen;
    const response = await this.get(way, path);
    if (response.status >= 300) return { response };
    this.note(path, response.body, way);
    const read = this.seen.get(path);
    return read && !read.isPart ? read : {};
  }

  private async row(way: Way, place: RowPlace): Promise<Document | undefined> {
    const { list, query, key } = place;
    const planned = this.planned.get(keyOf(place));
    if (planned) return planned.after ?? undefined;
    const isIt = (row: Document): boolean => this.fits(row, key);
    return this.lists.get(list)?.find(isIt) ?? (await this.rows(way, list, query)).find(isIt);
  }

  private async get({ send, request }: Way, path: string): Promise<HttpResponse> {
    const { urlOf, base } = this.store;
    const { 'content-type': _type, ...headers } = request.headers ?? {};
    const url = urlOf?.(path, request) ?? `${base}${path}`;
    return await send({
      ...request,
      method: 'GET',
      url,
      headers,
      body: undefined,
      repeatable: true,
    });
  }

  /** Keeps what an answer shows: the one record that it is, and the rows of a list. */
  private note(path: string, body: string, { rowsIn }: Way): void {
    const { idAt: idOf, recordIn } = this.store;
    const answer = parsed(body);
    const rows = toList(rowsIn(answer));
    if (Array.isArray(rows)) {
      const records = rows.filter(isRecord);
      const idAt = idOf?.(path) ?? 'id';
      const known = this.lists.get(path);
      if (known) known.push(...records);
      else this.lists.set(path, records);
      for (const record of records) {
        const id = this.valueIn(record, idAt);
        const key = `${path}/${String(id)}`;
        if (id !== undefined && !this.seen.has(key)) this.seen.set(key, { record, isPart: true });
      }
    }
    const record = recordIn ? recordIn(answer) : answer;
    if (isRecord(record)) this.seen.set(path, { record, isPart: false });
  }

  private told(record: Document): HttpResponse {
    const { answerWith } = this.store;
    return answerOf({ status: 200, body: answerWith ? answerWith(record) : record });
  }
}

/** As it comes over the wire. */
export const answerOf = ({ status, body }: { status: number; body?: unknown }): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: body === undefined ? '' : JSON.stringify(body),
});
