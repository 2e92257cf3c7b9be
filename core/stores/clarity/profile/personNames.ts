/** Names of people: some deployments have first and last name, others both in one field. */

type Document = Record<string, unknown>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The first word is taken for the first name, as it is read back. */
function partsOf(whole: unknown): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = textOf(whole).split(/\s+/);
  return { firstName, lastName: rest.join(' ') };
}

/** Whether a document has first or last name, and not both in one. */
export const hasParts = (document: Document): boolean =>
  !('name' in document) && ('firstName' in document || 'lastName' in document);

/**
 * The document with its first and last name in the field `name` alone. Of a person of whom one of the two is changed, the
 * other stays as the record has it.
 */
export function inOne({ firstName, lastName, ...rest }: Document, before: unknown): Document {
  const known = partsOf(before);
  const parts = [
    firstName === undefined ? known.firstName : textOf(firstName),
    lastName === undefined ? known.lastName : textOf(lastName),
  ];
  return { ...rest, name: parts.filter(Boolean).join(' ') };
}
