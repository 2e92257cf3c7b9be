import { validationError } from '../../../core/errors';

/** JSON from a field that may already have been parsed. */
export function parseObject(value: string | object | undefined, field: string): object {
  if (value === undefined || value === '') return {};
  if (typeof value === 'object') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw validationError(`${field} is not valid JSON: ${why}`, `Correct the text in ${field}.`);
  }
  throw validationError(`${field} is not an object`, 'Write it in braces: {"name": "value"}.');
}
