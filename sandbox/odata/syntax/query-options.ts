import { ODataError } from '../errors';
import type { Expression } from './expression';
import type { Grammar } from './grammar';
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
  skip?: number;
  count: boolean;
  apply?: string;
  skipToken?: string;
  deltaToken?: string;
  aliases: Aliases;
  /** Name and undecoded value of every option, in the order sent. */
  raw: ReadonlyArray<readonly [string, string]>;
}

type Reader = (value: string, options: Mutable, grammar: Grammar) => void;
type Mutable = { -readonly [Name in keyof QueryOptions]: QueryOptions[Name] };

const READERS: Readonly<Record<string, Reader>> = {
  $select: (value, options) => {
    options.select = list(value);
  },
  $filter: (value, options, grammar) => {
    options.filter = parseFilter(value, grammar, options.aliases);
  },
  $orderby: (value, options) => {
    options.orderBy = list(value).map(parseOrderBy);
  },
  $expand: (value, options, grammar) => {
    checkNoAlias(value);
    options.expand = splitOutside(value, ',').map((part) =>
      parseExpand(part, grammar, options.aliases),
    );
  },
  $top: (value, options) => {
    options.top = wholeNumber('$top', value);
  },
  $skip: (value, options) => {
    options.skip = wholeNumber('$skip', value);
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

/** Options of a request: `$select=a&$top=1&@p1='x'`. Names without a dollar sign are left to the caller. */
export function parseQuery(query: string, grammar: Grammar): QueryOptions {
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
    if (name.startsWith('$')) readerOf(name, grammar)(decodeQuery(value), options, grammar);
  }
  return options;
}

export function emptyOptions(aliases: Aliases = new Map(), raw: QueryOptions['raw'] = []): Mutable {
  return { orderBy: [], expand: [], count: false, aliases, raw };
}

function readerOf(name: string, { options }: Grammar): Reader {
  const reader = options.has(name) ? READERS[name] : undefined;
  if (!reader) throw new ODataError(`The query parameter ${name} is not supported`);
  return reader;
}

/** In a query a plus sign is a space. */
export function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ODataError(
      `The query '${text}' is not valid: a percent sign must be encoded as %25.`,
    );
  }
}

const list = (value: string): string[] =>
  splitOutside(value, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function parseOrderBy(part: string): OrderBy {
  const [path = '', direction = 'asc', ...rest] = part.split(/\s+/);
  if (rest.length > 0 || !/^(asc|desc)$/.test(direction)) {
    throw new ODataError(`Syntax error at position ${path.length + 1} in '${part}'.`);
  }
  return { segments: path.split('/'), descending: direction === 'desc' };
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d+$/.test(value)) {
    throw new ODataError(
      `Invalid value '${value}' for ${name} query option found. ` +
        `The ${name} query option requires a non-negative integer value.`,
    );
  }
  return Number(value);
}

function parseBoolean(value: string): boolean {
  if (value !== 'true' && value !== 'false') {
    throw new ODataError(
      `Invalid value '${value}' for $count query option found. Use true or false.`,
    );
  }
  return value === 'true';
}

/** Documented: parameter aliases are not supported inside `$expand`. */
function checkNoAlias(expand: string): void {
  const [alias] = /@\w+/.exec(expand.replace(/'[^']*'/g, '')) ?? [];
  if (alias) throw new ODataError(`The parameter alias '${alias}' cannot be used in $expand.`);
}

function parseExpand(part: string, grammar: Grammar, aliases: Aliases): Expand {
  const text = part.trim();
  const open = text.indexOf('(');
  const path = open < 0 ? text : text.slice(0, open);
  if (open >= 0 && !text.endsWith(')')) throw new ODataError(`Syntax error in $expand '${text}'.`);
  const raw: Array<readonly [string, string]> = [];
  const options = emptyOptions(aliases, raw);
  for (const option of open < 0 ? [] : splitOutside(text.slice(open + 1, -1), ';')) {
    const equals = option.indexOf('=');
    const name = option.slice(0, equals).trim();
    if (grammar.notInExpand.has(name)) readerOf(`${name} (in $expand)`, grammar);
    const value = option.slice(equals + 1).trim();
    readerOf(name, grammar)(value, options, grammar);
    raw.push([name, value]);
  }
  const [navigation = '', suffix] = path.split('/');
  if (suffix !== undefined && suffix !== '$ref') {
    throw new ODataError(`Found a path with multiple navigation properties in $expand: '${path}'.`);
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
