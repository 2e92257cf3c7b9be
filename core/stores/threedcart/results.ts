import { ServiceError } from '../../errors';
import type { Outcome } from '../../outcome';
import { failureOf } from '../kit/failure';
import { FAILURE_WORDS, refusalOf } from './api';
import type { WriteResult } from './wire';

/** What was written, for the message of a failure. */
type Asked = Parameters<typeof failureOf>[3];

function unanswered({ method, path }: Asked): ServiceError {
  return new ServiceError(`3dcart did not say whether ${method} ${path} wrote this record`, {
    class: 'unknown',
    fix: 'Run this step again: what was written is then written once more, and is the same.',
  });
}

/** What was written is named by its id; a result that names another of the records stands out of order. */
function namesAnother({ Value: value }: WriteResult, ids: readonly string[], at: number): boolean {
  const named = value?.trim() ?? '';
  return named !== ids[at] && ids.includes(named);
}

/**
 * What became of each record that was written together with others. 3dcart tells in the order in which they were sent;
 * where it tells of fewer, those count as written that it names by their id, and a refusal is that of all others.
 *
 * @param ids of the records, in the order in which they were sent
 */
export function outcomesOf(
  results: readonly WriteResult[],
  ids: readonly string[],
  asked: Asked,
): Array<Outcome<WriteResult>> {
  const judge = (result: WriteResult): Outcome<WriteResult> => {
    const refusal = refusalOf(result);
    if (!refusal) return { ok: true, value: result };
    return { ok: false, error: failureOf(FAILURE_WORDS, refusal, {}, asked) };
  };
  const isInOrder = results.every(
    (result, at) => refusalOf(result) !== undefined || !namesAnother(result, ids, at),
  );
  if (results.length === ids.length && isInOrder) return results.map(judge);
  const named = new Map(results.map((result) => [result.Value?.trim() ?? '', result]));
  const refused = results.find((result) => refusalOf(result));
  return ids.map((id) => {
    const result = named.get(id) ?? refused;
    return result ? judge(result) : { ok: false, error: unanswered(asked) };
  });
}
