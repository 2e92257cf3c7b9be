import { ODataError } from '../../odata/errors';
import type { ExpandRules } from '../../odata/query/entity-type';
import { compileExpands as compile, type Expander } from '../../odata/query/expand';
import type { Preferences } from '../../odata/http/preferences';
import type { Expand, QueryOptions } from '../../odata/syntax/query-options';
import type { Engine, Session } from '../engine';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import { entityType, typeName } from './entity-type';
import { compileFilter } from './filter';
import { skipToken } from './paging';
import { renderRow, shownColumns } from './render';

/** What Dataverse expands, and how. Source: Dataverse docs, webapi/query/join-tables. */

const MAX_EXPANDS = 15;
const MAX_ROWS = 5000;

type ExpandPreferences = Pick<Preferences, 'wantsAnnotation' | 'maxPageSize'>;

export function compileExpands(
  engine: Engine,
  session: Session,
  table: Table,
  expands: readonly Expand[],
  prefer: ExpandPreferences,
): Expander<Row> {
  return compile(rulesFor(engine, session, prefer), entityType(engine, table), expands);
}

function rulesFor(engine: Engine, { base }: Session, prefer: ExpandPreferences): ExpandRules<Row> {
  const tableOf = ({ name }: { name: string }): Table => engine.model.required(tableName(name));
  return {
    base,
    check: (type, expands, nested) => checkExpands(tableOf(type), expands, nested),
    filter: (type, { filter }) =>
      filter ? compileFilter(engine, tableOf(type), filter) : () => true,
    show: (type, options) => {
      const columns = shownColumns(tableOf(type), options.select);
      return (row) => renderRow(engine, row, columns, prefer.wantsAnnotation);
    },
    cut: (type, { options }, rows, nested) => {
      const paged = isPaged(options, nested);
      const page = paged ? (prefer.maxPageSize ?? MAX_ROWS) : (options.top ?? MAX_ROWS);
      const shown = rows.slice(0, Math.min(page, MAX_ROWS));
      const link = paged
        ? nextPage(tableOf(type), options, rows, shown)
        : linkQuery(options, ['$select']);
      return { shown, link };
    },
  };
}

const tableName = (name: string): string => name.slice(typeName('').length);

/** Documented: one level comes whole with a link that has no token; several levels come in pages. */
const isPaged = ({ expand }: QueryOptions, nested: boolean): boolean => nested || expand.length > 0;

const countOf = (expands: readonly Expand[]): number =>
  expands.reduce((count, { options }) => count + 1 + countOf(options.expand), 0);

function checkExpands(table: Table, expands: readonly Expand[], nested: boolean): void {
  const count = countOf(expands);
  if (count > MAX_EXPANDS) {
    throw new ODataError(`The number of $expand options cannot be more than ${MAX_EXPANDS}.`);
  }
  if (nested || count > 1) refuseManyToMany(table, expands);
  for (const { navigation, options } of expands) {
    if (table.singles.has(navigation) || isPaged(options, nested)) refuseOrdering(options);
  }
}

/** Documented: a relationship with many rows on both sides is expanded alone, and not nested. */
function refuseManyToMany(table: Table, expands: readonly Expand[]): void {
  const found = expands.find(({ navigation }) => table.manyToMany.has(navigation));
  if (!found) return;
  throw new ODataError(
    `The many-to-many relationship '${found.navigation}' cannot be combined with another $expand or nested.`,
  );
}

function refuseOrdering(options: QueryOptions): void {
  if (options.top === undefined && options.orderBy.length === 0) return;
  throw new ODataError(
    'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or ' +
      'nested one-to-many relationship.',
  );
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
