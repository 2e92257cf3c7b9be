import { randomUUID } from 'node:crypto';

import { isEqual } from 'lodash';

import type { ColumnChange, PlannedWrite } from '../../dryRun';
import type { ServiceError } from '../../errors';
import { isRow } from '../answers';
import { lowerCaseNames } from '../batch-parts';
import type { ODataService } from '../service';
import type { BatchAnswer, Row, SingleOperation } from '../types';
import { changesOf, isNested, madeOf, type Reading, storedForm } from './columns';
import { type Address, addressIn, type Intent } from './intent';
import type { PlannedRows } from './plannedRows';
import type { RehearsalRules } from './rules';
import { asksForRow, ownKey, shownValue, type Standing, textOf } from './standing';

/** A write as it is told of this service, which adds its name. */
export type Noted = Omit<PlannedWrite, 'system'>;

/** Where a request is rehearsed: what stands, what is planned, and where it is noted. */
export interface Scene {
  service: ODataService;
  rules: RehearsalRules;
  root: string;
  standing: Standing;
  planned: PlannedRows;
  /** Sets of tables, by what annotations call the tables. */
  sets: ReadonlyMap<string, string>;
  note(write: Noted): void;
}

const MADE_KEY = 'Its key is made when it is written; this one stands for it.';

const refusal = ({ service }: Scene, answer: Pick<BatchAnswer, 'status' | 'body'>): ServiceError =>
  service.errorOf({ headers: {}, ...answer });

/** What the service says of a row that is not there, as its own client reads it. */
export const missing = (scene: Scene): ServiceError => refusal(scene, scene.rules.missing);

/** A row as it stands, or as it is planned to be. Throws what the service says where it is not there. */
export function rowAt(scene: Scene, at: Address): Row {
  const planned = scene.planned.at(at);
  if (planned?.state === 'deleted') throw missing(scene);
  if (planned?.state === 'made') return planned.columns;
  const stored = scene.standing.of(at);
  if (stored?.ok) return { ...stored.value, ...planned?.columns };
  throw stored?.error ?? missing(scene);
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The key of a row in one text. */
function idOf({ service, planned }: Scene, at: Address, row: Row, primaryId?: string): string {
  const { key = '' } = at;
  if (GUID.test(key)) return key.toLowerCase();
  return planned.at(at)?.id ?? service.idOf?.({ row, primaryId }) ?? key;
}

const readingOf = ({ rules, root, sets }: Scene): Reading => ({ rules, root, sets });

/** As a service answers a write (OData 4.0 Protocol, 8.3.3 and 11.4.1.4). */
function written(
  { root }: Scene,
  operation: SingleOperation,
  { at, row, status }: { at: Address; row: Row; status: number },
): BatchAnswer {
  const headers = { 'odata-version': '4.0', 'odata-entityid': `${root}${textOf(at)}` };
  if (!asksForRow(operation)) return { status: 204, headers, body: undefined };
  return { status, headers, body: row };
}

/** The columns of an alternate key, which are part of the row that is made under it; commas in values are encoded. */
function keyColumns(key: string): Row {
  return Object.fromEntries(
    key.split(',').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      if (at < 0) return [];
      const value = decodeURIComponent(pair.slice(at + 1));
      const isText = value.startsWith("'") && value.endsWith("'");
      return [[pair.slice(0, at), isText ? value.slice(1, -1).replaceAll("''", "'") : value]];
    }),
  );
}

/** Rows inside the row are made with it, each in the table behind its navigation property. */
function noteNested(scene: Scene, set: string, body: Row): void {
  if (scene.rules.isDocument?.(set)) return;
  for (const [navigation, value] of Object.entries(body)) {
    if (!isNested(value) || navigation.includes('@')) continue;
    const table = scene.rules.setOf?.(navigation) ?? navigation;
    for (const row of [value].flat()) {
      const id = scene.service.idOf?.({ row });
      scene.note({
        action: 'create',
        table,
        ...(id !== undefined && { id }),
        columns: madeOf(row, readingOf(scene)),
      });
      noteNested(scene, table, row);
    }
  }
}

/** Of a document each value, whatever it is. */
const valuesOf = (body: Row): ColumnChange[] =>
  Object.entries(body)
    .filter(([name]) => !name.includes('@'))
    .map(([column, after]) => ({ column, before: null, after }));

