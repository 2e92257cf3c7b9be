import { parseXml, type Element } from '../fetchxml/xml';
import type { Row } from '../store/row';

/** How an endpoint is called: its address, and the headers that it knows its caller by. */
export interface Address {
  url: string;
  headers: Record<string, string>;
}

/** A delivery that cannot be sent, by the code of Dataverse. */
export interface Unsendable {
  code: string;
  message: string;
}

/** Name of the secret in a stored row; no column, and so never shown. */
export const SECRET = 'authvalue (kept)';

const WEBHOOK_KEY = 4;
const HTTP_HEADER = 5;
const HTTP_QUERY = 6;

/** Undefined where the text is no XML. */
function rootOf(text: string): Element | undefined {
  try {
    return parseXml(text);
  } catch {
    return undefined;
  }
}

/** Pairs of `<settings><setting name="x-secret" value="…"/></settings>`; undefined when that is not what it is. */
export function settingsOf(text: string): Array<[string, string]> | undefined {
  const root = rootOf(text);
  if (root?.name !== 'settings' || root.text.trim() !== '') return undefined;
  const pairs: Array<[string, string]> = [];
  for (const { name: element, attributes } of root.children) {
    const { name, value } = attributes;
    if (element !== 'setting' || name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

const withQuery = (url: string, pairs: ReadonlyArray<readonly [string, string]>): string => {
  const target = new URL(url);
  for (const [name, value] of pairs) target.searchParams.append(name, value);
  return target.toString();
};

/** Source: Dataverse docs, register-web-hook (authentication options), and its error codes for values that do not fit. */
export function addressOf(endpoint: Row): Address | Unsendable {
  const url = String(endpoint.url ?? '');
  const secret = String(endpoint[SECRET] ?? '');
  const settings = settingsOf(secret);
  switch (endpoint.authtype) {
    case WEBHOOK_KEY:
      return { url: withQuery(url, [['code', secret]]), headers: {} };
    case HTTP_HEADER:
      return settings?.every(([name, value]) => HEADER_NAME.test(name) && HEADER_VALUE.test(value))
        ? { url, headers: Object.fromEntries(settings) }
        : { code: '0x80050203', message: 'The webhook header authentication value is not valid.' };
    case HTTP_QUERY:
      return settings
        ? { url: withQuery(url, settings), headers: {} }
        : {
            code: '0x80050204',
            message: 'The webhook query string authentication value is not valid.',
          };
    default:
      return { url, headers: {} };
  }
}
