import { isEqual, maxBy } from 'lodash';

import type { Row } from '../../../odata/types';
import { changedAt, madeAt } from './rows';

/** What the pack itself has sent to a row, and when. */
export interface SentToRow {
  columns: Row;
  /** When it was answered, in milliseconds since the epoch by the clock of this machine; while it is on its way, never. */
  at: number;
  isDeleted?: true;
  /** The request may have made the row. */
  mayMake?: true;
}

/** A change, for the question whether it is but what the pack has sent. */
export interface AskedChange {
  /** Left out: the row is deleted. */
  row?: Row;
  isNew: boolean;
  /** What has changed; all that is watched where that is not known. */
  names: readonly string[];
  /** When the row was seen with other content, by the same clock; left out: it was not. */
  seenAt?: number;
}

/** Of a row that was not seen before, what was sent so long ago says nothing any more. */
const FRESH_MS = 15 * 60_000;

/** Plug-ins and sums of a new document take so long, and no person is as quick. */
const AT_ONCE_MS = 5_000;

const BINDING = '@odata.bind';

/**
 * Whether what was sent says of a column what it holds; undefined: it says nothing of it. A lookup is bound by a navigation
 * property that begins with its name.
 */
function isSent(sent: Row, name: string, value: unknown): boolean | undefined {
  if (Object.hasOwn(sent, name)) return isSame(sent[name], value);
  // A status reason belongs to one state.
  if (name === 'statecode') return Object.hasOwn(sent, 'statuscode') || undefined;
  const [, lookup] = /^_(\w+)_value$/.exec(name) ?? [];
  if (lookup === undefined) return undefined;
  const targets = Object.entries(sent).flatMap(([key, target]) => {
    if (!key.endsWith(BINDING)) return [];
    const property = key.slice(0, -BINDING.length).toLowerCase();
    return property === lookup || property.startsWith(`${lookup}_`) ? [String(target)] : [];
  });
  if (targets.length === 0) return undefined;
  const bound = `(${String(value).toLowerCase()})`;
  return targets.some((target) => target.toLowerCase().endsWith(bound));
}

/**
 * Whether a column holds what was sent to it last, or what is on its way: what was sent before that is there no more, and
 * whoever puts it back has changed it.
 */
function holdsLast(sent: readonly SentToRow[], name: string, value: unknown): boolean {
  const said = sent.flatMap(({ columns, at }) => {
    const isIt = isSent(columns, name, value);
    return isIt === undefined ? [] : [{ at, isIt }];
  });
  const answered = said.filter(({ at }) => at !== Infinity);
  const last = maxBy([...answered].reverse(), ({ at }) => at);
  return last?.isIt === true || said.some(({ at, isIt }) => at === Infinity && isIt);
}

/** Texts lose blanks at their ends, an empty one is null, and a number may come with other zeros. */
function isSame(sent: unknown, held: unknown): boolean {
  if (typeof sent === 'string' && typeof held === 'string') {
    const [one, other] = [sent.trimEnd(), held.trimEnd()];
    return one === other || (Date.parse(one) === Date.parse(other) && /^\d{4}-\d\d-\d\d/.test(one));
  }
  return isEqual(sent === '' ? null : sent, held ?? null);
}

/** State in which rows of every table with states are made; those of tables without have none. */
const OPEN = 0;

/**
 * A row that was made, and touched by nobody else since. One that is fulfilled or canceled already is not: a plug-in or a flow
 * may do that at once, in the name of the app that has made it.
 */
function isAsMade(row: Row): boolean {
  if ((row.statecode ?? OPEN) !== OPEN) return false;
  const [made, changed] = [madeAt(row), changedAt(row)];
  if (made === undefined || changed === undefined || changed - made > AT_ONCE_MS) return false;
  const { _createdby_value: maker, _modifiedby_value: writer } = row;
  return maker !== undefined && maker === writer;
}

/**
 * Whether a change is but what the pack has sent: all that has changed holds what was sent since the row was seen with other
 * content. A new row of the pack's is one too where nobody has touched it since it was made. Whatever else it is comes out: an
 * echo more costs less than a change that is lost.
 */
export function isEcho(
  sent: readonly SentToRow[],
  { row, isNew, names, seenAt }: AskedChange,
  now = Date.now(),
): boolean {
  const since = seenAt ?? now - FRESH_MS;
  const later = sent.filter(({ at }) => at > since);
  if (later.length === 0) return false;
  if (row === undefined) return later.some(({ isDeleted }) => isDeleted);
  if (isNew && later.some(({ mayMake }) => mayMake) && isAsMade(row)) return true;
  return names.length > 0 && names.every((name) => holdsLast(later, name, row[name]));
}
