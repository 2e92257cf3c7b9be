import { createHash } from 'node:crypto';

export interface CanonicalOptions {
  /**
   * Fields left out, as dot paths without list positions: `items.update_date` leaves it out of every element of
   * `items`.
   */
  ignore?: ReadonlySet<string>;
}

type Writer = (value: unknown, path: string) => string | undefined;

function writer({ ignore }: CanonicalOptions): Writer {
  const writeObject = (value: object, path: string): string => {
    const members: string[] = [];
    for (const key of Object.keys(value).sort()) {
      const child = ignore ? (path === '' ? key : `${path}.${key}`) : '';
      if (ignore?.has(child)) continue;
      const text = write((value as Record<string, unknown>)[key], child);
      if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${members.join(',')}}`;
  };

  const write: Writer = (value, path) => {
    if (value === null) return 'null';
    if (typeof value === 'number') return Number.isFinite(value) ? String(value || 0) : 'null';
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object') return JSON.stringify(value);
    if (Array.isArray(value))
      return `[${value.map((part) => write(part, path) ?? 'null').join(',')}]`;
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return write(toJSON.call(value), path);
    return writeObject(value, path);
  };
  return write;
}

/**
 * JSON with one spelling for each content: keys sorted, no blanks, numbers as ECMAScript prints them (1.0 and 1 are
 * the same, −0 is 0), absent and `undefined` alike. Text stays as it is: the SKU "007" is not "7". In the spirit of
 * RFC 8785.
 */
export function canonicalJson(value: unknown, options: CanonicalOptions = {}): string {
  return writer(options)(value, '') ?? 'null';
}

/** SHA-256 over the canonical JSON, in hex. */
export function contentHash(value: unknown, options: CanonicalOptions = {}): string {
  return createHash('sha256').update(canonicalJson(value, options)).digest('hex');
}
