/** One `name[key]=value` of a query string. Without brackets `key` is undefined; `[]` gives an empty key. */
interface Entry {
  name: string;
  key?: string;
  value: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
};

function entryOf(pair: string): Entry {
  const equals = pair.indexOf('=');
  const left = decode(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
  const match = /^([^[]+)\[([^\]]*)\]/.exec(left);
  return match === null ? { name: left, value } : { name: match[1] ?? '', key: match[2], value };
}

/**
 * A query string as PHP reads it (`a[b]=c`, `a[]=c`), with the dots of `paymentStatus.code` kept, as API
 * Platform does. A `+` is a space, so a time zone that was not escaped is lost, as in the real thing.
 */
export class Query {
  private readonly entries: Entry[];

  constructor(url: string) {
    const question = url.indexOf('?');
    const text = question < 0 ? '' : url.slice(question + 1);
    this.entries = text.split('&').filter(Boolean).map(entryOf);
  }

  /** `name=value`; the last one counts. */
  scalar(name: string): string | undefined {
    return this.entries.findLast((entry) => entry.name === name && entry.key === undefined)?.value;
  }

  /** `name=value` or `name[]=value` (also `name[0]=value`), as a list. */
  list(name: string): string[] {
    return this.entries.filter((entry) => entry.name === name).map(({ value }) => value);
  }

  /** `name[key]=value` as a table. */
  table(name: string): Record<string, string> {
    const keyed = this.entries.filter((entry) => entry.name === name && entry.key);
    return Object.fromEntries(keyed.map(({ key = '', value }) => [key, value]));
  }

  /** The query string without `page`, for the links of a hydra view. */
  withPage(page: number): string {
    const kept = this.entries.filter(({ name }) => name !== 'page');
    const pairs = kept.map(({ name, key, value }) => {
      const left = key === undefined ? name : `${name}[${key}]`;
      return `${encodeURIComponent(left)}=${encodeURIComponent(value)}`;
    });
    return [...pairs, `page=${page}`].join('&');
  }
}
