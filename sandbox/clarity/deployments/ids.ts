import { ALL_ID_FIELDS } from '../model';

const isId = (name: string): boolean => ALL_ID_FIELDS.has(name) || name === 'lineId';

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;

/** The same document with its ids as numbers. */
export function withNumericIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumericIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isId(name) ? asNumber(inner) : withNumericIds(inner),
    ]),
  );
}
