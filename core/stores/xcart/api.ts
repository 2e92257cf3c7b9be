import { trimEnd } from 'lodash';

import { validationError } from '../../errors';
import { parseUrl, secureUrl } from '../../http/url';
import type { FailureWords } from '../kit/failure';
import type { RestDescription } from '../kit/rest';
import { toList } from '../kit/scalars';

/** What n8n calls the credential, in both spellings: people search it by either. Messages name it so. */
export const CREDENTIAL_NAME = 'X-Cart (XCart) API';

/** API Platform's `maximum_items_per_page` in X-Cart 5.5. */
export const MAX_PAGE_SIZE = 100;

/** Which of its two APIs a store speaks: REST is that of 5.5 and newer, classic that of 5.0 to 5.4. */
export type XCartApiKind = 'rest' | 'classic';

/** A credential that was saved before there was a choice says nothing of it. */
export const isClassic = (api: unknown): boolean => api === 'classic';

export interface XCartAddress {
  storeUrl: string;
  apiKey?: string;
  /** Of a sign-in with name and password, in the place of the key. */
  token?: string;
  /** `Accept-Language`: in which language names come. Default: the store's. */
  language?: string;
}

/** `https://shop.example/api/` → `https://shop.example`, and without the classic API's admin.php; another path is kept. */
export function storefront(storeUrl: string): string {
  if (!parseUrl(storeUrl.trim())) {
    throw validationError(
      'Store URL is not a web address',
      `Write it with its protocol in the credential ${CREDENTIAL_NAME}, such as https://shop.example.`,
    );
  }
  const { origin, pathname } = secureUrl(storeUrl, 'Store URL');
  const path = trimEnd(pathname, '/').replace(/\/(?:api|admin\.php)$/, '');
  return `${origin}${path}`;
}

/** Where the storefront has its REST API. */
export const apiBase = (storeUrl: string): string => `${storefront(storeUrl)}/api`;

/** JSON-LD wraps a list (API Platform: hydra:Collection); some gateways and modules answer with nothing else. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { 'hydra:member': hydra, member } = value as Record<string, unknown>;
  return toList(hydra ?? member ?? value);
}

/**
 * X-Cart 5.5 answers failures as problem JSON (`detail`, with 422 also `violations`), refused keys as
 * `{ "message" }`, and JSON-LD failures as `hydra:description` (API Platform 2.7, ErrorNormalizer). Business rules all
 * come as 400 with a sentence; the sentence alone tells them apart.
 */
const WORDS: FailureWords = {
  service: 'X-Cart',
  reasonAt: ['detail', 'hydra:description', 'message'],
  rules: [
    {
      status: 400,
      says: /is not unique|must be unique|already exists|already registered/i,
      class: 'duplicate',
      fix: 'A record with this key is in the store already: update that one, or choose another key.',
    },
    {
      status: 400,
      says: /with ID \S+ not found/i,
      class: 'not-found',
      fix: 'Check the ID: the store has no such record, or it was deleted.',
    },
    {
      // API Platform says "Not Found" of a record, the router "Not found" of a path.
      status: 404,
      says: /^Not found$/,
      class: 'not-found',
      fix: `The store's REST API has no such path: in the X-Cart admin, check that the add-on for this is on (My add-ons). If every request ends like this, check the Store URL in the credential ${CREDENTIAL_NAME}.`,
    },
    {
      status: 400,
      says: /Status code .* is invalid/i,
      class: 'validation',
      fix: 'Choose a status that this store has: see Orders → Order statuses in the X-Cart admin.',
    },
  ],
  fixes: {
    authentication: `Check the API Key in the credential ${CREDENTIAL_NAME}: it stands in the X-Cart admin under Settings → API.`,
    permission: (method) =>
      method === 'GET'
        ? 'Check in the X-Cart admin under Settings → API that the key is still allowed to read.'
        : `The key in the credential ${CREDENTIAL_NAME} can only read: use the read/write key (X-Cart admin, Settings → API), or, where it signs in with a user name, that of an administrator.`,
    validation: 'Correct the fields that the message names.',
    conflict: 'The record was changed meanwhile: read it again, then write.',
    'not-found': `Check the ID. If every request ends like this, check the Store URL in the credential ${CREDENTIAL_NAME}: it is the address of the storefront, without /api.`,
    throttled: 'The store asks for fewer requests: try again later.',
    transient: 'The store is not well for the moment: try again later.',
  },
  redirected: `Enter the address that the store really has as Store URL in the credential ${CREDENTIAL_NAME}, with https:// and www. where it uses them.`,
  notJson: `Check that the Store URL in the credential ${CREDENTIAL_NAME} is the address of an X-Cart 5.5 store, and that the store is not closed for maintenance.`,
  unexpectedShape:
    'Check that the store runs X-Cart 5.5 or newer, and which of its modules changes these fields in the REST API.',
};

/**
 * X-Cart 5.5's REST API (API Platform): JSON in and out, `X-Auth-Token`, every update is a partial `PUT`.
 * A PUT states what shall be, and a DELETE what shall not: both may be sent twice. A POST may not: 5.5 has no
 * filter by SKU or key to look up whether a doubtful one was carried out.
 */
export function describeApi({ storeUrl, apiKey, token, language }: XCartAddress): RestDescription {
  return {
    base: apiBase(storeUrl),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : apiKey && { 'x-auth-token': apiKey }),
      ...(language && { 'accept-language': language }),
    },
    words: WORDS,
    paging: { at: 'page', counts: 'pages', size: 'itemsPerPage', maxSize: MAX_PAGE_SIZE },
    // PHP reads a list by its brackets: `paymentStatus.code[]=P&paymentStatus.code[]=A`.
    listName: (name) => `${name}[]`,
    rowsIn: unwrapped,
  };
}
