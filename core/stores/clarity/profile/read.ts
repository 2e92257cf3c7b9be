import { isPlainObject } from 'lodash';

import { validationError } from '../../../errors';
import { didYouMean } from '../../../mapping/suggest';
import { BRIEF } from './brief';
import { CEF } from './cef';
import { foreignText } from './foreign';
import { JsonFault, type LinedJson, readLined } from './lines';
import { PARTS, type Profile, profileSchema } from './schema';
import { kindOfValue, type Problem, problemsOf } from './told';

/** The profiles that come with the pack, by the name that a profile of one's own extends. */
export const PROFILES: Readonly<Record<string, Profile>> = { brief: BRIEF, cef: CEF };

const WHERE = 'Correct API Profile in the credential.';
const MOST_TOLD = 10;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => isPlainObject(value);

/** Objects name by name, as deep as they go; null takes away; anything else takes the place of what was there. */
function merge(base: unknown, own: unknown): unknown {
  if (!isObject(base) || !isObject(own)) return own;
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(own)) {
    merged.set(name, merge(merged.get(name), value));
  }
  return Object.fromEntries(merged);
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
    const foreign = foreignText(text);
    throw faulty([{ line: foreign ? 1 : error.line, text: foreign ?? error.message }]);
  }
}

/** Without one to extend, what is missing is mostly no more than the word that says which. */
function requireParts(own: Json, json: LinedJson): void {
  const missing = PARTS.filter((part) => !Object.hasOwn(own, part));
  if (missing.length === 0) return;
  const names = Object.keys(PROFILES).map((name) => `"${name}"`);
  throw faulty([
    {
      line: json.lineOf([]),
      text: `the profile extends none, so that it has to say all by itself, and has no ${missing.join(', ')}. Write "extends": ${names.join(' or ')}, and only what differs from that one`,
    },
  ]);
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
    const text = `this is ${kindOfValue(json.value)}; a profile is an object, such as { "extends": "brief" }`;
    throw faulty([{ line: json.lineOf([]), text }]);
  }
  const base = baseOf(json.value, json);
  const { extends: _base, ...own } = json.value;
  if (!base) requireParts(own, json);
  const named = base && { ...base, name: `${base.name}, edited` };
  const result = profileSchema.safeParse(named ? merge(named, own) : own);
  if (result.success) return result.data;
  throw faulty(
    result.error.issues.flatMap((issue) => problemsOf(issue, { schema: profileSchema, json })),
  );
}
