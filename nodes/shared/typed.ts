import { startCase } from 'lodash';

import { validationError } from '../../core/errors';
import { flagIn, integerIn, isBlank, Unreadable } from '../../core/values';
import type { ParameterReader } from './parameters';

/**
 * Numbers and switches of a panel. n8n hands over what an expression comes to, whatever the type of its field: "false" is
 * a text, which JavaScript takes for yes, and an empty limit would be none.
 */

function refused(name: string, wanted: string, value: unknown): Error {
  const { found } = new Unreadable(wanted, value);
  return validationError(
    `${startCase(name)} takes ${wanted}, not ${found}`,
    'Correct the expression of this field, or set a fixed value.',
  );
}

export function flagOf(name: string, value: unknown): boolean {
  const flag = flagIn(value);
  if (flag !== undefined) return flag;
  throw refused(name, 'yes or no', value);
}

export function countOf(name: string, value: unknown, least = 1): number {
  const count = integerIn(value);
  if (count !== undefined && count >= least) return count;
  throw refused(name, `a whole number from ${least} on`, value);
}

/** As many rows as *Return All* and *Limit* ask for. */
export function readLimit(read: ParameterReader, index: number): number {
  if (flagOf('returnAll', read<unknown>('returnAll', index))) return Infinity;
  return countOf('limit', read<unknown>('limit', index));
}

/** The same where it holds for the whole run. */
export function readLimitForAll(read: ParameterReader): number {
  if (flagOf('returnAll', read.forAll('returnAll'))) return Infinity;
  return countOf('limit', read.forAll('limit'));
}

/** Options as their types say. Those without a value are left out, so that what is usual follows. */
export function typedOptions<Options extends object>(
  given: Options,
  types: Partial<Record<keyof Options & string, 'flag' | 'count'>>,
): Options {
  const entries = Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    const type = types[name as keyof Options & string];
    if (type === undefined) return [[name, value]];
    if (isBlank(value)) return [];
    return [[name, type === 'flag' ? flagOf(name, value) : countOf(name, value)]];
  });
  return Object.fromEntries(entries) as Options;
}
