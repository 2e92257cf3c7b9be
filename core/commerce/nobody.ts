/**
 * What stands where a person's or a company's id or e-mail address should be, and names none: shops and their modules
 * write 0, blanks or a placeholder for whoever has no account. Taken for an identity it would make one customer of all
 * of them. Records that are no persons may well have such an id: a shipment or a line of 3dcart is number 0.
 */

/** Words of programs, shops and people for "there is none", or "nobody has signed in". */
const NO_ID: ReadonlySet<string> = new Set([
  'null',
  'undefined',
  'nan',
  'nil',
  'none',
  'na',
  'false',
  'true',
  'infinity',
  'objectobject',
  'guest',
  'anonymous',
  'unknown',
]);

const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/gu;
/** As nearly all ids are. */
const USUAL_ID = /^[1-9]\d*$/;
/** Nothing but zeros, also as `000-000` or as the GUID of zeros; or no letter and no digit at all. */
const ZEROS = /^0*$/;

function isNumberOfSomebody(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

/** Whether an id names no person and no company: 0, negative, blank, the GUID of zeros, "null", "N/A", … */
export function isNobody(id: unknown): boolean {
  if (typeof id === 'number') return !isNumberOfSomebody(id);
  if (typeof id !== 'string') return typeof id !== 'bigint' || id <= 0n;
  if (USUAL_ID.test(id)) return false;
  const text = id.trim();
  if (Number(text) < 0) return true;
  const plain = text.replace(NOT_LETTER_OR_DIGIT, '');
  return ZEROS.test(plain) || NO_ID.has(plain.toLowerCase());
}

/** Before the "@", at any domain: says that there is no address, or that nobody reads it. */
const NO_MAILBOX: ReadonlySet<string> = new Set([
  'noemail',
  'noemailaddress',
  'nomail',
  'noreply',
  'donotreply',
]);

/**
 * Certain only where it stands on both sides of the "@": `none@none.com`. Alone it may be a name, such as the mailbox
 * `guest@` of a hotel, which is taken for an address.
 */
const PLACEHOLDER: ReadonlySet<string> = new Set([
  'none',
  'noone',
  'nobody',
  'no',
  'na',
  'null',
  'undefined',
  'unknown',
  'anonymous',
  'noemail',
  'nomail',
  'test',
]);

/** Reserved, and never delivered to (RFC 2606). */
const NEVER_DELIVERED = '.invalid';

const SEPARATORS = /[-_.]/g;

/** Whether an e-mail address reaches nobody: without an "@", half of it missing, or a well-known placeholder. */
export function isNobodysEmail(email: unknown): boolean {
  if (typeof email !== 'string') return true;
  const address = email.trim().toLowerCase();
  const at = address.lastIndexOf('@');
  const mailbox = address.slice(0, Math.max(at, 0)).trim().replace(SEPARATORS, '');
  const domain = address.slice(at + 1).trim();
  if (at < 1 || mailbox === '' || domain === '') return true;
  if (NO_MAILBOX.has(mailbox) || domain.endsWith(NEVER_DELIVERED)) return true;
  return PLACEHOLDER.has(mailbox) && PLACEHOLDER.has(domain.slice(0, domain.indexOf('.')));
}

/** The parts of a customer that can name it. */
interface Named {
  id?: string;
  email?: string;
}

/**
 * Takes out of a customer what names nobody, so that whatever reads it next finds either an identity or none.
 *
 * @param tell is told of an address that is left out; an id that is 0 is only the shop's way to say "guest"
 */
export function leaveOutNobody(
  customer: Named,
  tell: (field: string, message: string) => void,
): void {
  if (customer.id !== undefined && isNobody(customer.id)) delete customer.id;
  if (customer.email !== undefined && isNobodysEmail(customer.email)) {
    delete customer.email;
    tell('email', 'left out: no e-mail address, or a placeholder that reaches nobody');
  }
}
