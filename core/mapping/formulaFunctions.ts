import type { Expression } from 'jsonata';

import { isBlank, isNoDate, readFlag, readMoment, readNumber } from '../values';

/** Lists and objects are true where there is anything in them, as JSONata has it; all else is read as yes or no. */
function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return isBlank(value) ? undefined : readFlag(value);
}

function toNumber(value: unknown): number | undefined {
  return isBlank(value) ? undefined : readNumber(value);
}

/**
 * Puts the readers that rows use in the place of JSONata's functions that make a type of another, so that a formula
 * reads a value as a row does: `$number`, `$boolean` and `$toMillis`. Nothing is made of nothing. With a picture
 * `$toMillis` is JSONata's own; without one a date that names no zone is in UTC, not in the zone of the machine.
 *
 * @param parse JSONata itself
 */
export function withReaders(parse: (text: string) => Expression, expression: Expression): void {
  const byPicture = parse('$toMillis($value, $picture)');
  const toMillis = (value: unknown, picture?: string): unknown => {
    if (isNoDate(value)) return undefined;
    return picture === undefined
      ? readMoment(value, { zone: 'UTC' })
      : byPicture.evaluate({}, { value, picture });
  };
  expression.registerFunction('number', toNumber, '<x-:x>');
  expression.registerFunction('boolean', toBoolean, '<x-:x>');
  expression.registerFunction('toMillis', toMillis, '<x-s?:x>');
}
