import { groupBy, uniq } from 'lodash';

import { ServiceError } from '../../errors';
import { redact } from '../../http/redact';
import type { Outcome } from '../../outcome';
import { inHalves } from '../kit/halves';
import type { Clarity, Command } from './client';
import { readPath, writePath } from './profile/paths';
import type { FieldMap, Profile } from './profile/schema';

type BulkProfile = Omit<NonNullable<Profile['stock']>, 'bulk' | 'most'>;

/** One of many that are written together. */
export interface BulkRow {
  /** As the service takes it. */
  body: object;
  /** What it is known by in an answer, by the pack's names; any of them is enough. */
  is: Readonly<Record<string, string>>;
  /** What an answer may say beside it, and then has to be the same. */
  within?: Readonly<Record<string, string>>;
  /** As messages call it: `stock level of TS-M in MAIN`. */
  words: string;
}

export interface BulkWrite {
  profile: BulkProfile;
  command: Command;
  /** The names of the service, in which an answer tells of rows. */
  fields: FieldMap | null | undefined;
  /** The field that says that a thing has succeeded, where the service has one. */
  success: Profile['success'];
}

/**
 * Writes many rows in one request, or in halves of it. Where the answer tells of a row, that is its outcome; of others the
 * profile says whether silence means that they were written.
 */
export async function writeMany(
  client: Clarity,
  how: BulkWrite,
  rows: BulkRow[],
): Promise<Array<Outcome<unknown>>> {
  return await inHalves(rows, async (some) =>
    outcomesIn(how, await client.command(how.command, bodyOf(how.profile, some), true), some),
  );
}

function bodyOf({ rows: at }: BulkProfile, rows: readonly BulkRow[]): object {
  const bodies = rows.map(({ body }) => body);
  if (!at) return bodies;
  const body = {};
  writePath(body, at, bodies);
  return body;
}

function outcomesIn(
  how: BulkWrite,
  answer: unknown,
  rows: readonly BulkRow[],
): Array<Outcome<unknown>> {
  const { results, tells } = how.profile;
  const list = Array.isArray(answer) ? (answer as unknown[]) : readPath(answer, results);
  const told = Array.isArray(list) ? (list as unknown[]) : [];
  const entriesOf = matcher(how, told, rows);
  const ofRows = rows.map(entriesOf);
  /** Of an answer that names no more than what several rows have in common, each of these may be meant. */
  const meant = new Map<unknown, BulkRow[]>();
  rows.forEach((row, index) => {
    for (const entry of ofRows[index] ?? []) meant.set(entry, [...(meant.get(entry) ?? []), row]);
  });
  const wordsOf = (entry: unknown): string =>
    (meant.get(entry) ?? []).map(({ words }) => words).join(' or the ');
  // Whose failure it is that names none of the rows, nobody knows.
  const isClear = told.every((entry) => meant.has(entry) || !failureIn(how, entry, ''));
  return rows.map((row, index): Outcome<unknown> => {
    const entries = ofRows[index] ?? [];
    const [error] = entries.flatMap((entry) => failureIn(how, entry, wordsOf(entry)) ?? []);
    if (error) return { ok: false, error };
    const isNamed = entries.some((entry) => isClear || meant.get(entry)?.length === 1);
    const isKnown = isNamed || (tells === 'failures' && isClear);
    return isKnown ? { ok: true, value: entries[0] ?? answer } : unanswered(row.words);
  });
}

/**
 * What of an answer is of a row: by what it names; by its place where it tells of each, and either names none or shows by names
 * that each fit one row that they are in the order of the rows. What names only what several rows have in common shows no order.
 */
function matcher({ fields }: BulkWrite, told: unknown[], rows: readonly BulkRow[]) {
  const named = (entry: unknown, name: string): string | undefined => {
    const value = readPath(entry, pathOf(fields, name));
    return typeof value === 'string' || typeof value === 'number'
      ? String(value).trim()
      : undefined;
  };
  const names = uniq(rows.flatMap(({ is }) => Object.keys(is)));
  const byName = groupBy(
    told
      .flatMap((entry) => names.map((name) => ({ entry, name, value: named(entry, name) })))
      .filter(({ value }) => value !== undefined),
    ({ name, value }) => `${name} ${value}`,
  );
  const differs = (entry: unknown, given: BulkRow['is']): boolean =>
    Object.entries(given).some(([name, value]) => (named(entry, name) ?? value) !== value);
  const fits = (entry: unknown, { is, within = {} }: BulkRow): boolean =>
    !differs(entry, is) && !differs(entry, within);
  const everyName = uniq(rows.flatMap(({ is, within }) => Object.keys({ ...is, ...within })));
  const isClear = (entry: unknown): boolean =>
    everyName.every((name) => named(entry, name) === undefined) ||
    rows.filter((row) => fits(entry, row)).length === 1;
  const isInOrder =
    told.length === rows.length &&
    rows.every((row, place) => fits(told[place], row)) &&
    told.every(isClear);
  if (isInOrder) return (_row: BulkRow, index: number): unknown[] => [told[index]];
  return (row: BulkRow): unknown[] => {
    const some = Object.entries(row.is).flatMap(
      ([name, value]) => byName[`${name} ${value}`] ?? [],
    );
    return uniq(some.map(({ entry }) => entry)).filter((entry) => fits(entry, row));
  };
}

/** Names that the profile does not have are those of the service itself. */
function pathOf(fields: FieldMap | null | undefined, name: string): string {
  const field = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof field === 'string' ? field : name;
}

function failureIn(
  { profile: { reasonAt }, success }: BulkWrite,
  entry: unknown,
  words: string,
): ServiceError | undefined {
  const status = Number(readPath(entry, 'status'));
  const said = (reasonAt ?? []).map((path) => readPath(entry, path));
  const reason = said.find((text): text is string => typeof text === 'string');
  const succeeded = success ? readPath(entry, success.at) : undefined;
  const isFailure =
    succeeded !== undefined
      ? succeeded !== success?.is
      : Number.isFinite(status)
        ? status >= 400
        : reason !== undefined;
  if (!isFailure) return undefined;
  return new ServiceError(
    `Clarity did not write the ${words}${reason ? `: ${redact(reason).slice(0, 300)}` : ''}`,
    {
      class: status === 404 ? 'not-found' : 'validation',
      ...(Number.isFinite(status) && { status }),
      fix: 'Correct what the message names, and run this step again.',
    },
  );
}

function unanswered(words: string): Outcome<never> {
  const error = new ServiceError(`The store did not say whether it wrote the ${words}`, {
    class: 'unknown',
    fix: 'Run this step again: what was written is then found unchanged.',
  });
  return { ok: false, error };
}
