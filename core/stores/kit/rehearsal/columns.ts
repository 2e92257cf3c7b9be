/** What a write changes of a record, column by column, and what the record is then. */
import { get, isEqual, isPlainObject, set, unset } from 'lodash';

import type { ColumnChange } from '../../../dryRun';
import { redact, REMOVED } from '../../../http/redact';
import { flagIn, isBlank, momentIn, numberIn } from '../../../values';
import type { Document, StoreRehearsal } from './description';

export const isDocument = (value: unknown): value is Document => isPlainObject(value);

type Form = Pick<StoreRehearsal, 'files' | 'keyed'>;

const WITH_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/**
 * Whether a column holds already what is written: 9.90 and "9.9", `E` and true, the same moment in two zones. Of an entry of a list
 * only what is written of it counts.
 */
export function isSame(before: unknown, after: unknown): boolean {
  if (isEqual(before, after) || (isBlank(before) && isBlank(after))) return true;
  if (Array.isArray(after)) {
    const there: unknown[] = Array.isArray(before) ? before : [];
    return there.length === after.length && after.every((each, at) => isSame(there[at], each));
  }
  if (isDocument(after)) {
    return isDocument(before) && Object.keys(after).every((key) => isSame(before[key], after[key]));
  }
  const both = [before, after];
  const agree = (read: (value: unknown) => unknown): boolean => {
    const [one, other] = both.map((value) => read(value));
    return one !== undefined && one === other;
  };
  if (both.some((value) => typeof value === 'boolean')) return agree(flagIn);
  if (both.some((value) => typeof value === 'number')) return agree(numberIn);
  const areMoments = both.every((value) => typeof value === 'string' && WITH_TIME.test(value));
  return areMoments && agree((value) => momentIn(value, { zone: 'UTC' }));
}

/** One value that is written, and where: steps into objects, and into the entry of a list that has this value there. */
interface Leaf {
  column: string;
  value: unknown;
  of(record: unknown): unknown;
}

/** Also where the service writes the name in other letters: many read names in any. */
function fieldOf(record: unknown, name: string): unknown {
  if (!isDocument(record) || name in record) return get(record, [name]);
  const own = Object.keys(record).find((each) => each.toLowerCase() === name.toLowerCase());
  return own === undefined ? undefined : record[own];
}

function leavesOf(document: Document, form: Form, at = '', of = (record: unknown) => record) {
  return Object.entries(document).flatMap(([name, value]): Leaf[] => {
    const column = at === '' ? name : `${at}.${name}`;
    const here = (record: unknown): unknown => fieldOf(of(record), name);
    const key = form.keyed?.[name];
    if (key !== undefined && Array.isArray(value)) {
      return value.filter(isDocument).flatMap((entry) => {
        const { [key]: own, ...more } = entry;
        const place = `${column}[${String(own)}]`;
        return leavesOf(more, form, place, (record) => entryOf(here(record), key, own));
      });
    }
    return isDocument(value) && Object.keys(value).length > 0
      ? leavesOf(value, form, column, here)
      : [{ column, value, of: here }];
  });
}

const entryOf = (list: unknown, key: string, own: unknown): unknown =>
  Array.isArray(list) ? list.find((each) => isSame(get(each, key), own)) : undefined;

/** A record with what is written of it; what is not named stays as it is. */
export function merged(record: Document, document: Document, form: Form): Document {
  const after: Document = { ...record };
  for (const [name, value] of Object.entries(document)) {
    const there = record[name];
    const key = form.keyed?.[name];
    if (key !== undefined && Array.isArray(value) && Array.isArray(there)) {
      const given = value.filter(isDocument);
      const isGiven = (each: unknown) => given.some((one) => isSame(get(each, key), one[key]));
      const changed = given.map((one) => {
        const entry = entryOf(there, key, one[key]);
        return isDocument(entry) ? merged(entry, one, form) : one;
      });
      after[name] = [...there.filter((each) => !isGiven(each)), ...changed];
    } else
      after[name] = isDocument(value) && isDocument(there) ? merged(there, value, form) : value;
  }
  return after;
}

/** Names of columns whose values are nobody's to read, wherever they stand. */
const SECRET = /pass(?:word|wd)|secret|token|cvv|^card|\.card(?:number|verification|exp)/i;

/** What of a value a plan shows: no secret, and no address with a key in it. */
function shown(column: string, value: unknown): unknown {
  if (isBlank(value)) return null;
  if (SECRET.test(column)) return REMOVED;
  return typeof value === 'string' && /^https?:\/\//i.test(value) ? redact(value) : value;
}

/**
 * The columns that differ; of a record that is made, all that are written.
 *
 * @param beside columns that are not written and may follow
 */
export function changesOf(
  before: Document | undefined,
  document: Document,
  after: Document,
  form: Form & Pick<StoreRehearsal, 'beside'>,
): ColumnChange[] {
  const written = leavesOf(document, form);
  const names = new Set(written.map(({ column }) => column));
  const beside = (form.beside ?? []).filter((column) => !names.has(column));
  const followed = beside.flatMap((column): Leaf[] => {
    const value: unknown = get(after, column);
    return value === undefined ? [] : [{ column, value, of: (record) => get(record, column) }];
  });
  return [...written, ...followed].flatMap(({ column, value, of }) => {
    const there = before && of(before);
    if (before && isSame(there, value)) return [];
    return [{ column, before: shown(column, there), after: shown(column, value) }];
  });
}

/** A document whose files are told by name and size. */
export function withoutFiles(document: Document, { files = {} }: Form): Document {
  const told: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const named = files[name];
    if (named !== undefined && typeof value === 'string') {
      const size = Buffer.byteLength(value, 'base64');
      const file = document[named];
      told[name] = `${typeof file === 'string' ? file : 'file'}, ${size} bytes`;
    } else told[name] = isDocument(value) ? withoutFiles(value, { files }) : value;
  }
  return told;
}

/** A record without what a store takes and tells nobody. */
export function withoutSecrets(record: Document): Document {
  const told = structuredClone(record);
  for (const name of Object.keys(told)) if (/pass(?:word|wd)/i.test(name)) unset(told, name);
  return told;
}

/** Whether a record tells of all that a document names. */
export const tellsOf = (record: Document, document: Document): boolean =>
  Object.keys(document).every((name) => name in record);

/** A record with its id where the store has it. */
export function withId(
  record: Document,
  path: string | undefined,
  id: number,
  { put = set }: Pick<StoreRehearsal, 'put'>,
): Document {
  if (path === undefined) return record;
  const made = structuredClone(record);
  put(made, path, id);
  return made;
}
