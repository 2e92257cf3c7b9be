import { decimalText, type DecimalSeparator, NUMBER_REPAIR } from './number';
import { Unreadable } from './unreadable';

/**
 * What decimal arithmetic takes an amount from: the number itself, or the exact digits of its text, of which none is
 * lost before the amount is rounded to its currency. Signs of currencies and accountants' brackets are refused.
 *
 * @throws Unreadable where it is no amount, or empty, or one beyond 2^53, of which no cent is sure
 */
export function readAmount(value: unknown, separator?: DecimalSeparator): number | string {
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  const text = typeof value === 'string' ? decimalText(value, separator) : undefined;
  if (text !== undefined) return text;
  throw new Unreadable('a number', value, NUMBER_REPAIR);
}
