import { escapeRegExp } from 'lodash';

/**
 * The same value with one key in the place of another, wherever it stands: alone, or in a binding such as
 * `/accounts(<key>)`, in capital letters or small ones. What does not hold the key is handed on as it is, and nothing is
 * changed in place.
 */
export function replaceKey(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') {
    return value.length < from.length
      ? value
      : value.replaceAll(new RegExp(escapeRegExp(from), 'gi'), to);
  }
  if (Array.isArray(value)) return value.map((part) => replaceKey(part, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, replaceKey(part, from, to)]),
  );
}
