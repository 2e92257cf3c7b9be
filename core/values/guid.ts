/** Any 128 bits, as Dataverse takes them, and not only the versions of RFC 9562. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuidText(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value);
}

/** A GUID in small letters; braces, as copied from an address line, are taken off. */
export function guidIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^\{(.*)\}$/, '$1');
  return isGuidText(text) ? text.toLowerCase() : undefined;
}
