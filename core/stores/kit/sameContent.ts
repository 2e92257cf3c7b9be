/** Whether a record that was found is the one that was sent, where no key says so. */
import { isBlank } from '../../values';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a store fills in by itself, or writes in ways of its own: it says nothing. */
const isEmpty = (value: unknown): boolean => isBlank(value) || value === 0 || value === false;

const asText = (value: unknown): string => String(value).trim().toLowerCase();

/**
 * Whether a record says all that a document says. What is empty in the document, what the record has no key for, and
 * differences of case and of blanks at the ends do not count; lists have to be of the same length and order.
 *
 * @param ignored keys, wherever they stand: ids, dates and sums that the store writes by itself
 */
export function hasContent(
  record: unknown,
  document: unknown,
  ignored: ReadonlySet<string>,
): boolean {
  if (isEmpty(document)) return true;
  if (Array.isArray(document)) {
    if (document.length === 0) return true;
    const rows: unknown[] = Array.isArray(record) ? record : [];
    return (
      rows.length === document.length &&
      document.every((row, index) => hasContent(rows[index], row, ignored))
    );
  }
  if (!isObject(document)) return asText(record) === asText(document);
  return (
    isObject(record) &&
    Object.entries(document).every(
      ([key, value]) =>
        ignored.has(key) || !(key in record) || hasContent(record[key], value, ignored),
    )
  );
}
