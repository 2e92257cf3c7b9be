import { keyPath } from '../documents';
import { validationError } from '../errors';

/**
 * Paths into a document.
 *
 * | path | reads |
 * |---|---|
 * | `a.b[0].c`, `a[-1]` | key, element, last element |
 * | `["a.b"].c` | a key with a dot or bracket in its name |
 * | `items[*].sku` | one value of every element |
 * | `surcharges[type=shipping].value` | of the elements that fit (`=`, `!=`, `>`, `>=`, `<`, `<=`; `,` is "and") |
 * | `$.items[shipment=^.id].sku` | of those that fit the element that is read for: `^` is here what the path begins from |
 * | `a ?? b` | the first that has a value |
 * | `^.id`, `^.^.id` | the element around the current list, and the one around that |
 * | `$.id` | the whole document |
 * | `@index`, `@source.store` | place in the list; what the caller knows |
 * | `@settings.prices` | what the user chose beside the rows |
 */
export type PathRoot =
  | { kind: 'current' }
  | { kind: 'parent'; levels: number }
  | { kind: 'document' }
  | { kind: 'index' }
  | { kind: 'source' }
  | { kind: 'settings' }
  | { kind: 'mapped' };

export const FILTER_OPERATORS = ['!=', '>=', '<=', '=', '>', '<'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

export interface FilterTest {
  path: Path;
  operator: FilterOperator;
  /** As written, for comparing text. */
  text: string;
  value: string | number | boolean | null;
  /** What is compared with in the place of `value`: where it stands in the element that the path is read for. */
  reference?: PathStep[];
}

export type PathStep =
  | { kind: 'key'; key: string }
  | { kind: 'index'; index: number }
  | { kind: 'all' }
  | { kind: 'filter'; tests: FilterTest[] };

export interface Path {
  text: string;
  root: PathRoot;
  /** The text behind the root. */
  rest: string;
  steps: PathStep[];
}

/** Reading or writing these would reach the prototype of all objects. */
export const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

const GRAMMAR = 'Write it like a.b, items[0].sku, items[*].sku or surcharges[type=shipping].value.';

function fail(text: string, why: string, fix = GRAMMAR): never {
  throw validationError(`path "${text}" ${why}`, fix);
}

export function safeKey(key: string, text: string): string {
  if (UNSAFE_KEYS.has(key)) {
    fail(text, `uses the reserved name "${key}"`, 'Choose another field: this name is not data.');
  }
  return key;
}

/** Where `needle` stands outside quotes and brackets, from `start` on; -1 if nowhere. */
function findOutside(text: string, needle: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (depth > 0 && (char === '"' || char === "'")) quote = char;
    else if (depth === 0 && text.startsWith(needle, at)) return at;
    else if (char === '[') depth += 1;
    else if (char === ']') depth -= 1;
  }
  return -1;
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = findOutside(text, separator, 0); at !== -1;) {
    parts.push(text.slice(start, at));
    start = at + separator.length;
    at = findOutside(text, separator, start);
  }
  parts.push(text.slice(start));
  return parts;
}

/** A field inside another: `lines[*]` and `sku`, `contact` and `["a.b"]`. */
export function joinPath(prefix: string, rest: string): string {
  if (prefix === '' || rest === '') return prefix + rest;
  return rest.startsWith('[') ? prefix + rest : `${prefix}.${rest}`;
}

/** Whether a field is another, or something in it. */
export const isWithin = (path: string, around: string): boolean =>
  around === '' ||
  path === around ||
  path.startsWith(`${around}.`) ||
  path.startsWith(`${around}[`);

/** The field that steps lead to, as documents list it: `items[*].sku`. */
export function fieldOf(steps: readonly PathStep[]): string {
  const at = steps.reduce((text, step) => {
    const isElement = step.kind !== 'key' || (text !== '' && /^\d+$/.test(step.key));
    return isElement ? `${text}[*]` : keyPath(text, step.key);
  }, '');
  return at.replace(/(\[\*\])+/g, '[*]').replace(/\[\*\]$/, '');
}

/** A path of keys and lists in the one way to write it; any other path, and what cannot be read, as it is. */
export function canonical(text: string): string {
  try {
    const { root, steps } = parsePath(text);
    const isPlain = steps.every(({ kind }) => kind === 'key' || kind === 'all');
    if (root.kind !== 'current' || !isPlain) return text;
    return steps.reduce(
      (path, step) => (step.kind === 'key' ? keyPath(path, step.key) : `${path}[*]`),
      '',
    );
  } catch {
    return text;
  }
}

/** All alternatives of `a ?? b`. */
export function parsePaths(text: string): Path[] {
  return splitOutside(text, '??').map((part) => parsePath(part.trim()));
}

export function parsePath(text: string): Path {
  if (text.trim() === '') fail(text, 'is empty');
  const { root, rest } = parseRoot(text.trim());
  return { text: text.trim(), root, rest, steps: parseSteps(rest, text.trim()) };
}

