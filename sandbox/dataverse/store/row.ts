/** The value of a lookup. */
export interface Reference {
  table: string;
  id: string;
}

export type Value = string | number | boolean | null | Reference;

/** A row as stored, by logical column name; columns without a value are absent or null. Never changed in place. */
export type Row = Readonly<Record<string, Value>>;

export const isReference = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value !== null;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isGuid = (text: string): boolean => GUID.test(text);

/** How the database compares: text without regard to case, references by their id. */
export function comparable(value: Value | undefined): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.toLowerCase();
  return isReference(value) ? value.id : value;
}
