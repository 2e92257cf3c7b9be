import { z, type ZodTypeAny } from 'zod';

import { flagIn, isBlank, isNoDate, numberIn, textIn } from '../../values';

/**
 * The values of documents that PHP writes. PHP is loose with types: what comes out as a number in one store comes out
 * as text in another, an empty object as `[]`, a list with gaps as an object. All of that means what it meant before.
 */

type Read = (value: unknown) => unknown;

/** The value as it is where it `fits`, which is quick; else what `read` makes of it, for the schema to judge. */
function reading<T extends ZodTypeAny>(read: Read, schema: T, fits: T = schema) {
  return z.union([fits, z.preprocess(read, schema)]);
}

function toNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return isBlank(value) ? null : (numberIn(value) ?? value);
}

function toText(value: unknown): unknown {
  if (typeof value === 'number') return textIn(value) ?? value;
  return isEmptyList(value) ? null : value;
}

/** PHP writes false as an empty text. */
function toFlag(value: unknown): unknown {
  if (value === '') return false;
  return isBlank(value) ? null : (flagIn(value) ?? value);
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$/;
const UNIX_SECONDS = /^\d{9,11}$/;
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?$/;

/**
 * Seconds since the epoch become a date in UTC, as does one without a zone; what stands for no date is none. Other text
 * stays as it is: it is refused where it is read as a date, so that one odd date never stops a whole page.
 */
function toDate(value: unknown): unknown {
  if (isNoDate(value)) return null;
  if (typeof value !== 'number' && typeof value !== 'string') return value;
  const text = String(value);
  if (!UNIX_SECONDS.test(text)) return text.replace(WITHOUT_ZONE, '$1T$2+00:00');
  return new Date(Number(text) * 1000).toISOString().replace('.000Z', '+00:00');
}

export function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The entries of a list, also of one that PHP writes as an object because its keys have gaps. */
export function toList(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : value;
}

/** A decimal. Money is in the store's currency. */
export const amount = reading(toNumber, z.number().nullish());
export const text = reading(toText, z.string().nullish());
export const code = reading(toText, z.string());
export const flag = reading(toFlag, z.boolean().nullish());
/** A number beyond 2^53 is refused: JavaScript would round it, and two records would become one. */
export const id = reading(toNumber, z.number().int().safe());
export const optionalId = reading(toNumber, z.number().int().safe().nullish());
/** ISO 8601 in UTC, whole seconds: `2024-05-02T10:00:00+00:00`. */
export const date = reading(toDate, z.string().nullish(), z.string().regex(ISO_DATE).nullish());

/** Under which an object says in one text what it is, whatever their capitals. */
const NAMING = ['name', 'code', 'value', 'text', 'label'] as const;

/** What of a value is plainly text; of an object what it says under the first of `names`. */
function plainText(value: unknown, names: readonly string[]): string | undefined {
  // Where a text is expected, it is the one that PHP has not found.
  if (value === false) return undefined;
  if (typeof value !== 'object' || value === null) return textIn(value);
  const said = new Map(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]));
  const texts = names.map((name) => textIn(said.get(name.toLowerCase())));
  return texts.find((each) => each !== undefined && each !== '');
}

const isAbsent = (value: unknown): value is null | undefined =>
  value === null || value === undefined;

/** A text that a document can do without: what cannot be read as one is left out, so that it stops no page. */
export const ornament = z.preprocess(
  (value) => (isAbsent(value) ? value : (plainText(value, NAMING) ?? null)),
  z.string().nullish(),
);

/**
 * A list of texts, such as numbers of parcels, without which a document could do as well. One alone is a list of one; of
 * objects what stands under the first of `names` counts, and what cannot be read as a text is left out.
 */
export function textsOf(...names: readonly string[]) {
  return z.preprocess((value) => {
    if (isAbsent(value)) return value;
    const list = toList(value);
    const entries: unknown[] = Array.isArray(list) ? list : [list].filter((one) => !isBlank(one));
    return entries.flatMap((entry) => plainText(entry, [...names, ...NAMING]) ?? []);
  }, z.array(z.string()).nullish());
}

export function listOf<T extends ZodTypeAny>(entry: T) {
  return z.preprocess(toList, z.array(entry).nullish());
}

/** A document inside another; PHP writes an empty one as a list. */
export function optional<T extends ZodTypeAny>(document: T) {
  return z.preprocess((value) => (isEmptyList(value) ? null : value), document.nullish());
}
