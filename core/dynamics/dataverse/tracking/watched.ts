import { validationError } from '../../../errors';
import type { Column } from '../../tables';
import { isTrackingColumn } from '../documents';
import { filterName } from '../rows/conditions';

/** What most people follow of a table, by their logical names. Of a table that is not here every column counts. */
export const WATCHED_BY_DEFAULT: Readonly<Record<string, readonly string[]>> = {
  invoice: ['statecode', 'statuscode', 'datedelivered', 'shippingmethodcode', 'totalamount'],
  quote: ['statecode', 'statuscode'],
  salesorder: [
    'statecode',
    'statuscode',
    'datefulfilled',
    'requestdeliveryby',
    'shippingmethodcode',
    'freighttermscode',
  ],
};

/** The same of columns that only some environments have. */
const ALSO_WATCHED: Readonly<Record<string, (column: string) => boolean>> = {
  salesorder: isTrackingColumn,
};

/** By which people call a row, where the table has such a number beside its name. */
export const NUMBER_COLUMNS: Readonly<Record<string, string>> = {
  account: 'accountnumber',
  invoice: 'invoicenumber',
  product: 'productnumber',
  quote: 'quotenumber',
  salesorder: 'ordernumber',
};

/** Columns that a write of anything moves, as the Web API names them: that they alone have changed is no change. */
export const MOVED_BY_ANY_WRITE = [
  'modifiedon',
  '_modifiedby_value',
  '_modifiedonbehalfby_value',
  'versionnumber',
  '@odata.etag',
] as const;

/** When a row was made: by its date, which a migration may set back, or by the migration. */
export const MADE = ['createdon', 'overriddencreatedon'] as const;

const CHANGED = 'modifiedon';

/** Who made a row, and who wrote it last. */
const BY_WHOM = ['_createdby_value', '_modifiedby_value'];

/** Bytes, which operations of their own read; and what is no single value, which no `$select` can name. */
const NOT_IN_ROWS: ReadonlySet<Column['type']> = new Set(['file', 'image', 'other']);

/** What is read of a table, by the names of the Web API. */
export interface Followed {
  /** What is watched; left out: all but what any write moves. */
  watched?: readonly string[];
  /** What is put out; left out: all that may be read. */
  shown?: readonly string[];
  /** What is asked for. */
  select: readonly string[];
  /** The same by their logical names, as messages have them. */
  columns: readonly string[];
  /** What is watched by logical names; left out: all. */
  watchedColumns?: readonly string[];
}

function columnOf(columns: readonly Column[], name: string, field: string): Column {
  const wanted = name.trim();
  const found = columns.find((one) => one.name === wanted || filterName(one) === wanted);
  if (found?.readable) return found;
  throw validationError(
    `${field} names "${wanted}", which is no column of the table that can be read`,
    `Choose from the list of ${field}, or use the logical name of a column.`,
  );
}

const namesOf = (
  columns: readonly Column[],
  chosen: readonly string[],
  field: string,
): string[] => [...new Set(chosen.map((name) => filterName(columnOf(columns, name, field))))];

/**
 * What is to be read of a table for a choice of columns. Throws a validation error that names a column that is none.
 *
 * @param watch by logical names or those of the Web API; none: what `WATCHED_BY_DEFAULT` says
 * @param show the same; none: all
 */
export function followedColumns(
  table: { logicalName: string; primaryId: string },
  columns: readonly Column[],
  { watch, show }: { watch: readonly string[]; show: readonly string[] },
): Followed {
  const readableNames = columns.filter((one) => one.readable).map(({ name }) => name);
  const byDefault = [
    ...(WATCHED_BY_DEFAULT[table.logicalName] ?? []).filter((name) => readableNames.includes(name)),
    ...readableNames.filter((name) => ALSO_WATCHED[table.logicalName]?.(name)),
  ];
  const watched = namesOf(columns, watch.length > 0 ? watch : byDefault, 'Columns');
  const shown = namesOf(columns, show, 'Columns to Output');
  const readable = columns.filter(
    ({ readable: isReadable, type }) => isReadable && !NOT_IN_ROWS.has(type),
  );
  const names = new Set(readable.map(filterName));
  const number = NUMBER_COLUMNS[table.logicalName] ?? '';
  const needed = [...MADE, CHANGED, ...BY_WHOM, 'versionnumber', number].filter((name) =>
    names.has(name),
  );
  const isNarrow = shown.length > 0 && watched.length > 0;
  const select = [
    ...new Set(isNarrow ? [table.primaryId, ...shown, ...watched, ...needed] : names),
  ];
  const logical = (wire: readonly string[]): string[] =>
    columns.filter((one) => wire.includes(filterName(one))).map(({ name }) => name);
  return {
    ...(watched.length > 0 && { watched, watchedColumns: logical(watched) }),
    ...(shown.length > 0 && { shown: [table.primaryId, ...shown] }),
    select,
    columns: logical(select),
  };
}
