import { validationError } from '../../../../core/errors';
import type { ParameterReader } from '../../../shared/parameters';

/** Open: merchants add statuses of their own, of one to four characters. */
export function statusCode(read: ParameterReader, name: string, index: number): string {
  const code = String(read<unknown>(name, index) ?? '').trim();
  if (/^\S{1,4}$/.test(code)) return code;
  throw validationError(
    `The status code "${code.slice(0, 20)}" has not one to four characters`,
    'Choose a status from the list, or give its code, such as P.',
  );
}
