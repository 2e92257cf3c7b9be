import { isPlainObject } from 'lodash';
import { z, type ZodIssue } from 'zod';

import { validationError } from '../../../errors';
import { didYouMean } from '../../../mapping/suggest';
import { BRIEF } from './brief';
import { CEF } from './cef';
import { JsonFault, type LinedJson, readLined, type Step } from './lines';
import { type Profile, profileSchema } from './schema';

/** The profiles that come with the pack, by the name that a profile of one's own extends. */
export const PROFILES: Readonly<Record<string, Profile>> = { brief: BRIEF, cef: CEF };

const WHERE = 'Correct API Profile in the credential.';
const MOST_TOLD = 10;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => isPlainObject(value);

/** `resources.orders.list.path`; places in lists in brackets. */
function pathText(path: readonly Step[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Objects name by name, as deep as they go; null takes away; anything else takes the place of what was there. */
function merge(base: unknown, own: unknown): unknown {
  if (!isObject(base) || !isObject(own)) return own;
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(own)) {
    merged.set(name, merge(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

interface Problem {
  line: number;
  text: string;
}

/** Without what says no more than that it may be missing, or is checked further. */
function bare(type: z.ZodTypeAny | undefined): z.ZodTypeAny | undefined {
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable) {
    return bare(type.unwrap() as z.ZodTypeAny);
  }
  return type instanceof z.ZodEffects ? bare(type.innerType() as z.ZodTypeAny) : type;
}

/** The names that the schema knows at a place. */
function namesAt(path: readonly Step[]): string[] {
  let type: z.ZodTypeAny | undefined = profileSchema;
  for (const step of [...path, undefined]) {
    type = bare(type);
    if (!(type instanceof z.ZodObject)) return [];
    const shape = type.shape as Record<string, z.ZodTypeAny>;
    if (step === undefined) return Object.keys(shape);
    type = shape[String(step)];
  }
  return [];
}

function unknownNames(issue: ZodIssue & { code: 'unrecognized_keys' }, text: LinedJson): Problem[] {
  const known = namesAt(issue.path);
  const place = issue.path.length === 0 ? 'a profile' : pathText(issue.path);
  const list = known.length > 0 ? ` It knows ${known.join(', ')}.` : '';
  return issue.keys.map((key) => ({
    line: text.lineOf([...issue.path, key]),
    text: `${place} knows no "${key}".${didYouMean(key, known) || list}`,
  }));
}

function problemsOf(issue: ZodIssue, text: LinedJson): Problem[] {
  if (issue.code === 'unrecognized_keys') return unknownNames(issue, text);
  // Of what may be one of several things the one that was meant is told: the first that failed deeper.
  if (issue.code === 'invalid_union') {
    const issues = issue.unionErrors.flatMap(({ issues: inner }) => inner);
    const deeper = issues.find(({ path }) => path.length > issue.path.length);
    if (deeper) return problemsOf(deeper, text);
  }
  const line = text.lineOf(issue.path);
  const name = pathText(issue.path) || 'The profile';
  return [{ line, text: `${name} ${said(issue)}` }];
}

function said(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.received === 'undefined'
        ? `is missing; it is a ${issue.expected}`
        : `is a ${issue.received}; it has to be a ${issue.expected}`;
    case 'invalid_enum_value':
      return `is "${issue.received}"; it has to be one of ${issue.options.join(', ')}`;
    case 'invalid_string':
    case 'custom':
      return issue.message;
    case 'too_small':
      return issue.type === 'number' ? 'has to be greater than 0' : 'is empty';
    default:
      return 'has another form than a profile has there';
  }
}

/** What stands in `extends`, and the profile of that name. */
function baseOf(own: Json, text: LinedJson): Profile | undefined {
  const { extends: name } = own;
  if (name === undefined || name === null) return undefined;
  const known = typeof name === 'string' && Object.hasOwn(PROFILES, name);
  if (known) return PROFILES[name];
  const names = Object.keys(PROFILES);
  throw faulty([
    {
      line: text.lineOf(['extends']),
      text: `extends has to be one of ${names.join(', ')}.${didYouMean(String(name), names)}`,
    },
  ]);
}

function faulty(problems: Problem[]) {
  const sorted = [...problems].sort((one, other) => one.line - other.line);
  const told = sorted.slice(0, MOST_TOLD).map(({ line, text }) => `Line ${line}: ${text}`);
  const more = sorted.length > MOST_TOLD ? `\nand ${sorted.length - MOST_TOLD} more` : '';
  return validationError(`The API profile cannot be used. ${told.join('\n')}${more}`, WHERE);
}

function parse(text: string): LinedJson {
  try {
    return readLined(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw faulty([{ line: error.line, text: error.message }]);
  }
}

/**
 * A profile as a user writes it. Throws a `ServiceError` of class `validation` whose message names the line of the text and
 * the path of each thing that is wrong.
 *
 * @param text JSON; empty: the profile `brief`
 */
export function readProfile(text: string): Profile {
  if (text.trim() === '') return BRIEF;
  const json = parse(text);
  if (!isObject(json.value)) {
    throw faulty([{ line: 1, text: 'a profile is an object: { "extends": "brief" }' }]);
  }
  const base = baseOf(json.value, json);
  const { extends: _base, ...own } = json.value;
  const named = base && { ...base, name: `${base.name}, edited` };
  const result = profileSchema.safeParse(named ? merge(named, own) : own);
  if (result.success) return result.data;
  throw faulty(result.error.issues.flatMap((issue) => problemsOf(issue, json)));
}
