import { mapValues, omit, pick, pickBy } from 'lodash';

import { ServiceError } from '../../../errors';
import type { Row, SingleOperation } from '../../../odata/types';
import type { Memory } from '../../../sync/memory';
import {
  decide,
  emptyMerge,
  isRowNewInSource,
  isRowTouched,
  joined,
  keep,
  mergeColumns,
  sentOf,
  winnerOf,
  type Columns,
  type Conflicts,
  type Equality,
  type Merge,
  type MergeOptions,
  type Sent,
} from '../../../sync/threeWay';
import { columnName, isNewer, undecided } from '../conflicts';
import { createOperation, deleteOperation, updateOperation } from '../operations';
import { changedColumns } from '../rows/compare';
import { dataverseEquality } from '../rows/equality';
import { type Decimals, decimalsOf } from './decimals';
import { titleOf } from './job';
import type { SalesPlan } from './read';
import type { LineRow, SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';
import { stateName, storedLines } from './stored';

/** What is known of the document besides what it says now. */
export interface Known {
  memory?: Memory;
  conflicts: Conflicts;
  /** When the source changed the document (milliseconds since the epoch), for the rule `newest`. */
  changedAt?: number;
  /** How amounts are rounded where the document stands. */
  decimals?: Decimals;
}

const SOURCE_WINS: Known = { conflicts: { rule: 'source' } };

/** A document as it is remembered: the rows that were sent, with all names replaced. */
export interface SentDocument {
  header: Columns;
  lines?: Record<string, Columns>;
}

/**
 * @param memory What was sent before, where the document is changed: a unit that it does not choose is sent when a line
 * is made and not again, whatever the product's default has become since.
 */
export function sentDocument({ header, lines }: SalesRows, memory?: Memory): SentDocument {
  return {
    header,
    ...(lines && {
      lines: Object.fromEntries(lines.map((line) => [line.id, sentLine(line, memory)])),
    }),
  };
}

function sentLine({ id, row, unitChosen }: LineRow, memory: Memory | undefined): Columns {
  const isSame = (sent: Columns): boolean => sent[PRODUCT] === row[PRODUCT];
  const before = unitChosen ? undefined : sentOf(memory, lineOf(id)).all.find(isSame);
  return before && UNIT in row ? { ...row, [UNIT]: before[UNIT] } : row;
}

const PRODUCT = 'productid@odata.bind';
const UNIT = 'uomid@odata.bind';

const linesOf = (document: object): Columns | undefined => (document as SentDocument).lines;
const headerOf = (document: object): Columns => (document as SentDocument).header;
const lineOf =
  (id: string) =>
  (document: object): Columns | undefined =>
    (document as SentDocument).lines?.[id];

/** Changes of a document, and what was decided about them. */
export interface SalesChanges {
  operations: SingleOperation[];
  merge: Merge;
  /** A person's amounts were left as they are: the total is not the source's any more. */
  movesTotal: boolean;
}

/** Collects the changes of one document. */
class Changes {
  readonly operations: SingleOperation[] = [];
  merge = emptyMerge();
  movesTotal = false;
  /** Why a line cannot be added. */
  obstacle?: ServiceError;
  private readonly equality: Equality;
  /** The lines of each document that was sent and named its lines, newest first. */
  private readonly sentLines: ReadonlyArray<Record<string, Columns>>;

  constructor(
    readonly kind: SalesDocument,
    readonly plan: SalesPlan,
    /** The document as it stands; of a line that is gone its date says when that was, at the latest. */
    readonly stored: Row,
    readonly known: Known,
  ) {
    this.equality = dataverseEquality(decimalsOf(plan.names.currency, known.decimals));
    this.sentLines = sentOf(known.memory, linesOf).all as ReadonlyArray<Record<string, Columns>>;
  }

  private optionsFor(stored: Row, fieldOf: (column: string) => string): MergeOptions {
    const { conflicts, changedAt } = this.known;
    return {
      equality: this.equality,
      conflicts,
      fieldOf,
      isSourceNewer: () => isNewer(changedAt, stored['modifiedon']),
      ruleNames: (column) => [columnName(column), this.kind.lookups[columnName(column)] ?? column],
    };
  }

  private note(merge: Merge, isMoney: (column: string) => boolean): void {
    const kept = merge.decisions.filter((decision) => decision.kept === 'target');
    if (kept.some(({ field }) => isMoney(field.split('.').at(-1) ?? field))) this.movesTotal = true;
    this.merge = joined(this.merge, { ...merge, changes: {} });
  }

  header(wanted: Row, stored: Row): void {
    const { set, createOnly, numbers } = this.kind;
    const sent = sentOf(this.known.memory, headerOf);
    const options = this.optionsFor(stored, columnName);
    const merge = mergeColumns(omit(wanted, [...createOnly]), stored, sent, options);
    this.note(merge, (column) => numbers.includes(column));
    if (Object.keys(merge.changes).length > 0) {
      this.operations.push(updateOperation(set, this.plan.id, merge.changes));
    }
  }

  lines(wanted: LineRow[], stored: Row[]): void {
    const { key, property, set } = this.kind.lines;
    const byId = new Map(stored.map((row) => [String(row[key]).toLowerCase(), row]));
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, row] of byId) {
      if (!ids.has(id) && this.isDropped(id, row)) this.operations.push(deleteOperation(set, id));
    }
    wanted.forEach((line, index) => this.line(line, byId.get(line.id), `${property}[${index}]`));
  }

  /** Whether a stored line that the source does not name goes: not one that a person has added. */
  private isDropped(id: string, stored: Row): boolean {
    const { memory } = this.known;
    const sent = sentOf(memory, lineOf(id));
    const field = `${this.kind.lines.property}(${id})`;
    if (!memory) return true;
    const merge = emptyMerge();
    const isOurs = sent.all.length > 0;
    if (!isOurs) keep(merge, field);
    const isFree = isOurs && !isRowTouched(stored, sent, this.equality);
    const options = this.optionsFor(stored, columnName);
    const goes =
      isFree || (isOurs && decide(merge, field, winnerOf(this.kind.lines.property, options)));
    this.note(merge, () => true);
    return goes;
  }

  private line(line: LineRow, stored: Row | undefined, field: string): void {
    const { set } = this.kind.lines;
    const sent = sentOf(this.known.memory, lineOf(line.id));
    if (!stored) {
      if (this.isMissed(line, sent, field)) this.create(line);
      return;
    }
    const { [UNIT]: unit, ...columns } = line.row;
    const compared = line.unitChosen ? { ...columns, [UNIT]: unit } : columns;
    const isKept = sent.all.length === 0 && this.sentLines.length > 0;
    const options = this.optionsFor(stored, (column) => `${field}.${columnName(column)}`);
    const merge = mergeColumns(compared, stored, isKept ? KEPT : sent, options);
    const isReplaced = LINE_IDENTITY.some((column) => column in merge.changes);
    if (isReplaced)
      merge.decisions = merge.decisions.filter(({ field: name }) => !name.endsWith('.uomid'));
    this.note(merge, (column) => this.kind.numbers.includes(column));
    if (isReplaced) {
      this.operations.push(deleteOperation(set, line.id));
      this.create({ ...line, row: { ...line.row, ...this.keptOf(columns, stored, merge) } });
    } else if (Object.keys(merge.changes).length > 0) {
      this.operations.push(updateOperation(set, line.id, merge.changes));
    }
  }

  /** What a line that takes the place of another keeps of it, because a person has changed it. A unit is its product's. */
  private keptOf(columns: Row, stored: Row, { changes }: Merge): Row {
    const isStaying = (value: unknown, column: string): boolean =>
      !column.includes('@') && !(column in changes) && !this.equality.stands(column, value, stored);
    return mapValues(pickBy(columns, isStaying), (_value, column) => stored[column]);
  }

  /** Whether a line that is not there is to be added: not one that a person has taken out and the source left alone. */
  private isMissed(line: LineRow, sent: Sent, field: string): boolean {
    if (this.isOutOfSome(line.id)) return true;
    const merge = emptyMerge();
    const word = sentLine(line, this.known.memory);
    const isNew = isRowNewInSource(word, sent, this.equality);
    if (!isNew) keep(merge, field);
    const options = this.optionsFor(this.stored, columnName);
    const comes = isNew && decide(merge, field, winnerOf(this.kind.lines.property, options));
    this.note(merge, () => true);
    return comes;
  }

  /** Whether a document that was sent, or may have been, has not named a line: then it may be ours that it is not there. */
  private isOutOfSome(id: string): boolean {
    const { sentLines } = this;
    return sentLines.length === 0 || sentLines.some((lines) => !Object.hasOwn(lines, id));
  }

  private create({ id, row, obstacle }: LineRow): void {
    const { set, lines } = this.kind;
    this.obstacle ??= obstacle;
    this.operations.push(
      createOperation(
        lines.set,
        {
          [lines.key]: id,
          [`${lines.parent}@odata.bind`]: `/${set}(${this.plan.id})`,
          ...row,
        },
        { primaryId: lines.key },
      ),
    );
  }
}

