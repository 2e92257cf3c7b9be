import { isNobodysEmail } from '../../../commerce/nobody';
import { listIn, type InQuery } from '../../../odata/listIn';
import type { Row } from '../../../odata/types';
import type { Dataverse } from '../types';
import { fold, keysOf, type MatchRule, type Party, type Wanted } from './decide';
import type { PartyTable } from './party';

/** A row that was found, with what a person may have set in it. */
export interface FoundParty extends Party {
  /** Id behind the lookup that a person may have set. */
  kept?: string;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The address of a row as it is compared; undefined where it reaches nobody. */
export function emailOf({ email }: PartyTable, row: Row): string | undefined {
  const text = textOf(row[email]);
  return text === undefined || isNobodysEmail(text) ? undefined : fold(text);
}

/** The name of a row as it is compared; undefined where the address stands in for it. */
export function nameOf({ name, email }: PartyTable, row: Row): string | undefined {
  const parts = name.flatMap((column) => textOf(row[column]) ?? []);
  const folded = fold(parts.join(' '));
  return folded === '' || folded === fold(String(row[email] ?? '')) ? undefined : folded;
}

/** Active rows of contact and account; 1 is inactive. */
const ACTIVE = 0;

function partyOf(table: PartyTable, row: Row): FoundParty {
  const kept = table.kept && textOf(row[table.kept.column]);
  return {
    id: String(row[table.key]).toLowerCase(),
    email: emailOf(table, row),
    name: nameOf(table, row),
    createdOn: textOf(row['createdon']),
    active: row['statecode'] === undefined || row['statecode'] === ACTIVE,
    ...(kept && { kept: kept.toLowerCase() }),
  };
}

interface Question {
  keys: string[];
  emails: string[];
}

async function ask(
  client: Dataverse,
  table: PartyTable,
  { keys, emails }: Question,
): Promise<FoundParty[]> {
  const { set, key, email, name, kept } = table;
  const select = [key, email, ...name, 'createdon', 'statecode', ...(kept ? [kept.column] : [])];
  const queries: InQuery[] = [
    { set, column: key, values: keys, select },
    { set, column: email, values: emails, select },
  ].filter(({ values }) => values.length > 0);
  const lists = await listIn(client, queries);
  return lists.flat().map((row) => partyOf(table, row));
}

const byId = (parties: FoundParty[]): Map<string, FoundParty> =>
  new Map(parties.map((party) => [party.id, party]));

/**
 * All rows that customers may be, by their keys and by their e-mail addresses, in one batched request. Whoever was taken
 * for a row before is asked for by that row alone, and once more by his address where it is no choice any more.
 * Dataverse compares text without case (Dataverse docs: query/filter-rows) and may find more than was asked for; what
 * decides compares again.
 */
export async function findParties(
  client: Dataverse,
  table: PartyTable,
  wanted: Wanted[],
  match: MatchRule,
): Promise<Map<string, FoundParty>> {
  const emailsOf = (some: Wanted[]): string[] =>
    match === 'new' ? [] : some.flatMap(({ email }) => email ?? []);
  const keys = wanted.flatMap((one) => [
    ...keysOf(one, match),
    ...(one.chosen ? [one.chosen] : []),
  ]);
  const unknown = wanted.filter(({ chosen }) => chosen === undefined);
  const first = await ask(client, table, { keys, emails: emailsOf(unknown) });
  const found = byId(first);
  const isLost = ({ chosen }: Wanted) => chosen !== undefined && !found.get(chosen)?.active;
  const emails = emailsOf(wanted.filter(isLost));
  if (emails.length === 0) return found;
  return byId([...first, ...(await ask(client, table, { keys: [], emails }))]);
}