function make(scene: Scene, operation: SingleOperation, at: Address, body: Row): BatchAnswer {
  const { set, key } = at;
  const { primaryId } = operation;
  const isOwn = key !== undefined && GUID.test(key);
  const id = isOwn ? key.toLowerCase() : randomUUID();
  const columns = { ...(isOwn || key === undefined ? {} : keyColumns(key)), ...body };
  const notes = [isOwn ? undefined : MADE_KEY, scene.rules.noteOf?.(set)].filter(Boolean);
  const told = Object.fromEntries(Object.entries(columns).filter(([name]) => name !== primaryId));
  scene.note({
    action: 'create',
    table: set,
    id,
    columns: scene.rules.isDocument?.(set) ? valuesOf(told) : madeOf(told, readingOf(scene)),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  });
  noteNested(scene, set, body);
  const row = {
    ...storedForm(columns, {}, readingOf(scene)),
    ...(primaryId !== undefined && { [primaryId]: id }),
  };
  scene.planned.put({ set, id, state: 'made', columns: row }, isOwn ? undefined : at);
  return written(scene, operation, { at: { set, key: id }, row, status: 201 });
}

function create(scene: Scene, operation: SingleOperation, at: Address): BatchAnswer {
  const body = isRow(operation.body) ? operation.body : {};
  const key = ownKey(operation);
  if (key === undefined) return make(scene, operation, at, body);
  const own = { ...at, key };
  if (isThere(scene, own)) throw refusal(scene, scene.rules.taken);
  return make(scene, operation, own, body);
}

function isThere(scene: Scene, at: Address): boolean {
  const planned = scene.planned.at(at);
  if (planned) return planned.state !== 'deleted';
  const stored = scene.standing.of(at);
  if (stored?.ok === false && stored.error.class !== 'not-found') throw stored.error;
  return stored?.ok === true;
}

/** A row that must still be what it was. */
function requireUnchanged(scene: Scene, operation: SingleOperation, at: Address): void {
  const { 'if-match': wanted = '*' } = lowerCaseNames(operation.headers);
  const stored = scene.standing.of(at);
  if (wanted === '*' || !stored?.ok || scene.planned.at(at)) return;
  const { '@odata.etag': etag } = stored.value;
  if (etag !== undefined && etag !== wanted) throw refusal(scene, scene.rules.stale);
}

function change(scene: Scene, operation: SingleOperation, at: Address): BatchAnswer {
  const body = isRow(operation.body) ? operation.body : {};
  const headers = lowerCaseNames(operation.headers);
  if (!isThere(scene, at)) {
    const makes = scene.service.upserts === true && headers['if-match'] === undefined;
    return makes ? make(scene, operation, at, body) : raise(scene, at);
  }
  if (headers['if-none-match'] === '*') throw refusal(scene, scene.rules.taken);
  requireUnchanged(scene, operation, at);
  const stored = rowAt(scene, at);
  const { set } = at;
  const id = idOf(scene, at, stored, operation.primaryId);
  const columns = changesOf(body, stored, readingOf(scene));
  scene.note(
    columns.length > 0
      ? { action: 'update', table: set, id, columns }
      : { action: 'unchanged', table: set, id },
  );
  const after = storedForm(body, stored, readingOf(scene));
  scene.planned.put({ set, id, state: 'changed', columns: after }, at);
  return written(scene, operation, {
    at: { set, key: id },
    row: { ...stored, ...after },
    status: 200,
  });
}

function raise(scene: Scene, at: Address): never {
  rowAt(scene, at);
  throw missing(scene);
}

function remove(scene: Scene, operation: SingleOperation, at: Address): BatchAnswer {
  const stored = rowAt(scene, at);
  requireUnchanged(scene, operation, at);
  const id = idOf(scene, at, stored, operation.primaryId);
  scene.note({ action: 'delete', table: at.set, id });
  scene.planned.put({ set: at.set, id, state: 'deleted', columns: {} }, at);
  return DONE;
}

/** As a service answers what it has done and says nothing of (OData 4.0 Protocol, 9.1.4: 204 No Content). */
export const DONE: BatchAnswer = {
  status: 204,
  headers: { 'odata-version': '4.0' },
  body: undefined,
};

