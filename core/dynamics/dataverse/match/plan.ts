import { omit } from 'lodash';

import { ServiceError } from '../../../errors';
import type { Note } from '../../../notes';
import type { Row } from '../../../odata/types';
import type { Decision } from '../../../sync/threeWay';
import type { ChangeOptions } from '../rows/writeChanges';
import type { ChoiceMemory } from './choices';
import type { MatchDecision, MatchRules } from './decide';
import { type FoundParty, nameOf } from './find';
import type { PartyTable } from './party';

/** The options of rows that are written, in the places of the customers that were handed in. */
export interface MatchOptions
  extends MatchRules, Pick<ChangeOptions, 'headers' | 'memoryOf' | 'conflicts' | 'factsOf'> {
  /** What becomes of a row that the rule has found. */
  whenMatched: 'leave' | 'update';
  /** Which row a customer was taken for. Left out: nothing is known of the customers, and nothing is kept. */
  choices?: ChoiceMemory;
}

/** What became of one customer. */
export interface MatchResult {
  /** The row that the customer is. */
  id: string;
  outcome: 'created' | 'matched' | 'updated' | 'unchanged';
  /** By what the row was found; absent where it was made. `memory`: the customer was taken for it before. */
  matchedBy?: 'key' | 'email' | 'emailAndName' | 'memory';
  /** What was decided where somebody had changed the row in Dynamics 365. */
  decisions?: Decision[];
  /** What was decided or kept, where its reader should know. */
  notes?: Note[];
  /** The key that was made from the shop. */
  shopKey: string;
}

/** What is to be done for one customer. */
export interface Plan extends Pick<MatchResult, 'id' | 'matchedBy'> {
  notes: Note[];
  /**
   * Absent: the row stays as it is, or will be as another customer makes it. An upsert makes it where it is not there;
   * an update is for rows that are somebody else's, and makes none.
   */
  write?: { kind: 'upsert' | 'update'; row: Row };
  /** What it came to where nothing is written. */
  unwritten: 'matched' | 'unchanged';
  /** The row is made in the same run: whoever shares it, shares its failure. */
  isNew: boolean;
}

const COMPARED = { email: 'e-mail address', emailAndName: 'e-mail address and name' } as const;

/** Nothing personal: the item says whose address it is. */
function severalMatch(
  { words }: PartyTable,
  { count, by }: Extract<MatchDecision, { found: 'several' }>,
): ServiceError {
  return new ServiceError(
    `${count} ${words.plural} in Dynamics 365 have the ${COMPARED[by]} of this customer`,
    {
      class: 'held',
      code: 'SEVERAL_MATCH',
      fix: 'Merge them in Dynamics 365, or deactivate those that are not meant; or set When Several Match to Newest or Oldest. Then requeue the record in the Sync Ledger.',
    },
  );
}

/** Whether the shop tells no name, so that the e-mail address stands in for it, of somebody who has one in Dynamics 365. */
function isNameless(table: PartyTable, row: Row, there: FoundParty | undefined): boolean {
  const says = table.name.some((column) => Object.hasOwn(row, column));
  return says && there?.name !== undefined && nameOf(table, row) === undefined;
}

/** The columns to write to a row that is there. */
function columnsFor(
  table: PartyTable,
  row: Row,
  { there, keepsName, isOurs }: { there?: FoundParty; keepsName: boolean; isOurs: boolean },
  { whenMatched }: MatchOptions,
): { row: Row; notes: Note[] } {
  const { key, name, kept, words } = table;
  const left = [key];
  const notes: Note[] = [];
  const nameless = isNameless(table, row, there);
  if (keepsName || nameless) {
    left.push(...name);
    const field = name.at(-1) ?? '';
    const why = nameless ? 'the shop tells no name' : `the ${words.name} has another name`;
    notes.push({ field, message: `kept: ${why}` });
  }
  if (isOurs && kept && there?.kept !== undefined && whenMatched === 'leave')
    left.push(kept.binding);
  return { row: omit(row, left), notes };
}

function several(
  { email, words }: PartyTable,
  among: number | undefined,
  { several: rule }: MatchOptions,
): Note[] {
  if (among === undefined) return [];
  return [{ field: email, message: `${among} ${words.plural} match; the ${rule} was taken` }];
}

function planOfOwn(
  table: PartyTable,
  row: Row,
  decision: Extract<MatchDecision, { found: 'own' }>,
  { there, options }: { there?: FoundParty; options: MatchOptions },
): Plan {
  const { id, active, isNew = false } = decision;
  const matchedBy = isNew ? undefined : ('key' as const);
  if (!active) {
    const message = `the ${table.words.name} is inactive in Dynamics 365, and was left as it is`;
    return { id, matchedBy, isNew, unwritten: 'matched', notes: [{ field: table.key, message }] };
  }
  const columns = columnsFor(table, row, { there, keepsName: false, isOurs: true }, options);
  const plan: Plan = { id, matchedBy, isNew, unwritten: 'unchanged', notes: columns.notes };
  if (Object.keys(columns.row).length === 0) return plan;
  return { ...plan, write: { kind: 'upsert', row: columns.row } };
}

function planOfMatched(
  table: PartyTable,
  row: Row,
  decision: Extract<MatchDecision, { found: 'matched' }>,
  { there, options }: { there?: FoundParty; options: MatchOptions },
): Plan {
  const { id, by, among, keepsName, isNew = false } = decision;
  const notes = several(table, among, options);
  const plan: Plan = { id, matchedBy: by, isNew, unwritten: 'matched', notes };
  if (options.whenMatched === 'leave') return plan;
  const columns = columnsFor(table, row, { there, keepsName, isOurs: false }, options);
  const kind = isNew ? 'upsert' : 'update';
  return { ...plan, write: { kind, row: columns.row }, notes: [...notes, ...columns.notes] };
}

/** What follows from a decision. Throws where a person has to choose. */
export function planOf(
  table: PartyTable,
  row: Row,
  decision: MatchDecision,
  context: { there?: FoundParty; options: MatchOptions },
): Plan {
  switch (decision.found) {
    case 'several':
      throw severalMatch(table, decision);
    case 'own':
      return planOfOwn(table, row, decision, context);
    case 'matched':
      return planOfMatched(table, row, decision, context);
    case 'none': {
      const write = { kind: 'upsert' as const, row: omit(row, table.key) };
      return { id: decision.id, isNew: true, unwritten: 'unchanged', write, notes: [] };
    }
  }
}
