import { errors } from '../errors';
import type { JsonObject } from '../options';
import type { Choice } from '../schema/types';
import { asLabelled, readLabels } from './labels';

/** The options of choices, as definitions have them. Source: Web API reference, OptionMetadata complex type. */

/**
 * What the service gives to options without a value: the prefix of the default publisher and a number from 0. Documented:
 * options are numbered within the prefix of the publisher; which prefix that is differs from environment to environment.
 */
const FIRST_VALUE = 727_000_000;

/** The next value that no option has. */
export function nextValue(taken: readonly Choice[]): number {
  const values = taken.map(({ value }) => value).filter((value) => value >= FIRST_VALUE);
  return Math.max(FIRST_VALUE - 1, ...values) + 1;
}

export function readChoices(options: unknown): Choice[] {
  const choices: Choice[] = [];
  for (const option of Array.isArray(options) ? (options as JsonObject[]) : []) {
    const value = readOptionValue(option.Value) ?? nextValue(choices);
    if (choices.some((other) => other.value === value)) throw takenValue(value);
    const labels = readLabels(option.Label);
    const named = Object.keys(labels).length > 0 ? asLabelled(labels) : { label: String(value) };
    choices.push({ value, ...named, description: readLabels(option.Description) });
  }
  return choices;
}

/** The value of an option in a body; undefined where the service is to give one. */
export function readOptionValue(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw errors.invalidArgument("'Value' of an option must be a whole number or null.");
}

export const takenValue = (value: number): Error =>
  errors.invalidArgument(`There is an option with the value ${value} already.`);
