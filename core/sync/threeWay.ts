import type { Memory } from './memory';

/**
 * Three-way change: what the source says now is taken against what was sent last, and only then against what stands in
 * the target. What the source has changed is sent; what only a person has changed in the target stays; where both have,
 * a rule decides. Names no service: how values are compared is handed in.
 */

export const CONFLICT_RULES = ['source', 'target', 'newest', 'hold'] as const;

/** Who wins where both sides changed a column. `hold`: nobody, until a person has looked at it. */
export type ConflictRule = (typeof CONFLICT_RULES)[number];

export interface Conflicts {
  rule: ConflictRule;
  /** Columns that have a rule of their own. */
  columns?: Readonly<Record<string, ConflictRule>>;
}

/** What is known of a change beside its content. */
export interface ChangeFacts {
  /** When the source changed the record, in milliseconds since the epoch. */
  changedAt?: number;
  /** What a person has decided about its conflicts; takes the place of the rules. */
  conflicts?: 'source' | 'target';
}

/** The rules for one change. */
export function rulesFor(conflicts: Conflicts, { conflicts: decided }: ChangeFacts): Conflicts {
  return decided ? { rule: decided } : conflicts;
}

export type Columns = Record<string, unknown>;

/** How the values of one kind of row are compared. `null` stands for a column that was not sent. */
export interface Equality {
  /** Whether writing the value would leave the stored row as it is. The value may be in its kept form (`kept.ts`). */
  stands(column: string, value: unknown, stored: Columns): boolean;
  /** Whether the value is the one that was sent, which is in its kept form. */
  wasSent(column: string, kept: unknown, value: unknown): boolean;
  /**
   * Whether what stands in a column is what the service made of a row that was sent, though writing it again would say
   * something else: an amount was rounded, or the column belongs to a lookup that another column has written. Default:
   * whether the value that was sent stands.
   */
  cameOf?(column: string, sent: Columns, stored: Columns): boolean;
}

export interface Decision {
  /** Column, or line, with its place in the document. */
  field: string;
  kept: 'source' | 'target';
  /** True: both sides had changed it, and the rule decided. */
  conflict: boolean;
}

/** What was sent to a row: the rows of a memory, newest first. Empty: nothing is known. */
export interface Sent {
  confirmed?: Columns;
  all: readonly Columns[];
}

/** What is known of a row, or of a part of it: `part` picks it out of each document that was sent. */
export function sentOf(
  memory: Memory | undefined,
  part: (document: object) => Columns | undefined = (document) => document as Columns,
): Sent {
  const confirmed = memory?.confirmed && part(memory.confirmed);
  const attempts = (memory?.attempts ?? []).map(part).filter((row) => row !== undefined);
  return { confirmed, all: [...attempts.toReversed(), ...(confirmed ? [confirmed] : [])] };
}

export interface MergeOptions {
  equality: Equality;
  conflicts: Conflicts;
  /** Asked where the rule is `newest`: whether the source's content is newer than the stored row. */
  isSourceNewer?: () => boolean;
  /** Name of a column in decisions. */
  fieldOf?: (column: string) => string;
  /** Names under which rules may speak of a column. */
  ruleNames?: (column: string) => string[];
}

/** What becomes of the columns of one row. */
export interface Merge {
  /** To be sent. */
  changes: Columns;
  /** Where the target was left as it is, or the rule decided; in the order of the columns. */
  decisions: Decision[];
  /** Fields that a person has to decide; then nothing of the document is to be sent. */
  held: string[];
}

export function emptyMerge(): Merge {
  return { changes: {}, decisions: [], held: [] };
}

function valueIn(row: Columns, column: string): unknown {
  return row[column] ?? null;
}

/** Whether what stands in the target is something that was sent: then nobody has touched it since. */
export function isUntouched(
  column: string,
  stored: Columns,
  { all }: Sent,
  { stands, cameOf }: Equality,
): boolean {
  return all.some(
    (row) =>
      stands(column, valueIn(row, column), stored) || (cameOf?.(column, row, stored) ?? false),
  );
}

/** Whether the stored row has what the source has said before and says again. */
function isSettled(
  column: string,
  value: unknown,
  stored: Columns,
  sent: Sent,
  equality: Equality,
): boolean {
  if (equality.stands(column, value, stored)) return true;
  const came = equality.cameOf?.(column, { [column]: value }, stored) ?? false;
  return came && sent.all.length > 0 && !isNewInSource(column, value, sent, equality);
}

/** Whether the source says something else than when it was sent last. */
function isNewInSource(
  column: string,
  value: unknown,
  { confirmed, all }: Sent,
  { wasSent }: Equality,
): boolean {
  const bases = confirmed ? [confirmed] : all;
  return !bases.some((row) => wasSent(column, valueIn(row, column), value));
}

/** Who wins a conflict over a field. */
export function winnerOf(
  column: string,
  { conflicts, isSourceNewer = () => true, ruleNames = (name) => [name] }: MergeOptions,
): 'source' | 'target' | 'hold' {
  const { columns = {} } = conflicts;
  const own = ruleNames(column).find((name) => Object.hasOwn(columns, name));
  const rule = own === undefined ? conflicts.rule : columns[own];
  if (rule === 'newest') return isSourceNewer() ? 'source' : 'target';
  return rule ?? 'source';
}

/** Notes who wins a conflict; true where the source does. */
export function decide(merge: Merge, field: string, winner: 'source' | 'target' | 'hold'): boolean {
  if (winner === 'hold') merge.held.push(field);
  else merge.decisions.push({ field, kept: winner, conflict: true });
  return winner === 'source';
}

/** Notes that the target stays as a person has made it, because the source has not changed it since. */
export function keep(merge: Merge, field: string): void {
  merge.decisions.push({ field, kept: 'target', conflict: false });
}

/** The columns of `wanted` that are to be sent to a stored row. Where nothing is known, all that differ are. */
export function mergeColumns(
  wanted: Columns,
  stored: Columns,
  sent: Sent,
  options: MergeOptions,
): Merge {
  const { equality, fieldOf = (column: string) => column } = options;
  const merge = emptyMerge();
  for (const [column, value] of Object.entries(wanted)) {
    if (isSettled(column, value, stored, sent, equality)) continue;
    const isFree = sent.all.length === 0 || isUntouched(column, stored, sent, equality);
    if (isFree) merge.changes[column] = value;
    else if (!isNewInSource(column, value, sent, equality)) keep(merge, fieldOf(column));
    else if (decide(merge, fieldOf(column), winnerOf(column, options))) {
      merge.changes[column] = value;
    }
  }
  return merge;
}

/** Whether the source has changed a row as a whole since it was sent last. */
export function isRowNewInSource(wanted: Columns, sent: Sent, equality: Equality): boolean {
  return Object.entries(wanted).some(([column, value]) =>
    isNewInSource(column, value, sent, equality),
  );
}

/** Whether a person has changed a row since it was sent. */
export function isRowTouched(stored: Columns, { all }: Sent, equality: Equality): boolean {
  return !all.some((row) =>
    Object.keys(row).every((column) => isUntouched(column, stored, { all: [row] }, equality)),
  );
}

/** What both say, the first one's first. */
export function joined(first: Merge, second: Merge): Merge {
  return {
    changes: { ...first.changes, ...second.changes },
    decisions: [...first.decisions, ...second.decisions],
    held: [...first.held, ...second.held],
  };
}
