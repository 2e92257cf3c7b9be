import type { Row } from '../../../odata/types';
import { momentIn } from '../../../values';
import type { DataverseTable } from '../types';
import { type Followed, MADE, MOVED_BY_ANY_WRITE, NUMBER_COLUMNS } from './watched';

/** What a change was, beside the row that it was made to. */
export interface RowChange {
  /** Names of the columns that have changed, as the Web API has them. */
  columns: readonly string[];
  /** What they held before, where a webhook has told it. */
  before?: Row;
}

/** Field of an item that says what has changed. */
export const CHANGE_FIELD = 'change';

/** Fields of a row whose change alone is no change of it. */
export const VOLATILE_FIELDS = [...MOVED_BY_ANY_WRITE, CHANGE_FIELD];

const MOVED: ReadonlySet<string> = new Set(VOLATILE_FIELDS);

const momentOf = (value: unknown): number | undefined => momentIn(value, { zone: 'UTC' });

/** In milliseconds since the epoch. A row that a migration has made bears an older date, and that of the migration. */
export function madeAt(row: Row): number | undefined {
  const moments = MADE.map((name) => momentOf(row[name])).filter((moment) => moment !== undefined);
  return moments.length > 0 ? Math.max(...moments) : undefined;
}

export const changedAt = ({ modifiedon }: Row): number | undefined => momentOf(modifiedon);

/**
 * What grows with every change, as `source.version` has it: the moment of the change, because a message of a webhook says no
 * other version.
 */
export function sentVersion(row: Row): string | undefined {
  const moment = changedAt(row);
  return moment === undefined ? undefined : new Date(moment).toISOString();
}

/** What people call the row where that is not its name. */
export function numberOf(
  { logicalName, primaryName }: DataverseTable,
  row: Row,
): string | undefined {
  const number = row[NUMBER_COLUMNS[logicalName] ?? ''] ?? row[primaryName ?? ''];
  return typeof number === 'string' && number !== '' ? number : undefined;
}

/** What is watched of a row, by the names of the Web API. */
export function watchedOf({ watched }: Followed, row: Row): Row {
  if (watched) return Object.fromEntries(watched.map((name) => [name, row[name] ?? null]));
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !MOVED.has(name) && !name.includes('@')),
  );
}

/** The part of a row that is put out. */
export function shownOf({ shown }: Followed, row: Row): Row {
  if (!shown) return row;
  const kept = ['@odata.etag', ...shown, CHANGE_FIELD].filter((name) => Object.hasOwn(row, name));
  return Object.fromEntries(kept.map((name) => [name, row[name]]));
}

/**
 * The row that a message has as it is afterwards: an image leaves out columns without a value, and says neither version nor
 * ETag. Names and texts of values, which the row itself does not have where nobody asks for them, go.
 */
export function rowOfImage(
  { select }: Followed,
  { primaryId }: DataverseTable,
  id: string,
  image: Row,
): Row {
  const told = select.filter((name) => name !== 'versionnumber');
  const values = told.map((name) => [name, image[name] ?? null] as const);
  return { ...Object.fromEntries(values), [primaryId]: id };
}

/** A row with what has changed of it beside it. */
export const withChange = (row: Row, change: RowChange): Row => ({
  ...row,
  [CHANGE_FIELD]: change,
});
