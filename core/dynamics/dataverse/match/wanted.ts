import { guestId, identityOf } from '../../../commerce/identity';
import { validationError } from '../../../errors';
import { isGuidText } from '../../../odata/query';
import type { Row } from '../../../odata/types';
import type { Wanted } from './decide';
import { emailOf, nameOf } from './find';
import type { PartyTable } from './party';

/** A customer of the shop as a row, whose primary key was made from the shop. */
export interface PartyWrite {
  row: Row;
  /** Where the shop's record is from (`source` of the item): tells whether its key is that of an e-mail address alone. */
  source?: { platform?: unknown; store?: unknown };
}

function keyOf({ key, words }: PartyTable, row: Row): string {
  const value = row[key];
  if (isGuidText(value)) return value.toLowerCase();
  throw validationError(
    `The columns have no "${key}"`,
    `Map ${key} to a key made from the shop (transform Identity): the ${words.name} gets it where none matches.`,
  );
}

/** Whether a key says nothing but the address: of a guest, or of a guest's company. */
function isKeyOfEmail(
  { keyOfEmail: kind, email: column }: PartyTable,
  { source = {}, row }: PartyWrite,
  { key, email }: Pick<Wanted, 'key' | 'email'>,
): boolean {
  const { platform, store } = source;
  if (typeof platform !== 'string' || typeof store !== 'string' || email === undefined)
    return false;
  if (platform.trim() === '' || store.trim() === '') return false;
  // The key is made of the address as the shop writes it, which is not folded.
  const id = guestId(String(row[column]));
  return identityOf({ platform, store, kind, id }) === key;
}

/** Who is looked for. Throws a validation error where the row has no key of its own. */
export function wantedOf(table: PartyTable, write: PartyWrite): Wanted {
  const key = keyOf(table, write.row);
  const email = emailOf(table, write.row);
  const keyedByEmail = isKeyOfEmail(table, write, { key, email });
  return { key, email, name: nameOf(table, write.row), keyedByEmail };
}
