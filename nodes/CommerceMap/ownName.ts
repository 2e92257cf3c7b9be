import { MAP_NODE } from '../../core/documents';
import { ServiceError, toServiceError } from '../../core/errors';
import { MappingError } from '../../core/mapping';
import type { Outcome } from '../../core/outcome';

/** Core knows no nodes, and calls the one that has the rows by its usual name. */
const USUAL = `of ${MAP_NODE}`;

/** A repair sends people to the node by the name that it has in their workflow. */
export function withOwnName<T>(outcome: Outcome<T>, name: string): Outcome<T> {
  if (outcome.ok || name === MAP_NODE) return outcome;
  const error = toServiceError(outcome.error);
  if (!error.fix?.includes(USUAL)) return outcome;
  const fix = error.fix.replaceAll(USUAL, () => `of "${name}"`);
  const details = { ...error.toDetails(), fix, cause: error };
  return {
    ok: false,
    error:
      error instanceof MappingError
        ? new MappingError(error.message, details, error.problems)
        : new ServiceError(error.message, details),
  };
}
