import { ODataError } from '../errors';

export type TokenKind =
  'name' | 'text' | 'number' | 'guid' | 'datetime' | 'enum' | 'alias' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  text: string;
  position: number;
}

/** Longest and most special first: a GUID or a date may begin like a number. */
const PATTERNS: ReadonlyArray<readonly [TokenKind, RegExp]> = [
  ['guid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy],
  [
    'datetime',
    /-?\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?(?![\w])/iy,
  ],
  ['number', /[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?:[lmfd](?!\w))?(?![\w.])/iy],
  ['enum', /[A-Za-z_][\w.]*'(?:[^']|'')*'/y],
  ['name', /\$?[A-Za-z_][\w.]*(?:@odata\.[a-z]+)?/y],
  ['alias', /@[A-Za-z_]\w*/y],
  ['text', /'(?:[^']|'')*'/y],
  ['text', /"(?:[^"\\]|\\.)*"/y],
  ['symbol', /[(),=/:;[\]{}*]/y],
];

const SPACE = /\s*/y;

/** Splits an OData expression into tokens. Text keeps its quotes: see `textOf`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let position = skipSpace(source, 0);
  while (position < source.length) {
    const token = tokenAt(source, position);
    tokens.push(token);
    position = skipSpace(source, position + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', position });
  return tokens;
}

function skipSpace(source: string, from: number): number {
  SPACE.lastIndex = from;
  return from + (SPACE.exec(source)?.[0].length ?? 0);
}

function tokenAt(source: string, position: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = position;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, position };
  }
  const opened = source[position] === "'" || source[position] === '"';
  throw new ODataError(
    opened
      ? `There is an unterminated string literal at position ${source.length} in '${source}'.`
      : `Syntax error: character '${source[position]}' is not valid at position ${position} in '${source}'.`,
  );
}

/** The value of a quoted token: `'O''Neil'` → O'Neil; double quotes as in JSON. */
export function textOf(quoted: string): string {
  if (quoted.startsWith('"')) return String(JSON.parse(quoted));
  return quoted.slice(1, -1).replaceAll("''", "'");
}
