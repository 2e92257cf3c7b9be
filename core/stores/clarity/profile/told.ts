import { get, sortBy, uniq } from 'lodash';
import type { z, ZodIssue } from 'zod';

import { closest } from '../../../mapping/suggest';
import type { LinedJson, Step } from './lines';
import { knownInstead, namesAt } from './names';

/** Something that is wrong in the text of a profile. */
export interface Problem {
  /** From 1. */
  line: number;
  text: string;
}

/** `resources.orders.list.path`; places in lists in brackets. */
function pathText(path: readonly Step[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Types of zod, in the words of JSON. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  float: 'a number with decimals',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a text',
};

/** zod joins the values of an enum as its type does: `'GET' | 'POST'`. */
function kindOf(type: string): string {
  const values = [...type.matchAll(/'([^']*)'/g)].map(([, value]) => value);
  return values.length > 0 ? `one of ${values.join(', ')}` : (KINDS[type] ?? type);
}

/** What a value of JSON is. */
export function kindOfValue(value: unknown): string {
  if (value === null) return kindOf('null');
  return kindOf(Array.isArray(value) ? 'array' : typeof value);
}

const joined = (kinds: readonly string[]): string =>
  kinds.length < 2 ? kinds.join('') : `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`;

/** What a profile is told by: its schema, and the text with what stands in it. */
export interface Told {
  schema: z.ZodTypeAny;
  json: LinedJson;
}

function needed({ schema }: Told, path: readonly Step[], expected: string): string {
  const names = expected === 'object' ? namesAt(schema, path) : [];
  return `${kindOf(expected)}${names.length > 0 ? ` with ${names.join(', ')}` : ''}`;
}

/** How the value that stands there would be one that may. */
function rewritten(value: unknown, expected: string): string {
  if (expected === 'array' && ['string', 'number'].includes(typeof value)) {
    return `: [${JSON.stringify(value)}]`;
  }
  const isQuoted =
    typeof value === 'string' &&
    (['number', 'integer'].includes(expected)
      ? /^-?\d+(\.\d+)?$/.test(value.trim())
      : expected === 'boolean' && /^(true|false)$/.test(value));
  return isQuoted ? `: ${String(value)} without quotes` : '';
}

function ofType(issue: ZodIssue & { code: 'invalid_type' }, told: Told): string {
  const { path, expected, received } = issue;
  const kind = needed(told, path, expected);
  if (received === 'undefined') return `is missing; it has to be ${kind}`;
  if (received === 'null') {
    return `is null, but cannot be missing: write ${kind}, or leave the line out to have what the profile has that this one extends`;
  }
  const value: unknown = get(told.json.value, path);
  return `is ${kindOf(received)}; it has to be ${kind}${rewritten(value, expected)}`;
}

/** Of one value that may be several things, and is none of them. */
function ofUnion(issues: readonly ZodIssue[], told: Told): string {
  const [first] = issues;
  const more = issues.find(({ code }) => code !== 'invalid_type' && code !== 'invalid_literal');
  const value: unknown = first && get(told.json.value, first.path);
  // A text of the right type is wrong for another reason, which says more than its type.
  if (more && typeof value === 'string') return said(more, told);
  const kinds = issues.flatMap((issue) => {
    if (issue.code === 'invalid_literal') return [JSON.stringify(issue.expected)];
    return issue.code === 'invalid_type' ? [needed(told, issue.path, issue.expected)] : [];
  });
  // What is followed by its names stands at the end, where they are not taken for further kinds.
  const wanted = `it has to be ${joined(sortBy(uniq(kinds), (kind) => kind.includes(' with ')))}`;
  if (value === undefined) return `is missing; ${wanted}`;
  const isListOfTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (isListOfTexts && kinds.includes('a text')) {
    return `is a list; paths of which the first counts that has a value are one text: ${JSON.stringify(value.join(' ?? '))}`;
  }
  return `is ${typeof value === 'object' ? kindOfValue(value) : JSON.stringify(value)}; ${wanted}`;
}

function said(issue: ZodIssue, told: Told): string {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue, told);
    case 'invalid_enum_value': {
      const options = issue.options.map(String);
      const meant = closest(String(issue.received), options);
      return `is "${issue.received}"; it has to be one of ${options.join(', ')}${meant ? `. Did you mean "${meant}"?` : ''}`;
    }
    case 'invalid_union':
      return ofUnion(
        issue.unionErrors.flatMap(({ issues }) => issues),
        told,
      );
    case 'invalid_string':
    case 'custom':
      return issue.message;
    case 'too_small':
      return issue.type === 'number' ? 'has to be greater than 0' : 'is empty';
    default:
      return 'has another form than a profile has there';
  }
}

function unknownNames(issue: ZodIssue & { code: 'unrecognized_keys' }, told: Told): Problem[] {
  const known = namesAt(told.schema, issue.path);
  const place = issue.path.length === 0 ? 'a profile' : pathText(issue.path);
  return issue.keys.map((key) => ({
    line: told.json.lineOf([...issue.path, key]),
    text: `${place} knows no "${key}".${knownInstead(key, issue.path, known)}`,
  }));
}

/** What an issue of the schema means for the text: the line, the path of the name, and what to write there. */
export function problemsOf(issue: ZodIssue, told: Told): Problem[] {
  if (issue.code === 'unrecognized_keys') return unknownNames(issue, told);
  // Of what may be one of several things the one that was meant is told: the first that failed deeper.
  if (issue.code === 'invalid_union') {
    const issues = issue.unionErrors.flatMap(({ issues: inner }) => inner);
    const deeper = issues.find(
      ({ code, path }) => path.length > issue.path.length || code === 'unrecognized_keys',
    );
    if (deeper) return problemsOf(deeper, told);
  }
  const line = told.json.lineOf(issue.path);
  const name = pathText(issue.path) || 'The profile';
  return [{ line, text: `${name} ${said(issue, told)}` }];
}
