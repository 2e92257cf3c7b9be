import { trimEnd } from 'lodash';

import { parseUrl } from '../../http/url';

/**
 * Which store an address leads to, however somebody writes it: host and path, without the protocol, `www.` and a slash at
 * the end. Nothing secret that may stand in an address is in it.
 *
 * @param url such as `https://www.shop.example/`; a text that is no web address stays as it is
 */
export function storeAddress(url: string): string {
  const text = url.trim();
  const parsed = parseUrl(text);
  if (!parsed?.host) return text;
  return `${parsed.host.replace(/^www\./, '')}${trimEnd(parsed.pathname, '/')}`;
}
