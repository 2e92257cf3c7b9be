/**
 * The writes of a store's API in a run that writes nothing. In place of each the record is read that it is about, what would become of
 * it is noted, and the store's answer is given, so that whoever writes goes on as usual. What differs between stores is data
 * (`description.ts`).
 */
import { get } from 'lodash';

import { currentDryRun, type DryRun, type PlannedWrite } from '../../../dryRun';
import type { HttpResponse, Send } from '../../../http/types';
import { textIn } from '../../../values';
import { askers } from './asking';
import { changesOf, isDocument, merged, withId, withoutFiles, withoutSecrets } from './columns';
import {
  type Answer,
  type Asked,
  type Document,
  type Place,
  type Rehearsed,
  type StoreRehearsal,
  type StoreRequest,
  USUAL_ROUTES,
  type WriteRoute,
} from './description';
import { answerOf, Memory, standInId, type Way } from './memory';

export { asked, askedByName, placesOf, standsFor } from './asking';
export type * from './description';

/** `/orders/{id}` as a pattern with names. */
const patterns = new Map<string, RegExp>();

function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known) return known;
  const parts = path.split(/(\{\w+\*?\})/).map((part) => {
    const [, name, many] = /^\{(\w+)(\*?)\}$/.exec(part) ?? [];
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return many ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`;
  });
  const pattern = new RegExp(`^${parts.join('')}$`);
  patterns.set(path, pattern);
  return pattern;
}

interface Matched {
  route: WriteRoute;
  ids: Record<string, string>;
}

function matchOf({ routes = [] }: StoreRehearsal, { method, path }: StoreRequest): Matched {
  for (const route of [...routes, ...USUAL_ROUTES]) {
    if (!route.methods.includes(method)) continue;
    const found = patternOf(route.path).exec(path);
    if (!found) continue;
    const ids = Object.entries(found.groups ?? {}).map(([name, text]) => [
      name,
      decodeURIComponent(text),
    ]);
    return { route, ids: Object.fromEntries(ids) as Record<string, string> };
  }
  throw new Error(`Nobody knows what ${method} ${path} would write`);
}

/** Where the record of a write stands; undefined: it is new, or cannot be read. */
function placeOf({ place, action }: WriteRoute, asked: Asked): Place | undefined {
  if (place) return place(asked);
  return action === 'create' ? undefined : { read: asked.path };
}

const idOf = ({ id }: WriteRoute, asked: Asked): string | undefined =>
  id ? id(asked) : asked.ids['id'];

/** What the plan calls the list: the path without the record's own id. */
function tableOf({ table, action }: WriteRoute, asked: Asked): string {
  if (table) return table(asked);
  const { path } = asked;
  const list = action === 'create' ? path : (asked.ids['list'] ?? path.replace(/\/[^/]*$/, ''));
  return list.replace(/^\//, '');
}

/** What the store says where nothing else is known of it: 201 of what is made, nothing of what is deleted. */
function usualAnswer([one]: readonly Rehearsed[]): Answer {
  if (!one || one.action === 'delete') return { status: 204 };
  const { answers } = one.route;
  const body: unknown = answers === undefined ? one.after : get(one.after, answers);
  return { status: one.route.action === 'create' ? 201 : 200, body };
}

class Rehearsal {
  private readonly memory: Memory;

  constructor(
    private readonly store: StoreRehearsal,
    private readonly run: DryRun,
  ) {
    this.memory = new Memory(store);
  }

  async send(way: Way): Promise<HttpResponse> {
    if (way.request.method === 'GET') return await this.memory.answered(way);
    const asked = this.memory.requestIn(way.request);
    const { route, ids } = matchOf(this.store, asked);
    const { path } = asked;
    const body = isDocument(asked.body) ? asked.body : {};
    const rows = route.rows?.(asked.body) ?? [body];
    const all = await Promise.all(
      rows.map(async (row, at) => {
        const one = { path, ids, row };
        const place = placeOf(route, one);
        return await this.memory.inTurn(place, async () =>
          this.rehearse(way, route, one, place, { at, of: rows.length }),
        );
      }),
    );
    const [only] = all;
    if (only?.refused && all.length === 1 && !route.rows) return answered(only.refused);
    return answerOf((this.store.answer ?? usualAnswer)(all));
  }

  private async rehearse(
    way: Way,
    route: WriteRoute,
    asked: Asked,
    place: Place | undefined,
    among: { at: number; of: number },
  ): Promise<Rehearsed> {
    const { store, memory } = this;
    const given = route.document ? route.document(asked) : asked.row;
    const document = withoutFiles(store.asRead?.(given) ?? given, store);
    const { record, response, isPart } = (place && (await memory.find(way, place, document))) ?? {};
    const isThere = record !== undefined;
    const id = idOf(route, asked) ?? this.ownId(place, record);
    const base = { ...asked, route, id };
    const needs = route.action === 'update' || route.action === 'delete';
    if (response && (response.status !== 404 || needs))
      return { ...base, action: route.action, refused: response };
    if (place && needs && !isThere)
      return { ...base, action: route.action, refused: this.absent() };
    const before = record && (await this.completed(way, record));
    if (route.action === 'delete') {
      if (place) memory.plan(place, undefined, {});
      this.note({ action: 'delete', ...this.named(route, asked, id, before) }, asked, among, id);
      return { ...base, action: 'delete' };
    }
    const isNew = route.action !== 'update' && !isThere;
    const whole = before && !route.replaces ? merged(before, document, store) : document;
    const after = withoutSecrets(await this.completed(way, whole, before ?? {}));
    if (isNew) return this.create(base, place, document, after, among);
    const columns = changesOf(before ?? (place && {}), document, after, store);
    const action = columns.length === 0 ? 'unchanged' : 'update';
    if (place) memory.plan(place, after, document, isPart);
    this.note(
      {
        action,
        ...this.named(route, asked, id, after),
        ...(columns.length > 0 && { columns }),
        ...(!place && {
          note: `What ${store.system} has there cannot be read before it is written.`,
        }),
      },
      asked,
      among,
      id,
    );
    return { ...base, action, after };
  }

  private create(
    base: Omit<Rehearsed, 'action'>,
    place: Place | undefined,
    document: Document,
    after: Document,
    among: { at: number; of: number },
  ): Rehearsed {
    const { store, memory } = this;
    const { path, route } = base;
    const idAt = route.replaces ? undefined : this.idAt(path);
    const own = standInId();
    const made = withId(after, idAt, own, store);
    if (place) memory.plan(place, made, document);
    else memory.planNew(store.madeAt?.(path, own) ?? `${path}/${own}`, made);
    const columns = changesOf(undefined, document, made, store);
    this.note(
      {
        action: 'create',
        ...this.named(route, base, base.id, made),
        columns,
        ...(idAt !== undefined && {
          note: `${store.system} gives it its ID, for which ${own} stands.`,
        }),
      },
      base,
      among,
      undefined,
    );
    return { ...base, action: 'create', after: made, id: base.id ?? String(own) };
  }

  /** Of a row of a list, which the request does not name. */
  private ownId(place: Place | undefined, record: Document | undefined): string | undefined {
    const idAt = place && 'list' in place ? this.idAt(place.list) : undefined;
    const id = record && idAt !== undefined ? this.memory.valueIn(record, idAt) : undefined;
    return textIn(id);
  }

  private idAt(path: string): string | undefined {
    return this.store.idAt ? this.store.idAt(path) : 'id';
  }

  private async completed(way: Way, record: Document, former?: Document): Promise<Document> {
    const reader = this.memory.reader(way);
    return (await this.store.completed?.(record, reader, former)) ?? record;
  }

  private absent(): { status: number; body: string } {
    const { status, body } = answerOf(this.store.absent ?? { status: 404 });
    return { status, body };
  }

  private named(route: WriteRoute, asked: Asked, id: string | undefined, record?: Document) {
    const known = record && this.store.nameOf?.(record, tableOf(route, asked));
    return {
      system: this.store.system,
      table: tableOf(route, asked),
      ...(id !== undefined && { id }),
      ...(known !== undefined && known !== id && { of: known }),
    };
  }

  private note(
    write: PlannedWrite,
    { ids }: Asked,
    { at, of }: { at: number; of: number },
    id: string | undefined,
  ): void {
    const names = [...Object.values(ids), ...(id === undefined ? [] : [id])];
    this.run.note(write, askers(at, of, names));
  }
}

const answered = ({ status, body }: { status: number; body: string }): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body,
});

/** Clients of one store, such as one for each kind of record, know the same of it. */
const rehearsals = new WeakMap<StoreRehearsal, Rehearsal>();

/**
 * What sends the requests of a store that is opened: outside of a dry run as they are.
 *
 * @param store made anew for each store that is opened, as what is known of it holds for one run
 */
export function rehearsed(store: StoreRehearsal, { send, ...lists }: Omit<Way, 'request'>): Send {
  const run = currentDryRun();
  if (!run) return send;
  const known = rehearsals.get(store) ?? new Rehearsal(store, run);
  rehearsals.set(store, known);
  return async (request) => await known.send({ ...lists, send, request });
}
