import { settle } from '../../outcome';
import { firstWhere } from '../../http/pages';
import type { Records } from './client';
import { readPath } from './profile/paths';

/** What can stand in the path of a request as it is. */
const PLAIN_ID = /^[\w-]+$/;

/** Said of an id that there is not; a service whose ids are numbers refuses a text. */
const NO_SUCH: ReadonlySet<string> = new Set(['not-found', 'validation']);

async function byId<T extends object>(records: Records<T>, id: string): Promise<T | undefined> {
  if (!PLAIN_ID.test(id) || !records.offers('get')) return undefined;
  const read = await settle(async () => await records.get(id));
  if (read.ok) return read.value;
  if (NO_SUCH.has(read.error.class)) return undefined;
  throw read.error;
}

/**
 * The record that people call so, else the one of this id. Where the profile has no parameter to ask by it, the list is read
 * until it comes, but not for a record whose id is also what people call it.
 *
 * @param field by the pack's name: `orderNumber`, `sku`
 * @returns undefined: there is none
 */
export async function findNamed<T extends object>(
  records: Records<T>,
  field: string,
  name: string,
): Promise<T | undefined> {
  const isCalled = (record: T): boolean => String(readPath(record, field) ?? '').trim() === name;
  if (records.canAskBy(field)) {
    const found = await firstWhere(records.pages({ where: { [field]: name } }), isCalled);
    return found ?? (await byId(records, name));
  }
  const ofId = await byId(records, name);
  if (!records.offers('list') || (ofId && isCalled(ofId))) return ofId;
  return (await firstWhere(records.pages(), isCalled)) ?? ofId;
}
