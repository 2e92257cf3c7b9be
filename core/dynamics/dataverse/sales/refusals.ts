import { ServiceError, validationError } from '../../../errors';
import type { SalesDocument } from './salesDocument';
import { stateName } from './stored';

/** A document that is in another state than can lead to the wanted one: a person is to decide. */
export function closedOtherwise(kind: SalesDocument, state: number): ServiceError {
  const { words } = kind;
  return new ServiceError(
    `The ${words.name} is ${stateName(kind, state)} in Dynamics 365 already`,
    { class: 'held', code: 'CLOSED', fix: words.closedFix },
  );
}

/** A document that is in the wanted state. */
export function closedBefore(kind: SalesDocument, state: number): ServiceError {
  const name = stateName(kind, state);
  return new ServiceError(`The ${kind.words.name} is ${name} in Dynamics 365 already`, {
    class: 'conflict',
    code: 'CLOSED',
    fix: `Nothing is left to do: discard the record, or set When Already ${name} to Skip.`,
  });
}

/** A document that is not as far yet, such as a draft that is to be won. */
export function notYet(kind: SalesDocument, state: number, fix: string): ServiceError {
  return validationError(
    `The ${kind.words.name} is still ${stateName(kind, state)} in Dynamics 365`,
    fix,
  );
}
