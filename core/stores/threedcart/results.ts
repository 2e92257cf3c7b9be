import { ServiceError } from '../../errors';
import type { Outcome } from '../../outcome';
import { failureOf, type FailureWords } from '../kit/failure';
import { refusalOf, resultsIn } from './api';
import type { WriteResult } from './wire';

/** What was written, for the message of a failure. */
type Asked = Parameters<typeof failureOf>[3];

/** Whether a record was written is not known: 3dcart said nothing of it, or something that may be of another one. */
export function unanswered(
  { method, path }: Asked,
  refused: readonly WriteResult[] = [],
): ServiceError {
  const reasons = [...new Set(refused.map(({ Message: reason }) => reason?.trim() ?? ''))];
  const said = reasons.filter((reason) => reason !== '').map((reason) => `"${reason}"`);
  const among =
    said.length > 0 ? `; of the records written with it, it refused some: ${said.join(', ')}` : '';
  return new ServiceError(
    `3dcart did not say whether ${method} ${path} wrote this record${among}`,
    {
      class: 'unknown',
      fix: 'Run this step again for this record alone: what was written is then written once more, and is the same.',
    },
  );
}

/**
 * Whether an answer tells what became of each of the records. One that names refusals alone, and fewer than there are
 * records, has refused all of them together, whatever its status.
 */
export function tellsOfEach(answer: unknown, records: number): boolean {
  const results = resultsIn(answer);
  if (results === undefined) return false;
  return results.length === records || results.some((result) => !refusalOf(result));
}

/** The id that a result names. A refusal names none, and what 3dcart writes for nothing may be a 0. */
function idIn(result: WriteResult): string {
  const value = result.Value?.trim() ?? '';
  return value === '0' && refusalOf(result) ? '' : value;
}

/** The results that name a record, by its id, in their order; and those that name none of the records. */
function byId(results: readonly WriteResult[], ids: readonly string[]) {
  const known = new Set(ids.filter((id) => id !== ''));
  const named = new Map<string, WriteResult[]>();
  const unnamed: Array<{ result: WriteResult; at: number }> = [];
  for (const [at, result] of results.entries()) {
    const id = idIn(result);
    if (!known.has(id)) unnamed.push({ result, at });
    else named.set(id, [...(named.get(id) ?? []), result]);
  }
  return { named, unnamed };
}

/**
 * What became of each record that was written together with others. A result names the record by its id, and a refusal
 * names none (recorded answers): what is named is told by its name, in whichever order. The others are told only where that
 * leaves no choice:
 *
 * - as many refusals as records are left: all of them were refused. Which for which reason says the order of the results,
 *   as long as those that are named keep that of the records;
 * - as many results as records are left, and all of them successes: all were written.
 *
 * Whatever else is left is in doubt, because nobody may take a record for written, or for refused, that was not.
 *
 * @param ids of the records, in the order in which they were sent; 0 is one
 */
export function outcomesOf(
  results: readonly WriteResult[],
  ids: readonly string[],
  asked: Asked,
  words: FailureWords,
): Array<Outcome<WriteResult>> {
  const judge = (result: WriteResult): Outcome<WriteResult> => {
    const refusal = refusalOf(result);
    if (!refusal) return { ok: true, value: result };
    return { ok: false, error: failureOf(words, refusal, {}, asked) };
  };
  const { named, unnamed } = byId(results, ids);
  const outcomes = ids.map((id) => {
    const result = named.get(id)?.shift();
    return result && judge(result);
  });
  const left = [...outcomes.keys()].filter((index) => outcomes[index] === undefined);
  const refused = unnamed.filter(({ result }) => refusalOf(result));
  const isAll = unnamed.length === left.length;
  const isOneKind = refused.length === 0 || refused.length === unnamed.length;
  const isInOrder = unnamed.every(({ at }, index) => at === left[index]);
  const [first] = refused;
  const isOneReason = refused.every(
    ({ result }) =>
      result.Status === first?.result.Status && result.Message === first?.result.Message,
  );
  if (isAll && isOneKind && (isInOrder || isOneReason)) {
    left.forEach((index, place) => {
      const result = unnamed[place]?.result;
      outcomes[index] = result && judge(result);
    });
  }
  const inDoubt = unanswered(
    asked,
    refused.map(({ result }) => result),
  );
  return outcomes.map((outcome) => outcome ?? { ok: false, error: inDoubt });
}
