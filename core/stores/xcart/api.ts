import { trimEnd } from 'lodash';

import { validationError } from '../../errors';
import { parseUrl, secureUrl } from '../../http/url';
import type { RestDescription } from '../kit/rest';
import { toList } from '../kit/scalars';
import { xCartRehearsal } from './rehearsal';
import type { XCartSignIn } from './signIn';
import { wordsFor } from './words';

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
  /** For the words of failures. Default: `apiKey`. */
  signIn?: XCartSignIn;
  /** `Accept-Language`: in which language names come. Default: the store's. */
  language?: string;
}

/** `https://shop.example/api/` → `https://shop.example`, and without the classic API's admin.php; another path is kept. */
export function storefront(storeUrl: string): string {
  if (!parseUrl(storeUrl.trim())) {
    throw validationError(
      'Store URL is not a web address',
      'Write it with its protocol in the credential of X-Cart, such as https://shop.example.',
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
 * X-Cart 5.5's REST API (API Platform): JSON in and out, `X-Auth-Token`, every update is a partial `PUT`.
 * A PUT states what shall be, and a DELETE what shall not: both may be sent twice. A POST may not: `once.ts` says what becomes of
 * a doubtful one.
 */
export function describeApi(address: XCartAddress): RestDescription {
  const { storeUrl, apiKey, token, language, signIn } = address;
  return {
    base: apiBase(storeUrl),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : apiKey && { 'x-auth-token': apiKey }),
      ...(language && { 'accept-language': language }),
    },
    words: wordsFor(signIn),
    paging: {
      at: 'page',
      counts: 'pages',
      size: 'itemsPerPage',
      maxSize: MAX_PAGE_SIZE,
      honoursSize: true,
    },
    // PHP reads a list by its brackets: `paymentStatus.code[]=P&paymentStatus.code[]=A`.
    listName: (name) => `${name}[]`,
    rowsIn: unwrapped,
    rehearsal: xCartRehearsal(apiBase(storeUrl)),
  };
}
