import { ApiError } from './errors';

export type Row = Record<string, unknown>;

/** Longest texts, by key. */
export type Lengths = Readonly<Record<string, number>>;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (key: string, value: unknown): ApiError =>
  new ApiError(400, `The value '${String(value)}' is not valid for ${key}.`);

const YES_AND_NO: Readonly<Record<string, boolean>> = { true: true, false: false };

/** A value as its template has it: numbers and yes or no may come as texts, as they always do in XML. */
function valueLike(template: unknown, key: string, value: unknown, lengths: Lengths): unknown {
  if (typeof template === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw invalid(key, value);
    return number;
  }
  if (typeof template === 'boolean') {
    const given = typeof value === 'string' ? YES_AND_NO[value.toLowerCase()] : value;
    if (typeof given !== 'boolean') throw invalid(key, value);
    return given;
  }
  if (typeof value === 'object') throw invalid(key, 'an object');
  const text = String(value);
  const most = lengths[key] ?? Infinity;
  if (text.length > most) {
    throw new ApiError(400, `The field ${key} must be a string with a maximum length of ${most}.`);
  }
  return text;
}

/**
 * What was sent for the keys that the template has, in the kinds that it has. Unknown keys are ignored, null leaves what
 * is there, lists are left to whoever knows what their rows are called by.
 */
export function readLike<T extends object>(
  template: T,
  given: Row,
  lengths: Lengths = {},
): Partial<T> {
  const read: Row = {};
  for (const [key, like] of Object.entries(template)) {
    const value = given[key];
    if (value === undefined || value === null || Array.isArray(like)) continue;
    if (isRow(like)) {
      if (!isRow(value)) throw invalid(key, value);
      read[key] = readLike(like, value, lengths);
    } else {
      read[key] = valueLike(like, key, value, lengths);
    }
  }
  return read as Partial<T>;
}

/** Writes the read values into a row, those of the objects inside it as well; the rest stays. */
export function write<T extends object>(row: T, values: Partial<T>): void {
  const target = row as Row;
  for (const [key, value] of Object.entries(values)) {
    const inner = target[key];
    if (isRow(value) && isRow(inner)) write(inner, value);
    else target[key] = value;
  }
}

/** The rows of a list in what was sent; none where it was not sent. */
export function listIn(given: Row, key: string): Row[] {
  const value = given[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isRow)) throw invalid(key, value);
  return value;
}
