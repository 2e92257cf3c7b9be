import { parse, v5 } from 'uuid';

import { validationError } from '../errors';
import { isNobody, isNobodysEmail } from './nobody';

/**
 * Namespace of every identity of this pack (UUID version 5, RFC 9562). Changing it would make every record that
 * has been sent look new, and double it: it stays as it is for ever.
 */
export const IDENTITY_NAMESPACE = '66020130-8323-4a13-bbc7-82cc514271bc';

/**
 * What can be identified. `customer`, `guest` and, of an order that says neither who nor which address,
 * `order-customer` become contacts; `account` and `order-account` are the companies of those.
 */
export const IDENTITY_KINDS = [
  'order',
  'order-line',
  'customer',
  'guest',
  'order-customer',
  'account',
  'order-account',
  'product',
] as const;

/** What a person or a company is known by, where an id may be one that identifies nobody. */
const IDENTIFIES_NOBODY: Readonly<Record<string, (id: unknown) => boolean>> = {
  customer: isNobody,
  guest: isNobodysEmail,
  // By the id of the customer, or by the e-mail address of a guest.
  account: (id) => isNobody(id) || (String(id).includes('@') && isNobodysEmail(id)),
};

/** Whether an id says who a person or a company is. Of all other records every id counts, 0 too. */
export function identifies(kind: string, id: unknown): boolean {
  return IDENTIFIES_NOBODY[kind]?.(id) !== true;
}

export interface Identity {
  /** `xcart`, `threedcart`, `clarity`. */
  platform: string;
  /** The name that the credential gives the shop. */
  store: string;
  kind: string;
  /** The record's own id in the shop. */
  id: string | number;
}

function required(part: keyof Identity, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && text.trim() !== '') return text.trim();
  throw validationError(
    `cannot make an identity without "${part}"`,
    part === 'store' || part === 'platform'
      ? 'Keep the "source" that the trigger puts on each item, or set Store Name in the options.'
      : `Check that the record has a value for "${part}".`,
  );
}

/** `platform:store:kind:id`, the name that the identity is made from. */
export function identityName({ platform, store, kind, id }: Identity): string {
  return [
    required('platform', platform),
    required('store', store),
    required('kind', kind),
    required('id', id),
  ].join(':');
}

function nobody({ kind }: Identity): Error {
  return validationError(
    `this id identifies no ${kind}`,
    'Take the id of the customer or the e-mail address of the guest; where an order has neither, its own id with the kind "order-customer".',
  );
}

const NAMESPACE_BYTES = parse(IDENTITY_NAMESPACE);

/** A record is named several times in its document: as customer, as contact, as the account of both. */
const REMEMBERED = 1000;
const known = new Map<string, string>();

/**
 * The primary key of a Dataverse row made from a storefront record: the same record gives the same key, always. Throws
 * a validation error where the id identifies nobody.
 */
export function identityOf(identity: Identity): string {
  const name = identityName(identity);
  let id = known.get(name);
  if (id === undefined) {
    if (!identifies(identity.kind, identity.id)) throw nobody(identity);
    id = v5(name, NAMESPACE_BYTES);
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, id);
  }
  return id;
}

/** Guests have no customer id; their e-mail address in lower case stands for them. */
export function guestId(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * The key of one of several people who share an e-mail address, and with it the key that was made of it: the same name
 * gives the same key, always.
 *
 * @param key the key made of the address
 * @param name in lower case and with single blanks
 */
export function namedIdentity(key: string, name: string): string {
  return v5(name, parse(key));
}
