import { get, isEqual, isPlainObject, startCase } from 'lodash';
import type { IExecuteFunctions, IGetNodeParameterOptions, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../core/errors';

/** Whether a parameter as saved holds an expression anywhere in it. */
export function hasExpression(raw: unknown): boolean {
  if (typeof raw === 'string') return raw.startsWith('=');
  if (typeof raw !== 'object' || raw === null) return false;
  return Object.values(raw).some(hasExpression);
}

/** A parameter by its name, or as the panel has it, for messages that call it as the panel does. */
export type Field =
  | string
  | (Pick<INodeProperties, 'name'> & Partial<Pick<INodeProperties, 'displayName' | 'options'>>);

/** As the panel calls the parameter; of a collection, the entry whose values are not the same. */
function labelOf(field: Field, one: unknown, other: unknown): string {
  const {
    name,
    displayName = startCase(name.split('.').at(-1)),
    options = [],
  } = typeof field === 'string' ? { name: field } : field;
  if (!isPlainObject(one) || !isPlainObject(other)) return displayName;
  const keys = Object.keys({ ...(one as object), ...(other as object) });
  const key = keys.find((each) => !isEqual(get(one, [each]), get(other, [each])));
  const entry = options.find((each) => each.name === key);
  const label = entry && 'displayName' in entry ? entry.displayName : startCase(key);
  return `${label} in ${displayName}`;
}

/**
 * The value of a parameter that holds for all items of a run.
 *
 * @param fallback what it is where it is not set, or not shown
 * @throws a validation error where it is an expression that comes to something else for another item: what is meant for
 * one would be done with all of them
 */
export function sameForAll<T>(context: IExecuteFunctions, field: Field, fallback?: unknown): T {
  const name = typeof field === 'string' ? field : field.name;
  const value: unknown = context.getNodeParameter(name, 0, fallback);
  if (!hasExpression(get(context.getNode().parameters, name))) return value as T;
  for (const index of context.getInputData().keys()) {
    const other: unknown = index === 0 ? value : context.getNodeParameter(name, index, fallback);
    if (isEqual(other, value)) continue;
    throw validationError(
      `${labelOf(field, value, other)} differs from item to item, and holds for the whole run`,
      'Set a fixed value, or run this node once for each value, such as with Loop Over Items.',
    );
  }
  return value as T;
}

export interface ParameterReader {
  /** The value of a parameter for one item. */
  <T>(name: string, index: number, fallback?: unknown, options?: IGetNodeParameterOptions): T;
  /** See `sameForAll`. */
  forAll<T>(field: Field, fallback?: unknown): T;
  /** Whether the parameter is the same for every item. */
  isStatic(name: string): boolean;
  /** Zone of the workflow, which a date of the panel is in that names none. */
  timezone(): string;
}

/**
 * Reads node parameters, and reads those that are the same for all items once. n8n takes about 400 µs for an
 * expression and resolves nested objects key by key; with thousands of items that is the whole run time.
 * A static value is shared between items: do not write into it.
 */
export function parameterReader(context: IExecuteFunctions): ParameterReader {
  const { parameters } = context.getNode();
  const once = new Map<string, unknown>();

  const isStatic = (name: string): boolean => !hasExpression(get(parameters, name));

  const read = <T>(
    name: string,
    index: number,
    fallback?: unknown,
    options?: IGetNodeParameterOptions,
  ): T => {
    if (once.has(name)) return once.get(name) as T;
    const constant = isStatic(name);
    const value = context.getNodeParameter(name, constant ? 0 : index, fallback, options);
    if (constant) once.set(name, value);
    return value as T;
  };

  return Object.assign(read, {
    forAll: <T>(field: Field, fallback?: unknown) => sameForAll<T>(context, field, fallback),
    isStatic,
    timezone: () => context.getTimezone(),
  });
}
