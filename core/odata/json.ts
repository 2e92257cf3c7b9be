import { validationError } from '../errors';

/** JSON writes control characters and half surrogate pairs as escapes; to look at each text alone takes five times as long. */
const MAY_BE_UNFIT = /\\[bfu]|[\ufffe\uffff]/;

/**
 * The value as JSON. Not everything that a row may hold can be written: a BigInt cannot, and neither can an object
 * that holds itself.
 * @param field what is written, for the message: `The row`
 * @param fitText makes a text fit for the service, where it does not take every text
 */
export function jsonText(
  value: unknown,
  field: string,
  fitText?: (text: string) => string,
): string {
  try {
    const json = JSON.stringify(value);
    if (!fitText || !MAY_BE_UNFIT.test(json)) return json;
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'string' ? fitText(part) : part,
    );
  } catch {
    throw validationError(
      `${field} holds a value that JSON cannot: a BigInt, or an object that holds itself.`,
      'Turn the value into a text or a number before it is written.',
    );
  }
}
