/** What a failure leaves open: whether the service has done what it was asked. */
import { type ErrorClass, ServiceError } from '../errors';
import { wasNeverSent } from './retry';

/** No answer came, or none that says what became of the request. */
const SAYS_NOTHING: ReadonlySet<ErrorClass> = new Set(['transient', 'unknown']);

/** Whether a request may have been carried out although it failed. */
export const isInDoubt = (error: ServiceError): boolean =>
  SAYS_NOTHING.has(error.class) && !wasNeverSent(error);

/** A failure that no ledger takes up by itself, because what is sent again might be done twice: a person is asked. */
export function heldInDoubt(message: string, fix: string, cause: ServiceError): ServiceError {
  return new ServiceError(message, {
    class: 'held',
    // A code says that a person is asked, and does not only wait.
    code: 'IN_DOUBT',
    status: cause.status,
    requestId: cause.requestId,
    fix,
    cause,
  });
}
