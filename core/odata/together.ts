import { ServiceError } from '../errors';
import type { BatchAnswer, ODataClient, SingleOperation } from './types';

/** What became of operations that were carried out all or none. */
export type Together =
  | { ok: true; answers: BatchAnswer[] }
  /** `place`, from 0: of the one that failed, where the service tells. */
  | { ok: false; error: ServiceError; place?: number };

/** Sends operations as one change set: where one of them fails, none is carried out. */
export async function sendTogether(
  client: ODataClient,
  operations: SingleOperation[],
): Promise<Together> {
  if (operations.length === 0) return { ok: true, answers: [] };
  const [outcome] = await client.batch([{ changeSet: operations }]);
  const answers = outcome?.members?.flatMap((member) => (member.ok ? [member.value] : []));
  if (outcome?.ok && answers?.length === operations.length) return { ok: true, answers };
  if (outcome?.ok === false) {
    return { ok: false, error: outcome.error, place: outcome.failedMember };
  }
  const error = new ServiceError('The service did not answer for each member of a change set.', {
    class: 'transient',
    fix: 'Look whether the rows are there before they are sent again.',
  });
  return { ok: false, error };
}

/**
 * For what is well itself.
 *
 * @param name of the one that failed, such as `item 3`
 */
export function notCarriedOut(error: ServiceError, name: string): ServiceError {
  return new ServiceError(`Nothing was written, because ${name} failed: ${error.message}`, {
    ...error.toDetails(),
    fix: `Correct ${name}, or leave it out, and send all of them again.`,
    cause: error,
  });
}