/** Known of a line that was named by nothing that was sent, and is there: a person has kept it. */
const KEPT: Sent = { confirmed: {}, all: [{}] };

/** Columns that a line keeps for life: with another product, or a product in place of a write-in, it is another line. */
const LINE_IDENTITY = [PRODUCT, 'isproductoverridden'];

const CURRENCY = 'transactioncurrencyid@odata.bind';

/** It is held: sent again it is refused again, and only a person can say what is to become of the source's changes. */
export function closed(kind: SalesDocument, plan: SalesPlan, state: number): ServiceError {
  const name = stateName(kind, state);
  return new ServiceError(
    `${titleOf(kind, plan)} is ${name} in Dynamics 365 and can no longer be changed`,
    { class: 'held', code: 'CLOSED', fix: kind.words.closedFix },
  );
}

function requireEditable(
  kind: SalesDocument,
  plan: SalesPlan,
  { header }: SalesRows,
  stored: Row,
): void {
  const { editable, words } = kind;
  const name = titleOf(kind, plan);
  const state = Number(stored['statecode'] ?? editable[0]);
  if (!editable.includes(state)) throw closed(kind, plan, state);
  if (CURRENCY in header && CURRENCY in changedColumns(pick(header, CURRENCY), stored)) {
    throw new ServiceError(
      `${name} has another currency in Dynamics 365, and the currency of ${words.aShort} cannot be changed`,
      {
        class: 'conflict',
        fix: `Correct transactioncurrency, or cancel the ${words.short} in Dynamics 365 and send it under a new key.`,
      },
    );
  }
}

/**
 * What brings the source's changes into the stored document, and leaves what only a person has changed there (see
 * `threeWay.ts`). Where nothing is known of what was sent, the stored document becomes equal to the given one: lines
 * that it does not name are removed, unless it says nothing about lines at all.
 *
 * @throws `held` where a person is to decide, or the document is closed
 */
export function salesChanges(
  kind: SalesDocument,
  plan: SalesPlan,
  rows: SalesRows,
  stored: Row,
  known: Known = SOURCE_WINS,
): SalesChanges {
  const changes = new Changes(kind, plan, stored, known);
  changes.header(rows.header, stored);
  if (rows.lines) changes.lines(rows.lines, storedLines(kind, stored));
  const { held } = changes.merge;
  // Neither a decision nor another product helps a document that takes no changes.
  if (changes.operations.length > 0 || held.length > 0) requireEditable(kind, plan, rows, stored);
  if (held.length > 0) throw undecided(titleOf(kind, plan), held);
  if (changes.obstacle) throw changes.obstacle;
  const { operations, merge, movesTotal } = changes;
  return { operations, merge, movesTotal };
}
