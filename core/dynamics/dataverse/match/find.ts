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

function queries(table: PartyTable, wanted: Wanted[], match: MatchRule): InQuery[] {
  const { set, key, email, name, kept } = table;
  const select = [key, email, ...name, 'createdon', 'statecode', ...(kept ? [kept.column] : [])];
  const keys = wanted.flatMap((one) => keysOf(one, match));
  const emails = match === 'new' ? [] : wanted.flatMap((one) => one.email ?? []);
  return [
    { set, column: key, values: keys, select },
    { set, column: email, values: emails, select },
  ].filter(({ values }) => values.length > 0);
}

/**
 * All rows that customers may be, by their keys and by their e-mail addresses, in one batched request. Dataverse
 * compares text without case (Dataverse docs: query/filter-rows) and may find more than was asked for; what decides
 * compares again.
 */
export async function findParties(
  client: Dataverse,
  table: PartyTable,
  wanted: Wanted[],
  match: MatchRule,
): Promise<Map<string, FoundParty>> {
  const lists = await listIn(client, queries(table, wanted, match));
  const parties = lists.flat().map((row) => partyOf(table, row));
  return new Map(parties.map((party) => [party.id, party]));
}
