import { errors } from '../errors';
import type { Table } from '../schema/model';
import type { Value } from '../store/row';

/** Characters outside XML 1.0; with the flag `u`, half of a surrogate pair is one of them. */
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export const isFit = (text: string): boolean => !UNFIT.test(text);

/**
 * Refuses text that is too long or cannot stand in XML, whichever way it comes: in a body, or in the key of an upsert.
 * Source: Dataverse docs, best-practices/work-with-data/invalidcharactersinfield: every value of a text or memo column
 * goes through `XmlConvert.VerifyXmlChars`.
 */
export function checkText(table: Table, name: string, value: Value): void {
  const { type, maxLength = Infinity } = table.columns.get(name) ?? {};
  if (typeof value !== 'string' || (type !== 'string' && type !== 'memo')) return;
  if (value.length > maxLength) throw errors.tooLong(table.name, name, maxLength);
  if (!isFit(value)) throw errors.invalidCharacters(name);
}
