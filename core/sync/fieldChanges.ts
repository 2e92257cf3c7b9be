import { pick } from 'lodash';

import type { Memory } from './memory';
import {
  type ChangeFacts,
  type Columns,
  type Conflicts,
  decide,
  type Decision,
  type Equality,
  joined,
  emptyMerge,
  type Merge,
  mergeColumns,
  type MergeOptions,
  rulesFor,
  type Sent,
  winnerOf,
} from './threeWay';
import { sameAsKept } from './kept';

/**
 * Three-way change of single fields of a record that the pack has not made: an order was in its shop before anything was sent to
 * it. So what stood in a field when it was first sent is the base that the first attempts are taken against; without it an attempt
 * that never arrived would look like one that a person has undone.
 */

/** As it is remembered of the record. */
export interface SentFields {
  /** The source's last word on each field that was ever sent. */
  fields: Columns;
  /** What stood in fields before they were sent, until one has been confirmed. */
  before: Columns;
}

/** What one item says of the record. */
export interface FieldsWord {
  fields: Columns;
  conflicts: Conflicts;
  facts: ChangeFacts;
}

/** A field that a person has to decide about. */
export interface HeldField {
  field: string;
  /** What was sent last, as far as it is known. */
  sent: unknown;
  source: unknown;
  target: unknown;
}

/** What becomes of one word. */
export interface FieldsSaid {
  /** To be written. */
  changes: Columns;
  decisions: Decision[];
  /** Not empty: nothing of the word is written. */
  held: HeldField[];
}

export interface FieldsOptions {
  /** Whether two values of a field say the same. Default: where they are equal. */
  isSame?(field: string, one: unknown, other: unknown): boolean;
  /** Whether the first word on a field would undo what stands in it: then both sides have changed it, and the rule decides. */
  undoes?(field: string, standing: unknown, value: unknown): boolean;
  /** When the record was changed last, in milliseconds since the epoch; for the rule `newest`. */
  targetChangedAt?: number;
}

const valueIn = (columns: Columns, column: string): unknown => columns[column] ?? null;

const equal = (_field: string, one: unknown, other: unknown): boolean =>
  sameAsKept(one, other) || one === other;

/** What is known of one field: a document of which another field alone was sent says nothing of it. */
function sentOf(field: string, memory: Memory | undefined): Sent {
  const documents = [memory?.confirmed, ...(memory?.attempts ?? [])].map(
    (document) => document as SentFields | undefined,
  );
  const [confirmed, ...attempts] = documents;
  const isIn = (columns: Columns | undefined): columns is Columns =>
    columns !== undefined && Object.hasOwn(columns, field);
  const base = [confirmed?.fields, ...attempts.map((attempt) => attempt?.before)].find(isIn);
  const tried = attempts.map((attempt) => attempt?.fields).filter(isIn);
  const rows = [...tried.toReversed(), ...(base ? [base] : [])].map((row) => pick(row, field));
  return { ...(base && { confirmed: pick(base, field) }), all: rows };
}

/** What is not known of either side speaks for the source. */
function isNewer({ changedAt }: ChangeFacts, { targetChangedAt }: FieldsOptions): boolean {
  return changedAt === undefined || targetChangedAt === undefined || changedAt >= targetChangedAt;
}

function said(
  { fields, conflicts, facts }: FieldsWord,
  memory: Memory | undefined,
  standing: Columns,
  options: FieldsOptions,
): FieldsSaid {
  const { isSame = equal } = options;
  const equality: Equality = {
    stands: (field, value, stored) => isSame(field, value, valueIn(stored, field)),
    wasSent: (field, kept, value) => isSame(field, kept, value),
  };
  const merged = Object.entries(fields).map(([field, value]): Merge => {
    const sent = sentOf(field, memory);
    const how: MergeOptions = {
      equality,
      conflicts: rulesFor(conflicts, facts),
      isSourceNewer: () => isNewer(facts, options),
    };
    const isUndone =
      sent.all.length === 0 &&
      !equality.stands(field, value, standing) &&
      options.undoes?.(field, valueIn(standing, field), value);
    if (!isUndone) return mergeColumns({ [field]: value }, standing, sent, how);
    const merge = emptyMerge();
    if (decide(merge, field, winnerOf(field, how))) merge.changes[field] = value;
    return merge;
  });
  const { changes, decisions, held } = merged.reduce(joined, emptyMerge());
  if (held.length === 0) return { changes, decisions, held: [] };
  return {
    changes: {},
    decisions: [],
    held: held.map((field) => ({
      field,
      sent: valueIn(sentOf(field, memory).confirmed ?? {}, field),
      source: fields[field],
      target: valueIn(standing, field),
    })),
  };
}

/** The record's memory once a word has been taken in. */
function remembered(
  { fields }: FieldsWord,
  memory: Memory | undefined,
  standing: Columns,
): SentFields {
  const known = memory?.confirmed as SentFields | undefined;
  const open = Object.keys(fields).filter((field) => !Object.hasOwn(known?.fields ?? {}, field));
  const bases = open.map((field) => {
    const { confirmed } = sentOf(field, memory);
    return [field, valueIn(confirmed ?? standing, field)] as const;
  });
  return {
    fields: { ...known?.fields, ...fields },
    before: { ...known?.before, ...Object.fromEntries(bases) },
  };
}

/**
 * Takes what the items of one run say of a record against what was sent last; each word against the one before it.
 *
 * @param standing the fields as they stand in the record
 * @returns what becomes of each word, in their order; and what is to be remembered, where there is anything new
 */
export function fieldChanges(
  words: readonly FieldsWord[],
  memory: Memory | undefined,
  standing: Columns,
  options: FieldsOptions = {},
): { said: FieldsSaid[]; document?: SentFields } {
  let known = memory;
  let stored = standing;
  let document: SentFields | undefined;
  const all = words.map((word) => {
    const one = said(word, known, stored, options);
    if (one.held.length > 0) return one;
    document = remembered(word, known, stored);
    known = { confirmed: document, attempts: [] };
    stored = { ...stored, ...one.changes };
    return one;
  });
  return { said: all, ...(document && { document }) };
}
