import type { Engine, Session } from '../engine';
import { entityUrl } from '../engine';
import { errors } from '../errors';
import type { Preferences } from '../http/preferences';
import type { JsonObject } from '../options';
import type { Expand, QueryOptions } from '../odata/query-options';
import type { SingleNavigation, Table } from '../schema/model';
import { isReference, type Row } from '../store/row';
import { compileFilter } from './filter';
import { compareRows } from './order';
import { related, type Related } from './related';
import { skipToken } from './paging';
import { renderRow, shownColumns } from './render';

const MAX_EXPANDS = 15;
const MAX_ROWS = 5000;

/** Adds the expanded rows to the JSON of their owner. */
export type Expander = (row: Row, body: JsonObject) => void;

interface Place {
  engine: Engine;
  session: Session;
  table: Table;
  prefer: ExpandPreferences;
  nested: boolean;
}

type ExpandPreferences = Pick<Preferences, 'wantsAnnotation' | 'maxPageSize'>;

/** Prepares `$expand` once for all rows of an answer. Source: Dataverse docs, webapi/query/join-tables. */
export function compileExpands(
  engine: Engine,
  session: Session,
  table: Table,
  expands: readonly Expand[],
  prefer: ExpandPreferences,
  nested = false,
): Expander {
  if (countOf(expands) > MAX_EXPANDS) {
    throw errors.query(`The number of $expand options cannot be more than ${MAX_EXPANDS}.`);
  }
  const place: Place = { engine, session, table, prefer, nested };
  if (nested || countOf(expands) > 1) refuseManyToMany(table, expands);
  const steps = expands.map((expand) => compileExpand(place, expand));
  return (row, body) => {
    for (const step of steps) step(row, body);
  };
}

/** Documented: a relationship with many rows on both sides is expanded alone, and not nested. */
function refuseManyToMany(table: Table, expands: readonly Expand[]): void {
  const found = expands.find(({ navigation }) => table.manyToMany.has(navigation));
  if (!found) return;
  throw errors.query(
    `The many-to-many relationship '${found.navigation}' cannot be combined with another $expand or nested.`,
  );
}

const countOf = (expands: readonly Expand[]): number =>
  expands.reduce((count, { options }) => count + 1 + countOf(options.expand), 0);

function compileExpand(place: Place, expand: Expand): Expander {
  const single = place.table.singles.get(expand.navigation);
  if (single) return compileSingle(place, expand, single);
  const collection = related(place.engine, place.table, expand.navigation);
  if (collection) return compileCollection(place, expand, collection);
  throw errors.unknownQueryProperty(expand.navigation, place.table.name);
}

function refuseOrdering(options: QueryOptions): void {
  if (options.top === undefined && options.orderBy.length === 0) return;
  throw errors.query(
    'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or ' +
      'nested one-to-many relationship.',
  );
}

function compileSingle(place: Place, expand: Expand, navigation: SingleNavigation): Expander {
  const { engine, session } = place;
  const target = engine.model.required(navigation.target.table);
  refuseOrdering(expand.options);
  const render = rendererOf(place, target, expand.options);
  const filter = filterOf(engine, target, expand.options);
  return (row, body) => {
    const value = row[navigation.column.name];
    const pointed = isReference(value) && value.table === target.name ? value : undefined;
    if (expand.ref) {
      body[navigation.name] = pointed
        ? { '@odata.id': entityUrl(session, target, pointed.id) }
        : null;
      return;
    }
    const other = pointed && engine.database.find(pointed);
    body[navigation.name] = other && filter(other) ? render(other) : null;
  };
}

function compileCollection(place: Place, expand: Expand, navigation: Related): Expander {
  const { engine, session, table } = place;
  if (expand.ref) {
    throw errors.query('Expand with $ref is only supported on lookup type navigation property.');
  }
  // Documented: one level comes whole with a link that has no token; several levels come in pages.
  const paged = place.nested || expand.options.expand.length > 0;
  if (paged) refuseOrdering(expand.options);
  const { target } = navigation;
  const render = rendererOf(place, target, expand.options);
  const filter = filterOf(engine, target, expand.options);
  const compare = compareRows(engine, target, expand.options.orderBy);
  const page = paged ? (place.prefer.maxPageSize ?? MAX_ROWS) : (expand.options.top ?? MAX_ROWS);
  const size = Math.min(page, MAX_ROWS);
  return (row, body) => {
    const id = String(row[table.primaryId]);
    const address = `${entityUrl(session, table, id)}/${navigation.name}`;
    const rows = navigation.rows(id).filter(filter).sort(compare);
    const shown = rows.slice(0, size);
    body[navigation.name] = shown.map(render);
    const link = paged
      ? nextPage(target, expand.options, rows, shown)
      : linkQuery(expand.options, ['$select']);
    if (link !== undefined) body[`${navigation.name}@odata.nextLink`] = address + link;
  };
}

/** The query behind a link: some of the options that the collection was expanded with. */
function linkQuery({ raw }: QueryOptions, names: readonly string[], token?: string): string {
  const kept = raw
    .filter(([name]) => names.includes(name))
    .map(([name, value]) => `${name}=${encodeURI(value)}`);
  const parts = token === undefined ? kept : [...kept, `$skiptoken=${token}`];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Where the rows go on that did not fit; undefined when all did. */
function nextPage(
  target: Table,
  options: QueryOptions,
  rows: readonly Row[],
  shown: readonly Row[],
): string | undefined {
  const [first, last] = [shown[0], shown.at(-1)];
  if (rows.length === shown.length || !first || !last) return undefined;
  const token = skipToken(target, 1, first, last);
  return linkQuery(options, ['$select', '$filter', '$expand'], token);
}

function filterOf(engine: Engine, table: Table, { filter }: QueryOptions): (row: Row) => boolean {
  return filter ? compileFilter(engine, table, filter) : () => true;
}

function rendererOf(place: Place, table: Table, options: QueryOptions): (row: Row) => JsonObject {
  const { engine, session, prefer } = place;
  const columns = shownColumns(table, options.select);
  const expander = compileExpands(engine, session, table, options.expand, prefer, true);
  return (row) => {
    const body = renderRow(engine, row, columns, prefer.wantsAnnotation);
    expander(row, body);
    return body;
  };
}
