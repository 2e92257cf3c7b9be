import { pick } from 'lodash';

import type { Row } from '../../../odata/types';
import type { Memory } from '../../../sync/memory';
import {
  type Columns,
  type Conflicts,
  type Decision,
  emptyMerge,
  type Equality,
  type Merge,
  mergeColumns,
  type MergeOptions,
  type Sent,
  sentOf,
  winnerOf,
} from '../../../sync/threeWay';
import { columnName, isBinding, isNewer } from '../conflicts';
import { lookupColumns } from './compare';
import { DATAVERSE_EQUALITY } from './equality';

/** What one item says of a row. */
export interface RowWord {
  row: Columns;
  conflicts: Conflicts;
  /** When the source changed it (milliseconds since the epoch), for the rule `newest`. */
  changedAt?: number;
}

/** What becomes of a row of which something has been sent before. */
export interface RowChanges {
  /** To be sent. */
  changes: Row;
  /** As it is remembered: the source's last word on each column that was ever sent. */
  document: Row;
  /** Of each word, in their order. A word with `held` columns is left out as a whole. */
  said: Array<{ decisions: Decision[]; held: string[] }>;
}

/** A rule may speak of a binding by the lookup that it writes: `parentcustomerid` for `parentcustomerid_account`. */
function ruleNames(column: string): string[] {
  const name = columnName(column);
  if (!isBinding(column)) return [name];
  return [name, ...lookupColumns(name).map((lookup) => lookup.replace(/^_|_value$/g, ''))];
}

/** The row as it will stand when what is pending has been sent: earlier words of the same run are in it. */
function withPending(pending: Columns): Equality {
  const { stands, wasSent, cameOf } = DATAVERSE_EQUALITY;
  return {
    wasSent,
    cameOf: (column, sent, stored) =>
      !Object.hasOwn(pending, column) && (cameOf?.(column, sent, stored) ?? false),
    stands: (column, value, stored) =>
      Object.hasOwn(pending, column)
        ? wasSent(column, value, pending[column])
        : stands(column, value, stored),
  };
}

/** The columns in which a word differs from something that was sent: only these can be left to send. */
export function differing({ row }: Pick<RowWord, 'row'>, { all }: Sent): string[] {
  const isSame = (column: string, sent: Columns): boolean =>
    DATAVERSE_EQUALITY.wasSent(column, sent[column] ?? null, row[column]);
  return Object.keys(row).filter((column) => !all.every((sent) => isSame(column, sent)));
}

/** Whether the source wins a column whatever stands in the target. */
function winsUnread(column: string, { conflicts }: RowWord): boolean {
  const options = {
    conflicts,
    ruleNames,
    equality: DATAVERSE_EQUALITY,
    isSourceNewer: () => false,
  };
  return winnerOf(column, options) === 'source';
}

/**
 * The merge without a look at the row. undefined: what becomes of a column depends on what stands there. That is so
 * where a rule may speak against the source; and where the source says again what it said before an attempt of which
 * no answer is known, because the row holds either of them, or what a person has made of it.
 */
function mergedUnread(word: RowWord, sent: Sent, pending: Columns): Merge | undefined {
  const { confirmed } = sent;
  // Whether anything has come at all is not known.
  if (!confirmed) return undefined;
  const isNew = (column: string): boolean =>
    differing({ row: pick(word.row, column) }, { all: [confirmed] }).length > 0;
  const columns = differing(word, sent);
  const isClear = columns.every(
    (column) => Object.hasOwn(pending, column) || (isNew(column) && winsUnread(column, word)),
  );
  return isClear ? { ...emptyMerge(), changes: pick(word.row, columns) } : undefined;
}

function optionsOf({ conflicts, changedAt }: RowWord, stored: Row, pending: Columns): MergeOptions {
  return {
    conflicts,
    equality: withPending(pending),
    fieldOf: columnName,
    ruleNames,
    isSourceNewer: () => isNewer(changedAt, stored['modifiedon']),
  };
}

function mergedRead(word: RowWord, stored: Row, sent: Sent, pending: Columns): Merge {
  const compared = pick(word.row, columnsSeen(word, sent));
  return mergeColumns(compared, stored, sent, optionsOf(word, stored, pending));
}

/**
 * Takes what the items of one run say of a row against what was sent last; each word against the one before it, so that
 * one request has the effect of all in turn.
 *
 * @param stored The row as it stands, as far as it was read (`columnsToRead`). undefined: it was not read.
 * @returns undefined where the row has to be read first. Never where `stored` is given.
 */
export function rowChanges(words: RowWord[], memory: Memory, stored?: Row): RowChanges | undefined {
  let sent = sentOf(memory);
  const result: RowChanges = { changes: {}, document: { ...sent.confirmed }, said: [] };
  for (const word of words) {
    const { changes } = result;
    const merge = stored
      ? mergedRead(word, stored, sent, changes)
      : mergedUnread(word, sent, changes);
    if (!merge) return undefined;
    const { decisions, held } = merge;
    result.said.push({ decisions: held.length > 0 ? [] : decisions, held });
    if (held.length > 0) continue;
    Object.assign(changes, merge.changes);
    Object.assign(result.document, word.row);
    const confirmed = { ...result.document };
    // What may stand there of an attempt without an answer still may, in the columns that the word says nothing of.
    sent = { confirmed, all: [confirmed, ...sent.all.map((row) => ({ ...row, ...word.row }))] };
  }
  return result;
}

/** Bindings do not tell the column to read, so that those that say nothing new are not compared. */
function columnsSeen(word: RowWord, sent: Sent): string[] {
  const different = new Set(differing(word, sent));
  return Object.keys(word.row).filter((column) => !isBinding(column) || different.has(column));
}

/** The columns that a comparison needs; undefined: all, because a binding does not tell its column's name. */
export function columnsToRead(words: RowWord[], memory: Memory): string[] | undefined {
  const seen = words.flatMap((word) => columnsSeen(word, sentOf(memory)));
  return seen.some((column) => isBinding(column)) ? undefined : [...new Set(seen)];
}
