import type { IDENTITY_KINDS } from '../../../commerce/identity';

/** A table whose rows are people or companies, as far as telling them apart needs it. */
export interface PartyTable {
  /** Entity set. */
  set: string;
  /** Primary key column. */
  key: string;
  /** Column with the e-mail address. */
  email: string;
  /** Columns that make up the name, in the order in which it is said. */
  name: readonly string[];
  /** What the key is made of where the shop knows an e-mail address only: the kind of that identity. */
  keyOfEmail: (typeof IDENTITY_KINDS)[number];
  /** Lookup that a person may have set in Dynamics 365: where it is written, and where it is read. */
  kept?: { binding: string; column: string };
  words: { name: string; plural: string };
}

export const CONTACT_PARTY: PartyTable = {
  set: 'contacts',
  key: 'contactid',
  email: 'emailaddress1',
  name: ['firstname', 'lastname'],
  keyOfEmail: 'guest',
  kept: { binding: 'parentcustomerid_account@odata.bind', column: '_parentcustomerid_value' },
  words: { name: 'contact', plural: 'contacts' },
};

export const ACCOUNT_PARTY: PartyTable = {
  set: 'accounts',
  key: 'accountid',
  email: 'emailaddress1',
  name: ['name'],
  keyOfEmail: 'account',
  words: { name: 'account', plural: 'accounts' },
};
