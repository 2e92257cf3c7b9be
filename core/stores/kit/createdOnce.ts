/** Records that a service makes anew with each request for them, made once though an answer was lost. */
import { ServiceError } from '../../errors';
import { heldInDoubt, isInDoubt } from '../../http/doubt';
import { isCancelled } from '../../http/wait';
import { settle } from '../../outcome';

/** One record that is to be made in a service that has no guard of its own against a second one. */
export interface Creation<T> {
  /** What messages call the service, such as `3dcart`. */
  service: string;
  /** What messages call the record, such as `order`. */
  one: string;
  /** Sends the request that makes it. */
  make(): Promise<T>;
  /** Looks for what the request may have made; undefined: it is not there. Left out: there is nothing to look for it by. */
  find?(): Promise<T | undefined>;
}

/** Ends the run as any cancelled request does, and names what may have been made: nobody waits any more for a look into the store. */
function cancelled(error: ServiceError, service: string, one: string): ServiceError {
  return new ServiceError(error.message, {
    ...error.toDetails(),
    fix: `The run was stopped while ${service} was to make this ${one}. Look in the store whether it is there before you start the run again.`,
    cause: error,
  });
}

/**
 * Makes a record. Where the failure leaves open whether it was made, it is looked for once; what is found is the result. Else it
 * is held: a ledger that sent it again might make a second one, and it may also come about only later.
 */
export async function createdOnce<T>({ service, one, make, find }: Creation<T>): Promise<T> {
  const made = await settle(make).catch((error: unknown) => {
    throw error instanceof ServiceError && isCancelled(error)
      ? cancelled(error, service, one)
      : error;
  });
  if (made.ok) return made.value;
  const { error } = made;
  if (!isInDoubt(error)) throw error;
  // Where nobody can look either, the first failure is what there is to say.
  const found = await settle(async () => await find?.());
  if (found.ok && found.value !== undefined) return found.value;
  throw heldInDoubt(
    `${service} did not say whether it made this ${one}: ${error.message}`,
    `Look in the store whether the ${one} is there. If it is not, run this again, by Requeue where the Sync Ledger holds the record; if it is, Discard the record there.`,
    error,
  );
}
