import { toServiceError } from '../../core/errors';

/**
 * What went wrong at sign-in, with what to repair, and without a code: where an error has one, the credential dialog
 * shows only that.
 */
export function readable(error: unknown): Error {
  const { message, fix = '' } = toServiceError(error);
  return new Error(`${message} ${fix}`.trim(), { cause: error });
}
