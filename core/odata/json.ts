import { validationError } from '../errors';

/**
 * The value as JSON. Not everything that a row may hold can be written: a BigInt cannot, and neither can an object
 * that holds itself.
 * @param field what is written, for the message: `The row`
 */
export function jsonText(value: unknown, field: string): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw validationError(
      `${field} holds a value that JSON cannot: a BigInt, or an object that holds itself.`,
      'Turn the value into a text or a number before it is written.',
    );
  }
}
