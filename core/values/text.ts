import { Unreadable } from './unreadable';

/**
 * Text as it is, or what a number, true or false says in one plain way. A number with an exponent, or one beyond 2^53
 * whose last digits are not its own, has none; neither has a list or an object.
 */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'number' || !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return undefined;
  const text = String(value);
  return text.includes('e') ? undefined : text;
}

/** @throws Unreadable where it is nothing that is plainly text */
export function readText(value: unknown): string {
  const text = textIn(value);
  if (text !== undefined) return text;
  throw new Unreadable('text', value);
}
