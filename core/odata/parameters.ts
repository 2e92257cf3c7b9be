import { validationError } from '../errors';
import * as values from '../values';
import type { CallableParameter } from './csdl';
import { dateOnly, type FilterValue, text } from './query';

/** Values of the parameters of actions and functions: of any type that they are given in, as their own type is sent. */

const integer = (value: unknown): unknown => values.integerIn(value);
const number = (value: unknown): unknown => values.numberIn(value);

/** Text without a zone is in UTC: the zone of the machine must not change what is sent. */
function moment(value: unknown): string | undefined {
  const read = values.momentIn(value, { zone: 'UTC' });
  return read === undefined ? undefined : new Date(read).toISOString();
}

/** Type → the value as JSON has it; undefined where it is none. */
const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  'Edm.Boolean': values.flagIn,
  'Edm.Byte': integer,
  'Edm.Int16': integer,
  'Edm.Int32': integer,
  'Edm.Int64': integer,
  'Edm.Decimal': number,
  'Edm.Double': number,
  'Edm.Date': (value) => values.dayIn(value),
  'Edm.DateTimeOffset': moment,
  'Edm.Guid': values.guidIn,
  'Edm.String': values.textIn,
};

/** Dates of JavaScript and of Luxon, of which n8n has a copy of its own, say in JSON what they are. */
function plain(value: unknown): unknown {
  const { toJSON } = Object(value) as { toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value;
}

function read(given: unknown, { name, type }: CallableParameter): unknown {
  const value = plain(given);
  const reader = READERS[type];
  if (reader === undefined || value === null || value === undefined) return value;
  const made = reader(value);
  if (made !== undefined) return made;
  const shown = typeof value === 'string' ? `"${value.slice(0, 60)}"` : JSON.stringify(value);
  throw validationError(
    `The parameter ${name} takes ${type}, not ${shown.slice(0, 62)}`,
    'Correct its value.',
  );
}

/** Text that begins as an object or a list does, for what is no plain value. */
function parsed(value: unknown, name: string): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw validationError(
      `The parameter ${name} is not valid JSON`,
      'Correct its brackets and quotes.',
    );
  }
}

/**
 * A value as JSON has it, and so the body of an action.
 *
 * @throws a validation error that names the parameter, where its type does not take the value
 */
export function inBody(value: unknown, parameter: CallableParameter): unknown {
  const { name, type, isList } = parameter;
  if (!isList) return read(type.startsWith('Edm.') ? value : parsed(value, name), parameter);
  const list = parsed(value, name);
  return Array.isArray(list) ? list.map((member) => read(member, parameter)) : list;
}

/** Type → how its text stands in an address (OData 4.0 ABNF: primitiveLiteral), where text alone does not tell. */
const LITERALS: Readonly<Record<string, (value: string) => FilterValue>> = {
  'Edm.Date': dateOnly,
  'Edm.DateTimeOffset': (value) => new Date(value),
  // Without its type, a text that looks like an ID or a moment would be sent as one.
  'Edm.String': text,
};

/** The same as a function takes it, in the address. */
export function inAddress(value: unknown, parameter: CallableParameter): unknown {
  const made = inBody(value, parameter);
  const literal = LITERALS[parameter.type];
  return typeof made === 'string' && !parameter.isList && literal ? literal(made) : made;
}
