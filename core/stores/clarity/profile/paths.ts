import { get, has, merge, set } from 'lodash';

import { hasParts, inOne } from './personNames';
import type { FieldMap } from './schema';

type Document = Record<string, unknown>;

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Every mapping asks for the same paths, of thousands of documents. */
const split = new Map<string, string[]>();

/** The paths of which the first counts that has a value. */
export function alternatives(path: string): string[] {
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

/**
 * Which of the alternatives of a path is written to: the one that a record has, as the service sent it; where it is not known, or
 * has none of them, the first.
 */
function placeOf(path: string, record: unknown): string {
  const parts = alternatives(path);
  const isFilled = (part: string): boolean => hasValue(get(record, part));
  return parts.find(isFilled) ?? parts.find((part) => has(record, part)) ?? parts[0] ?? path;
}

/** Puts a value where a path leads, see `placeOf`. */
export function writePath(document: object, path: string, value: unknown, record?: unknown): void {
  set(document, placeOf(path, record), value);
}

/** Whether what is written depends on which of several names the record has. */
export function hasAlternatives(document: unknown, fields: FieldMap | null | undefined): boolean {
  if (Array.isArray(document)) return document.some((entry) => hasAlternatives(entry, fields));
  if (!fields || !isDocument(document)) return false;
  if (typeof fields['name'] === 'string' && hasParts(document)) return true;
  return Object.entries(document).some(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return false;
    const path = typeof field === 'string' ? field : field.at;
    if (alternatives(path).length > 1) return true;
    return typeof field !== 'string' && hasAlternatives(value, field.fields);
  });
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

/** How a document is written, beside what the profile says of its fields. */
export interface Writing {
  /** What shows which of several names the service uses, as it sent it: its own names go before the first of several. */
  record?: unknown;
  /** The record is the one that is changed, and not another of its kind. */
  isChanged?: boolean;
  /** First and last name go into one field where no record shows which of the two ways it is. */
  wholeNames?: boolean;
}

const at = (writing: Writing, record: unknown): Writing => ({ ...writing, record });

/** First and last name in the field of both, where the service has that alone. */
function withPerson(document: Document, fields: FieldMap, writing: Writing): Document {
  const { name: whole, firstName, lastName } = fields;
  if (typeof whole !== 'string' || !hasParts(document)) return document;
  const { record, isChanged = false, wholeNames = false } = writing;
  const isShown = (field: FieldMap[string], own: string): boolean =>
    alternatives(typeof field === 'string' ? field : own).some((path) => has(record, path));
  if (isShown(firstName, 'firstName') || isShown(lastName, 'lastName')) return document;
  if (!wholeNames && !isShown(whole, whole)) return document;
  return inOne(document, isChanged ? readPath(record, whole) : undefined);
}

/** The other way round: what the pack names its own way, as the service takes it. */
export function toNames(
  document: object,
  fields: FieldMap | null | undefined,
  writing: Writing = {},
): object {
  const { record } = writing;
  const written: Document = {};
  const given = fields ? withPerson(document as Document, fields, writing) : document;
  for (const [name, value] of Object.entries(given) as Array<[string, unknown]>) {
    const field = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) written[name] = value;
    else if (typeof field === 'string') writePath(written, field, value, record);
    else if (field.at === '.') Object.assign(written, partOf(value, field.fields, writing));
    else {
      const place = placeOf(field.at, record);
      const there: unknown = get(record, place);
      // Entries of a list are alike: the first shows the names of all.
      const one: unknown = Array.isArray(there) ? there[0] : there;
      const part = Array.isArray(value)
        ? value.map((entry: unknown) => partOf(entry, field.fields, at(writing, one)))
        : partOf(value, field.fields, at(writing, one));
      const already: unknown = get(written, place);
      // A field before this one may stand in the same group, such as the e-mail address of an address.
      set(
        written,
        place,
        isDocument(already) && isDocument(part) ? merge({}, already, part) : part,
      );
    }
  }
  return written;
}

const partOf = (value: unknown, fields: FieldMap, writing: Writing): unknown =>
  isDocument(value) ? toNames(value, fields, writing) : value;