/** Empties one property of a row, or puts another one in its place. */
function clear(scene: Scene, at: Address, property: string): BatchAnswer {
  const stored = rowAt(scene, at);
  const id = idOf(scene, at, stored);
  const before = shownValue(scene.rules, property, stored);
  const columns = [{ column: property, before, after: null }];
  scene.note(
    before === null
      ? { action: 'unchanged', table: at.set, id }
      : { action: 'update', table: at.set, id, columns },
  );
  scene.planned.put({ set: at.set, id, state: 'changed', columns: { [property]: null } }, at);
  return DONE;
}

/** A row as a whole in the place of what stands there, as definitions of tables are written. */
function replace(scene: Scene, operation: SingleOperation, at: Address): BatchAnswer {
  const stored = rowAt(scene, at);
  const body = isRow(operation.body) ? operation.body : {};
  const columns = Object.entries(body)
    .filter(([name, value]) => !name.includes('@') && !isEqual(value, stored[name]))
    .map(([column, after]) => ({ column, before: stored[column] ?? null, after }));
  const { set: table, key: id } = at;
  scene.note(
    columns.length > 0
      ? { action: 'update', table, id, columns }
      : { action: 'unchanged', table, id },
  );
  return DONE;
}

const isSame = (one: Address, other: Address): boolean =>
  textOf(one).toLowerCase() === textOf(other).toLowerCase();

/** References of the rows that are behind a collection of a row; undefined: that is not known. */
function linked({ standing, root }: Scene, at: Address, navigation: string): Address[] | undefined {
  const found = standing.of({ set: `${textOf(at)}/${navigation}/$ref` });
  const list = found?.ok ? found.value['value'] : undefined;
  if (!Array.isArray(list)) return undefined;
  return list.map((one: Row) => addressIn(String(one['@odata.id'] ?? ''), root));
}

function link(
  scene: Scene,
  operation: SingleOperation,
  { kind, at, navigation, to }: Extract<Intent, { kind: 'link' | 'unlink' }>,
): BatchAnswer {
  const stored = rowAt(scene, at);
  const target = to === undefined ? undefined : addressIn(to, scene.root);
  const other = target && { table: target.set, id: (target.key ?? '').toLowerCase() };
  const { set: table } = at;
  const id = idOf(scene, at, stored);
  const isOne = operation.method === 'PUT' || to === undefined;
  if (isOne) {
    const value = kind === 'link' ? (to ?? null) : null;
    const body = { [`${navigation}@odata.bind`]: value };
    if (target) rowAt(scene, target);
    const columns = changesOf(body, stored, readingOf(scene));
    const action = kind === 'link' ? 'associate' : 'disassociate';
    scene.note(
      columns.length > 0 ? { action, table, id, columns } : { action: 'unchanged', table, id },
    );
    const after = storedForm(body, stored, readingOf(scene));
    scene.planned.put({ set: table, id, state: 'changed', columns: after }, at);
    return DONE;
  }
  if (target) rowAt(scene, target);
  const is = target && linked(scene, at, navigation)?.some((one) => isSame(one, target));
  if (is === (kind === 'link')) {
    scene.note({ action: 'unchanged', table, id });
    return refusePair(scene, operation, kind);
  }
  const [before, after] = kind === 'link' ? [null, other] : [other, null];
  scene.note({
    action: kind === 'link' ? 'associate' : 'disassociate',
    table,
    id,
    columns: [{ column: navigation, before, after }],
  });
  return DONE;
}

/** What a service says of a pair that is there already, or of one that is not there any more. */
function refusePair(
  scene: Scene,
  { isPair }: SingleOperation,
  kind: 'link' | 'unlink',
): BatchAnswer {
  const { pairExists } = scene.service;
  if (kind === 'unlink') throw missing(scene);
  if (!isPair || pairExists === undefined) return DONE;
  const error = { code: pairExists, message: 'The rows are associated already.' };
  throw refusal(scene, { status: 412, body: { error } });
}

/** What a request comes to that is no call. Throws what the service would refuse it with. */
export function act(
  scene: Scene,
  operation: SingleOperation,
  intent: Exclude<Intent, { kind: 'call' | 'read' }>,
): BatchAnswer {
  const { at } = intent;
  switch (intent.kind) {
    case 'create':
      return create(scene, operation, at);
    case 'change':
      return change(scene, operation, at);
    case 'replace':
      return replace(scene, operation, at);
    case 'delete':
      return remove(scene, operation, at);
    case 'clear':
      return clear(scene, at, intent.property);
    case 'link':
    case 'unlink':
      return link(scene, operation, intent);
  }
}
