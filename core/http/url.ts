import { validationError } from '../errors';

/** Undefined where the text is no address. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** With the flag `u` a pair of surrogates is one character, so that only a half without its other half is found. */
const HALF_A_PAIR = /\p{Surrogate}/u;

/** Whether every character of the text is whole: a text that was cut by its length may end in half an emoji. */
export function isWholeText(text: string): boolean {
  return !HALF_A_PAIR.test(text);
}

/**
 * The text as part of an address. Half a character has no encoding there, and what could stand in its place would
 * be another text.
 * @param field what the text is, for the message: `The value of name`
 */
export function encodeText(text: string, field: string): string {
  if (isWholeText(text)) return encodeURIComponent(text);
  throw validationError(
    `${field} contains half a character (half of an emoji, say), which no address can hold.`,
    'Correct the text; where it was shortened, shorten it between two characters.',
  );
}

/**
 * What names one record, as part of the path of an address.
 *
 * @param field what it is, for the message: `An ID`
 */
export function encodeId(id: string, field: string): string {
  // With one of these, the address would be that of a whole list, or of what stands above it.
  if (!['', '.', '..'].includes(id)) return encodeText(id, field);
  throw validationError(
    `${field} cannot be "${id}"`,
    'Give the value that names one record alone.',
  );
}

/** Names of this machine alone; nothing sent to them leaves it. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * The address as a URL. Refuses what would carry a token in clear text: http is for this machine only.
 * @param field what the user calls it, for the message
 */
export function secureUrl(address: string, field: string): URL {
  const url = parseUrl(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw validationError(
      `${field} is not a web address.`,
      `Write it with its protocol, such as https://contoso.crm4.dynamics.com.`,
    );
  }
  if (url.username || url.password) {
    throw validationError(
      `${field} holds a user name or password.`,
      'Remove the part before the @; secrets have their own fields.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw validationError(
      `${field} begins with http://, which would send the token unencrypted to ${url.host}.`,
      'Use https://. Plain http works only for this machine (localhost, 127.0.0.1).',
    );
  }
  return url;
}
