import { chunk } from 'lodash';

import { ServiceError } from '../../errors';
import { redact } from '../../http/redact';
import { type Outcome, settle } from '../../outcome';
import type { Clarity, Command } from './client';
import { readPath, writePath } from './profile/paths';
import type { Profile } from './profile/schema';

type BulkProfile = Pick<NonNullable<Profile['stock']>, 'rows' | 'results' | 'reasonAt'>;

/** Failures that lie in what was written, and may be those of one row alone. */
const OF_ONE_ROW: ReadonlySet<string> = new Set([
  'validation',
  'not-found',
  'conflict',
  'duplicate',
]);

/**
 * Writes many rows in one request. Where the answer tells of each, each has its own outcome. Where the service refuses all
 * of them for the sake of one, they are sent again in halves, until it is known which one that is: what is written is
 * absolute, so that a second time does no harm.
 */
export async function writeMany(
  client: Clarity,
  profile: BulkProfile,
  command: Command,
  rows: object[],
): Promise<Array<Outcome<unknown>>> {
  const answer = await settle(
    async () => await client.command(command, bodyOf(profile, rows), true),
  );
  if (answer.ok) return outcomesIn(profile, answer.value, rows.length);
  if (rows.length === 1 || !OF_ONE_ROW.has(answer.error.class)) return rows.map(() => answer);
  const halves: Array<Outcome<unknown>> = [];
  for (const half of chunk(rows, Math.ceil(rows.length / 2))) {
    halves.push(...(await writeMany(client, profile, command, half)));
  }
  return halves;
}

function bodyOf({ rows: at }: BulkProfile, rows: object[]): object {
  if (!at) return rows;
  const body = {};
  writePath(body, at, rows);
  return body;
}

function outcomesIn(
  { results, reasonAt }: BulkProfile,
  answer: unknown,
  count: number,
): Array<Outcome<unknown>> {
  const told = Array.isArray(answer) ? (answer as unknown[]) : readPath(answer, results);
  const isOfEach = Array.isArray(told) && told.length === count;
  return Array.from({ length: count }, (_, index): Outcome<unknown> => {
    if (!isOfEach) return { ok: true, value: answer };
    const entry: unknown = told[index];
    const error = failureIn(entry, reasonAt ?? []);
    return error ? { ok: false, error } : { ok: true, value: entry };
  });
}

function failureIn(entry: unknown, reasonAt: readonly string[]): ServiceError | undefined {
  const status = Number(readPath(entry, 'status'));
  const said = reasonAt.map((path) => readPath(entry, path));
  const reason = said.find((text): text is string => typeof text === 'string');
  const isFailure = Number.isFinite(status) ? status >= 400 : reason !== undefined;
  if (!isFailure) return undefined;
  return new ServiceError(
    `Clarity did not write this stock level${reason ? `: ${redact(reason).slice(0, 300)}` : ''}`,
    {
      class: status === 404 ? 'not-found' : 'validation',
      ...(Number.isFinite(status) && { status }),
      fix: 'Correct what the message names, and run this step again.',
    },
  );
}
