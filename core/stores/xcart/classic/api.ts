import { trimEnd } from 'lodash';

import { type ServiceError, validationError } from '../../../errors';
import type { FailureWords } from '../../kit/failure';
import { storefront } from '../api';
import { CREDENTIAL_NAME } from '../signIn';

/** Rows of one page. The store has no limit of its own; each order of a page costs it a document with all its goods. */
export const CLASSIC_PAGE_SIZE = 50;

/** Where the store has the classic API: the page of its admin. */
export const classicBase = (storeUrl: string): string =>
  `${trimEnd(storefront(storeUrl), '/')}/admin.php`;

/**
 * The classic API says little: a key that is not known, or that may only read, is a 403 without a word; what cannot be
 * done is a 400 with its reason in the header `X-REST-Error` (X-Cart 5.4, module XC\RESTAPI).
 */
export const CLASSIC_WORDS: FailureWords = {
  service: 'X-Cart',
  reasonAt: [],
  rules: [
    {
      status: 400,
      says: /duplicate entry|not unique|already exists/i,
      class: 'duplicate',
      fix: 'A record with this key is in the store already: update that one, or choose another key.',
    },
  ],
  fixes: {
    authentication: `Check the API Key in the credential ${CREDENTIAL_NAME}.`,
    permission: (method) =>
      method === 'GET'
        ? `Check the API Key in the credential ${CREDENTIAL_NAME}: it stands in the settings of the module REST API of the store.`
        : `Use the read/write key in the credential ${CREDENTIAL_NAME}: the store refuses unknown keys and those that can only read alike.`,
    validation: 'Correct what the message names.',
    'not-found': `Check that the module REST API is on in the store, and the Store URL in the credential ${CREDENTIAL_NAME}.`,
    throttled: 'The store asks for fewer requests: try again later.',
    transient: 'The store is not well for the moment: try again later.',
  },
  redirected: `Enter the address that the store really has as Store URL in the credential ${CREDENTIAL_NAME}, with https:// and www. where it uses them.`,
  notJson: `Check in the credential ${CREDENTIAL_NAME} that API is right (Classic is for X-Cart 5.0 to 5.4), that the module REST API is on, and that the store is not closed for maintenance.`,
  unexpectedShape:
    'Check that the store runs X-Cart 5.3 or 5.4, and which of its modules changes these fields in the REST API.',
};

/** What the classic API cannot do, in words that say what to do instead. */
export const noWay = (what: string, fix: string): ServiceError =>
  validationError(`The classic API of X-Cart has no ${what}`, fix);

/** The same where a promise is waited for. */
export const refuse = async (what: string, fix: string): Promise<never> =>
  await Promise.reject(noWay(what, fix));
