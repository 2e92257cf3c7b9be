import { ServiceError } from '../errors';
import { settle } from '../outcome';
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

/** A change set whose answer was lost, and that was not carried out, is sent as often as this. */
const ATTEMPTS = 2;

/**
 * The same for operations that a service refuses the second time, such as creates and deletes: they are not repeated
 * before it is known that they were not carried out.
 *
 * @param look Gives what the service would have answered, where all were carried out since the given time (milliseconds
 * since 1970); undefined: none was. Rejects where that cannot be known.
 */
export async function sendTogetherOnce(
  client: ODataClient,
  operations: SingleOperation[],
  look: (since: number) => Promise<BatchAnswer[] | undefined>,
): Promise<Together> {
  const once = operations.map((operation) => ({ ...operation, repeatable: false }));
  const since = Date.now();
  let isDoubtful = false;
  for (let attempt = 1; ; attempt += 1) {
    const sent = await sendTogether(client, once);
    if (sent.ok) return sent;
    // After a first attempt that may have been late, a refusal may be that of the second one alone.
    isDoubtful ||= sent.error.class === 'transient';
    if (!isDoubtful) return sent;
    const found = await settle(() => look(since));
    if (found.ok && found.value) return { ok: true, answers: found.value };
    if (!found.ok || attempt >= ATTEMPTS) return sent;
  }
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
