/** Address within angle brackets, with the name of its owner before it: `Ada Lee <ada@example.com>` (RFC 5322). */
const ANGLED = /<([^<>]*)>/;
const SEVERAL = /[,;]/;
const SCHEME = /^mailto:/i;
/** Control characters, marks of no width and half characters: copied along with an address, and never part of one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Whether the part of an address before its "@" is in quotation marks, where every character may stand. */
const isQuoted = (text: string): boolean => text.startsWith('"') && !text.includes('<');

/**
 * The one address of a field that people and modules fill as they write a letter: with the owner's name, with several
 * addresses, as a link. The first address is taken. A text that holds none comes back as it is.
 */
export function mailboxOf(text: string): string {
  const trimmed = text.replace(UNSEEN, '').trim();
  if (isQuoted(trimmed)) return trimmed;
  const angled = ANGLED.exec(trimmed)?.[1];
  const parts = (angled ?? trimmed).split(SEVERAL).map((part) => part.trim().replace(SCHEME, ''));
  return parts.find((part) => part.includes('@')) ?? trimmed;
}

/** Leaves one address of a customer's e-mail field, so that it is the same customer however the field was filled. */
export function keepOneMailbox(
  customer: { email?: unknown },
  tell: (field: string, message: string) => void,
): void {
  const { email } = customer;
  if (typeof email !== 'string') {
    // Null says as much as nothing; what else stands there is refused by its field's type.
    if (email === null) delete customer.email;
    return;
  }
  const mailbox = mailboxOf(email);
  if (mailbox === email.trim()) return;
  customer.email = mailbox;
  tell('email', 'the first address in it was taken, without a name and signs that cannot be seen');
}
