import { get, set } from 'lodash';

import type { FieldMap } from './schema';

type Document = Record<string, unknown>;

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Every mapping asks for the same paths, of thousands of documents. */
const split = new Map<string, string[]>();

function alternatives(path: string): string[] {
  let parts = split.get(path);
  if (!parts) {
    parts = path.split('??').map((part) => part.trim());
    split.set(path, parts);
  }
  return parts;
}

/** What stands in a document at a path of the profile; of several, joined by `??`, the first that has a value. */
export function readPath(document: unknown, path: string | null | undefined): unknown {
  if (!path) return undefined;
  for (const part of alternatives(path)) {
    const value: unknown = get(document, part);
    if (hasValue(value)) return value;
  }
  return undefined;
}

/** Puts a value where the first of the alternatives of a path leads. */
export function writePath(document: object, path: string, value: unknown): void {
  set(document, alternatives(path)[0] ?? path, value);
}

/** A document of the service with the names of the pack beside those of its own. */
export function withNames(document: unknown, fields: FieldMap | null | undefined): unknown {
  if (!fields || !isDocument(document)) return document;
  const named: Document = { ...document };
  for (const [name, field] of Object.entries(fields)) {
    if (!field) continue;
    if (typeof field === 'string') {
      const value = readPath(document, field);
      if (value !== undefined) named[name] = value;
      continue;
    }
    const part = field.at === '.' ? document : readPath(document, field.at);
    if (Array.isArray(part)) named[name] = part.map((entry) => withNames(entry, field.fields));
    else if (isDocument(part)) {
      const one = namedPart(part, field);
      named[name] = field.list ? [one] : one;
    }
  }
  return named;
}

/** What is the document itself is not repeated in full inside it. */
function namedPart(part: Document, { at, fields }: { at: string; fields: FieldMap }): unknown {
  const named = withNames(part, fields);
  return at === '.' && isDocument(named)
    ? Object.fromEntries(Object.entries(named).filter(([key]) => Object.hasOwn(fields, key)))
    : named;
}

/** The other way round: what the pack names its own way, as the service takes it. */
export function toNames(document: object, fields: FieldMap | null | undefined): object {
  const written: Document = {};
  for (const [name, value] of Object.entries(document) as Array<[string, unknown]>) {
    const field = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) written[name] = value;
    else if (typeof field === 'string') writePath(written, field, value);
    else if (Array.isArray(value)) {
      writePath(
        written,
        field.at,
        value.map((one: unknown) => partOf(one, field.fields)),
      );
    } else if (field.at === '.') Object.assign(written, partOf(value, field.fields));
    else writePath(written, field.at, partOf(value, field.fields));
  }
  return written;
}

const partOf = (value: unknown, fields: FieldMap): unknown =>
  isDocument(value) ? toNames(value, fields) : value;
