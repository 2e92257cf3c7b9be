import { validationError } from '../errors';

/** JSON writes control characters and half surrogate pairs as escapes; to look at each text alone takes five times as long. */
const MAY_BE_UNFIT = /\\[bfu]|[\ufffe\uffff]/;

/** JSON writes null for what is no number, and null clears a column. To look at each value takes long. */
const MAY_BE_NO_NUMBER = 'null';

/** Where a number stands that is none: `order_details.0.tax`. */
function noNumberIn(value: unknown, place = ''): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : place;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = noNumberIn(part, place === '' ? key : `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function written(value: unknown, field: string): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw validationError(
      `${field} holds a value that JSON cannot: a BigInt, or an object that holds itself.`,
      'Turn the value into a text or a number before it is written.',
    );
  }
}

function refuseNoNumber(value: unknown, field: string): void {
  const place = noNumberIn(value);
  if (place === undefined) return;
  throw validationError(
    `${field} holds no number (NaN, or an endless one) in "${place}", which would be written as empty.`,
    'Correct what it is calculated with: something there is absent or no number.',
  );
}

/**
 * The value as JSON. Not everything that a row may hold can be written: a BigInt cannot, and neither can an object
 * that holds itself, nor what came of calculating with no number.
 * @param field what is written, for the message: `The row`
 * @param fitText makes a text fit for the service, where it does not take every text
 */
export function jsonText(
  value: unknown,
  field: string,
  fitText?: (text: string) => string,
): string {
  const json = written(value, field);
  if (json.includes(MAY_BE_NO_NUMBER)) refuseNoNumber(value, field);
  if (!fitText || !MAY_BE_UNFIT.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? fitText(part) : part,
  );
}