function parseRoot(text: string): { root: PathRoot; rest: string } {
  const parents = /^(\^(\.|$))+/.exec(text)?.[0];
  if (parents !== undefined) {
    const levels = parents.split('^').length - 1;
    return { root: { kind: 'parent', levels }, rest: text.slice(parents.length) };
  }
  const named = /^(\$|@index|@source|@settings|@mapped)(\.|(?=\[)|$)/.exec(text);
  if (named) {
    const kinds = {
      $: 'document',
      '@index': 'index',
      '@source': 'source',
      '@settings': 'settings',
      '@mapped': 'mapped',
    } as const;
    const kind = kinds[named[1] as keyof typeof kinds];
    return { root: { kind }, rest: text.slice(named[0].length) };
  }
  if (text.startsWith('@')) {
    fail(text, 'starts with an unknown "@" name', 'Use @index, @source, @settings or @mapped.');
  }
  return { root: { kind: 'current' }, rest: text };
}

function parseSteps(rest: string, text: string): PathStep[] {
  const steps: PathStep[] = [];
  let at = 0;
  let expectKey = rest !== '' && !rest.startsWith('[');
  while (at < rest.length || expectKey) {
    if (expectKey) {
      const key = /^[^.[\]]*/.exec(rest.slice(at))?.[0] ?? '';
      if (key.trim() === '') fail(text, 'has an empty part');
      steps.push({ kind: 'key', key: safeKey(key.trim(), text) });
      at += key.length;
      expectKey = false;
    } else if (rest.charAt(at) === '.') {
      at += 1;
      expectKey = rest.charAt(at) !== '[';
    } else if (rest.charAt(at) === '[') {
      const end = closingBracket(rest, at, text);
      addBracket(steps, parseBracket(rest.slice(at + 1, end).trim(), text));
      at = end + 1;
    } else {
      fail(text, `has "${rest.charAt(at)}" where "." or "[" should stand`);
    }
  }
  return steps;
}

/** `[a=1][b=2]` is one filter with two tests, as `[a=1,b=2]` is. */
function addBracket(steps: PathStep[], step: PathStep): void {
  const last = steps.at(-1);
  if (step.kind === 'filter' && last?.kind === 'filter') last.tests.push(...step.tests);
  else steps.push(step);
}

function closingBracket(rest: string, open: number, text: string): number {
  let quote = '';
  for (let at = open + 1; at < rest.length; at += 1) {
    const char = rest.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === ']') return at;
  }
  return fail(text, 'has a "[" without "]"', 'Add the closing bracket.');
}

function parseBracket(inner: string, text: string): PathStep {
  if (inner === '*') return { kind: 'all' };
  if (/^-?\d+$/.test(inner)) return { kind: 'index', index: Number(inner) };
  const quoted = unquote(inner);
  if (quoted !== undefined) return { kind: 'key', key: safeKey(quoted, text) };
  return { kind: 'filter', tests: splitFilter(inner).map((test) => parseTest(test, text)) };
}

function unquote(text: string): string | undefined {
  return /^"([^"]*)"$/.exec(text)?.[1] ?? /^'([^']*)'$/.exec(text)?.[1];
}

/** Commas inside quotes belong to the value. */
function splitFilter(inner: string): string[] {
  return inner.match(/(?:"[^"]*"|'[^']*'|[^,])+/g) ?? [inner];
}

function parseTest(test: string, text: string): FilterTest {
  const match = /^([^=!<>]+)(!=|>=|<=|=|>|<)(.*)$/.exec(test.trim());
  if (!match) fail(text, `has a filter "[${test}]" that compares nothing`, 'Write [name=value].');
  const [, left = '', operator = '=', right = ''] = match;
  const written = right.trim();
  return {
    path: parsePath(left.trim()),
    operator: operator as FilterOperator,
    text: unquote(written) ?? written,
    value: literal(written),
    ...(written.startsWith('^.') && { reference: referenceIn(written, text) }),
  };
}

/** Where `^.name` of a filter leads. The filter knows what its path is read for, and nothing around that. */
function referenceIn(written: string, text: string): PathStep[] {
  const { root, steps } = parsePath(written.slice('^.'.length));
  if (root.kind === 'current') return steps;
  const why =
    root.kind === 'parent'
      ? 'compares with more than one level up'
      : `compares with "${written}", which is no field of what the path is read for`;
  return fail(text, why, 'Write ^.name, or put it in quotes where it is a text.');
}

function literal(written: string): FilterTest['value'] {
  const quoted = unquote(written);
  if (quoted !== undefined) return quoted;
  if (written === 'true') return true;
  if (written === 'false') return false;
  if (written === 'null') return null;
  return written !== '' && Number.isFinite(Number(written)) ? Number(written) : written;
}
