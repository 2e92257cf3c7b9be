import { type DecimalSeparator, numberIn } from './number';
import { Unreadable } from './unreadable';

/** A whole number that JavaScript holds exactly, or its text; `7.0` is one, `7.5` is not rounded. */
export function integerIn(value: unknown, separator?: DecimalSeparator): number | undefined {
  const number = numberIn(value, separator);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** @throws Unreadable where it is no whole number, or empty */
export function readInteger(value: unknown, separator?: DecimalSeparator): number {
  const number = integerIn(value, separator);
  if (number !== undefined) return number;
  throw new Unreadable('a whole number', value);
}
