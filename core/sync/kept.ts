import { createHash } from 'node:crypto';

/** Longer texts are known by their digest: to see a change of them is enough, and a description may have pages. */
export const LONGEST_KEPT_TEXT = 256;

/** In the place of a long text. `#` is the SHA-256 of its UTF-8 in base64url, `n` its length in UTF-16 units. */
export interface TextDigest {
  '#': string;
  n: number;
}

/** Whether a kept value stands for a long text. */
export function isTextDigest(kept: unknown): kept is TextDigest {
  return isObject(kept) && typeof kept['#'] === 'string' && typeof kept.n === 'number';
}

function digestOf(text: string): TextDigest {
  return { '#': createHash('sha256').update(text).digest('base64url'), n: text.length };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What JSON makes of a value that says itself what it is in JSON, such as a date. */
function asJson(value: unknown): unknown {
  if (!isObject(value) || typeof value.toJSON !== 'function') return value;
  return (value.toJSON as () => unknown)();
}

/** Also what an assignment would take for something else than a member. */
function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}

function keptValue(given: unknown): unknown {
  if (typeof given === 'string') return given.length > LONGEST_KEPT_TEXT ? digestOf(given) : given;
  const value = asJson(given);
  if (typeof value === 'string') return keptValue(value);
  if (Array.isArray(value)) return value.map(keptValue);
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) setMember(kept, name, keptValue(value[name]));
  return kept;
}

/**
 * The form in which a document is remembered: as it is, but for long texts, which become digests. Its members are
 * sorted, so that as JSON the same content has one spelling.
 */
export function keptForm(document: object): object {
  return keptValue(document) as object;
}

function sameText(kept: unknown, text: string): boolean {
  if (typeof kept === 'string') return kept === text;
  if (!isObject(kept) || text.length <= LONGEST_KEPT_TEXT || kept.n !== text.length) return false;
  return kept['#'] === digestOf(text)['#'];
}

const isThere = (value: unknown): boolean => value !== undefined;

const memberOf = (object: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

function sameMembers(kept: Record<string, unknown>, value: Record<string, unknown>): boolean {
  const names = new Set([...Object.keys(kept), ...Object.keys(value)]);
  return [...names].every((name) => sameAsKept(memberOf(kept, name), memberOf(value, name)));
}

/**
 * Whether a value is the one that was remembered. `kept` is any part of a document in its kept form, `value` what
 * stands in the same place now, as it is. A member that is `undefined` is one that is not there, as in JSON; null is a
 * value. 1.0 is 1, "1" is not, and the order of members means nothing.
 */
export function sameAsKept(kept: unknown, given: unknown): boolean {
  const value = asJson(given);
  if (!isThere(kept) || !isThere(value)) return isThere(kept) === isThere(value);
  if (typeof value === 'string') return sameText(kept, value);
  if (Array.isArray(value)) {
    if (!Array.isArray(kept) || kept.length !== value.length) return false;
    return value.every((part, index) => sameAsKept(kept[index], part));
  }
  if (isObject(value)) return isObject(kept) && sameMembers(kept, value);
  return kept === value;
}
