import { errors } from '../errors';
import type { Expression } from './expression';
import { parseFilter, type Aliases } from './parser';

export interface OrderBy {
  segments: readonly string[];
  descending: boolean;
}

export interface Expand {
  navigation: string;
  /** `$expand=nav/$ref`: the address only. */
  ref: boolean;
  options: QueryOptions;
}

export interface QueryOptions {
  select?: readonly string[];
  filter?: Expression;
  orderBy: readonly OrderBy[];
  expand: readonly Expand[];
  top?: number;
  count: boolean;
  apply?: string;
  skipToken?: string;
  deltaToken?: string;
  aliases: Aliases;
  /** Name and undecoded value of every option, in the order sent. */
  raw: ReadonlyArray<readonly [string, string]>;
}

type Reader = (value: string, options: Mutable, aliases: Aliases) => void;
type Mutable = { -readonly [Name in keyof QueryOptions]: QueryOptions[Name] };

const READERS: Readonly<Record<string, Reader>> = {
  $select: (value, options) => {
    options.select = list(value);
  },
  $filter: (value, options, aliases) => {
    options.filter = parseFilter(value, aliases);
  },
  $orderby: (value, options) => {
    options.orderBy = list(value).map(parseOrderBy);
  },
  $expand: (value, options, aliases) => {
    checkNoAlias(value);
    options.expand = splitOutside(value, ',').map((part) => parseExpand(part, aliases));
  },
  $top: (value, options) => {
    options.top = parseTop(value);
  },
  $count: (value, options) => {
    options.count = parseBoolean(value);
  },
  $apply: (value, options) => {
    options.apply = value;
  },
  $skiptoken: (value, options) => {
    options.skipToken = value;
  },
  $deltatoken: (value, options) => {
    options.deltaToken = value;
  },
  // Address of the row that DELETE …/$ref unlinks; read where it is used.
  $id: () => undefined,
};

/** Documented as not supported inside `$expand`. */
const NOT_IN_EXPAND: ReadonlySet<string> = new Set([
  '$count',
  '$skiptoken',
  '$deltatoken',
  '$apply',
]);

/** Options of a request: `$select=a&$top=1&@p1='x'`. Names without a dollar sign are left to the caller. */
export function parseQuery(query: string): QueryOptions {
  const raw = query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? ([decodeQuery(part), ''] as const)
        : ([decodeQuery(part.slice(0, equals)), part.slice(equals + 1)] as const);
    });
  const aliases = new Map(
    raw.filter(([name]) => name.startsWith('@')).map(([name, value]) => [name, decodeQuery(value)]),
  );
  const options = emptyOptions(aliases, raw);
  for (const [name, value] of raw) {
    if (name.startsWith('$')) readerOf(name)(decodeQuery(value), options, aliases);
  }
  return options;
}

export function emptyOptions(aliases: Aliases = new Map(), raw: QueryOptions['raw'] = []): Mutable {
  return { orderBy: [], expand: [], count: false, aliases, raw };
}

function readerOf(name: string): Reader {
  const reader = READERS[name];
  if (!reader) throw errors.query(`The query parameter ${name} is not supported`);
  return reader;
}

/** In a query a plus sign is a space. */
export function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw errors.query(`The query '${text}' is not valid: a percent sign must be encoded as %25.`);
  }
}

const list = (value: string): string[] =>
  splitOutside(value, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function parseOrderBy(part: string): OrderBy {
  const [path = '', direction = 'asc', ...rest] = part.split(/\s+/);
  if (rest.length > 0 || !/^(asc|desc)$/.test(direction)) {
    throw errors.query(`Syntax error at position ${path.length + 1} in '${part}'.`);
  }
  return { segments: path.split('/'), descending: direction === 'desc' };
}

function parseTop(value: string): number {
  if (!/^\d+$/.test(value)) {
    throw errors.query(
      `Invalid value '${value}' for $top query option found. ` +
        'The $top query option requires a non-negative integer value.',
    );
  }
  return Number(value);
}

function parseBoolean(value: string): boolean {
  if (value !== 'true' && value !== 'false') {
    throw errors.query(
      `Invalid value '${value}' for $count query option found. Use true or false.`,
    );
  }
  return value === 'true';
}

/** Documented: parameter aliases are not supported inside `$expand`. */
function checkNoAlias(expand: string): void {
  const [alias] = /@\w+/.exec(expand.replace(/'[^']*'/g, '')) ?? [];
  if (alias) throw errors.query(`The parameter alias '${alias}' cannot be used in $expand.`);
}

function parseExpand(part: string, aliases: Aliases): Expand {
  const text = part.trim();
  const open = text.indexOf('(');
  const path = open < 0 ? text : text.slice(0, open);
  if (open >= 0 && !text.endsWith(')')) throw errors.query(`Syntax error in $expand '${text}'.`);
  const raw: Array<readonly [string, string]> = [];
  const options = emptyOptions(aliases, raw);
  for (const option of open < 0 ? [] : splitOutside(text.slice(open + 1, -1), ';')) {
    const equals = option.indexOf('=');
    const name = option.slice(0, equals).trim();
    if (NOT_IN_EXPAND.has(name)) readerOf(`${name} (in $expand)`);
    const value = option.slice(equals + 1).trim();
    readerOf(name)(value, options, aliases);
    raw.push([name, value]);
  }
  const [navigation = '', suffix] = path.split('/');
  if (suffix !== undefined && suffix !== '$ref') {
    throw errors.query(`Found a path with multiple navigation properties in $expand: '${path}'.`);
  }
  return { navigation, ref: suffix === '$ref', options };
}

/** Splits at a separator that stands outside of quotes and parentheses. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
