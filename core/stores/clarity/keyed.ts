/** Records that are to be made once, whatever becomes of the answer: found by a key, made under it, and looked for in doubt. */
import { settle } from '../../outcome';
import type { Records } from './client';
import { readPath } from './profile/paths';
import type { WireRecord } from './wire';

/** Failures after which the record may be there all the same: no answer came, none that can be read, or its key is taken. */
const IN_DOUBT: ReadonlySet<string> = new Set(['transient', 'unknown', 'duplicate', 'conflict']);

/**
 * The key of what an order has several of. A hyphen of the order's own id is written `~1`, and a tilde `~0`: the first hyphen
 * ends the id, so that no two pairs have one key.
 */
export function partKey(orderId: string, part: string): string {
  return `${orderId.replaceAll('~', '~0').replaceAll('-', '~1')}-${part}`;
}

/** The record of each key that there is, of the whole list where the service cannot be asked for one. */
export async function findByKeys<T extends object>(
  records: Records<T>,
  keys: ReadonlySet<string>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  const keep = (rows: T[]): void => {
    for (const row of rows) {
      const key = String(readPath(row, 'externalId') ?? '');
      if (keys.has(key) && !found.has(key)) found.set(key, row);
    }
  };
  if (records.canAskBy('externalId')) {
    for (const externalId of keys) {
      for await (const page of records.pages({ where: { externalId } })) {
        keep(page);
        if (found.has(externalId)) break;
      }
    }
    return found;
  }
  for await (const page of records.pages()) {
    keep(page);
    if (found.size === keys.size) break;
  }
  return found;
}

/** Makes a record, and finds out what became of it where the answer leaves that open. */
export async function createOnce<T extends object>(
  records: Records<T>,
  externalId: string,
  document: object,
): Promise<WireRecord> {
  const made = await settle(async () => await records.create({ externalId, ...document }));
  if (made.ok) return made.value;
  const { error } = made;
  if (!IN_DOUBT.has(error.class) || !records.offers('list')) throw error;
  const found = await settle(async () => await findByKeys(records, new Set([externalId])));
  // Where nobody can look either, the first failure is what there is to say.
  const there = found.ok ? found.value.get(externalId) : undefined;
  if (there === undefined) throw error;
  return there as WireRecord;
}

/** Where the service cannot be told a key: the record is looked for, then changed or made. */
export async function findAndWrite<T extends object>(
  records: Records<T>,
  externalId: string,
  document: object,
): Promise<WireRecord> {
  records.requireKey();
  const found = (await findByKeys(records, new Set([externalId]))).get(externalId);
  return found
    ? await records.update(records.idOf(found), document, found)
    : await createOnce(records, externalId, document);
}

/** Makes records that nobody changes afterwards. What is there already is put out as it is, with the outcome `unchanged`. */
export interface Maker {
  make(key: string, document: object): Promise<WireRecord>;
}

/**
 * @param keys of all that will be made: the service's list is read once for them. Where the service takes keys, or has no list,
 *   it is not read at all
 */
export function makerOf(records: Records<WireRecord>, keys: readonly string[]): Maker {
  const isAsked = records.offers('list') && !records.offers('upsert');
  let reading: Promise<Map<string, WireRecord>> | undefined;
  const known = async (): Promise<Map<string, WireRecord>> =>
    await (reading ??= findByKeys(records, new Set(keys)));
  return {
    make: async (key, document) => {
      if (records.offers('upsert')) return await records.upsert(key, document);
      records.requireKey();
      if (!isAsked) return await records.create({ ...document, externalId: key });
      const there = (await known()).get(key);
      if (there) return { ...there, outcome: 'unchanged' };
      const made = await createOnce(records, key, document);
      (await known()).set(key, made);
      return made;
    },
  };
}
