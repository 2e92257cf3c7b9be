/** Addresses of resources and of apps. */

export const isUrl = (text: string): boolean => /^https?:\/\/[^/\s]+/i.test(text);

export const withoutTrailingSlash = (url: string): string => url.replace(/(?<!\/)\/+$/, '');

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a redirect URI is one that is registered: letter by letter, but for the port of an address of the same machine
 * (Microsoft Entra docs, reply-url: localhost exceptions).
 */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (registered.includes(uri)) return true;
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  if (url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) return false;
  url.port = '';
  return registered.some((each) => URL.canParse(each) && new URL(each).href === url.href);
}
