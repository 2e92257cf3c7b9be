import { validationError } from '../errors';
import { flagIn, integerIn, numberIn } from '../values';
import type { Callable, CallableParameter, Callables } from './csdl';
import { actionOperation, functionOperation } from './operations';
import { enumMember, text } from './query';
import type { Bound, ODataClient, Row, SingleOperation } from './types';

/** One call of an action or a function. */
export interface Call {
  name: string;
  kind: Callable['kind'];
  parameters: Row;
  bound?: Bound;
  /** A second delivery does no harm; of functions it never does. */
  repeatable?: boolean;
  headers?: Record<string, string>;
}

/** What a call is to be made on: nothing, a set of rows of a type, or one of them. */
export type Place = { on: 'nothing' } | { on: 'set' | 'row'; type: string };

/** A type from which all rows of a service descend: what is bound to it can be called on each. */
const OF_ALL: ReadonlySet<string> = new Set(['crmbaseentity']);

/** Whether something can be called at a place. */
export function isAt({ bound }: Callable, place: Place): boolean {
  if (!bound || place.on === 'nothing') return !bound && place.on === 'nothing';
  return (
    bound.isSet === (place.on === 'set') && (bound.type === place.type || OF_ALL.has(bound.type))
  );
}

function placed({ bound }: Callable): string {
  if (!bound) return 'called by itself: set Bound To to Nothing';
  return bound.isSet
    ? `called on the table ${bound.type}: set Bound To to Table`
    : `called on a row of ${bound.type}: set Bound To to Row`;
}

/**
 * The action or function of a name that can be called at a place.
 *
 * @throws a validation error that says where it can be called, or that there is none
 */
export function callableOf({ all }: Callables, name: string, place: Place): Callable {
  const wanted = (name.split('.').at(-1) ?? '').toLowerCase();
  const called = all.filter((one) => one.name.toLowerCase() === wanted);
  const found = called.find((one) => isAt(one, place));
  if (found) return found;
  const [other] = called;
  if (!other) {
    throw validationError(
      `The service has no action or function "${name}"`,
      'Choose one from the list; a custom API or process has to be there and activated, and is called by its unique name.',
    );
  }
  throw validationError(
    `${other.name} is not called there`,
    `It is ${[...new Set(called.slice(0, 5).map(placed))].join(', or ')}.`,
  );
}

const CONVERTERS: Readonly<Record<string, (value: string) => unknown>> = {
  'Edm.Boolean': flagIn,
  'Edm.Byte': integerIn,
  'Edm.Int16': integerIn,
  'Edm.Int32': integerIn,
  'Edm.Int64': integerIn,
  'Edm.Decimal': numberIn,
  'Edm.Double': numberIn,
};

/** Text that stands for something else: a number or switch, or an object or list as JSON. */
function converted(value: string, { name, type, isList }: CallableParameter): unknown {
  const isPlain = type.startsWith('Edm.') && !isList;
  if (!isPlain && /^\s*[[{]/.test(value)) {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw validationError(
        `The parameter ${name} is not valid JSON`,
        'Correct its brackets and quotes.',
      );
    }
  }
  const convert = isPlain ? CONVERTERS[type] : undefined;
  if (!convert) return value;
  const made = convert(value);
  if (made !== undefined) return made;
  throw validationError(
    `The parameter ${name} takes ${type}, not "${value.slice(0, 60)}"`,
    'Correct its value.',
  );
}

/**
 * Parameters as the service takes them: text becomes what its type says.
 *
 * @throws a validation error for a parameter that there is not
 */
export function parametersOf(
  { kind, name, parameters }: Callable,
  given: Row,
  { enums }: Callables,
  namespace: string,
): Row {
  const known = new Map(parameters.map((one) => [one.name.toLowerCase(), one]));
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const parameter = known.get(key.toLowerCase());
      if (!parameter) {
        const names = parameters.map((one) => one.name).join(', ') || 'none';
        throw validationError(`${name} has no parameter "${key}"`, `It has: ${names}.`);
      }
      if (typeof value !== 'string') return [parameter.name, value];
      const made = converted(value, parameter);
      if (kind === 'action' || typeof made !== 'string') return [parameter.name, made];
      if (enums.has(parameter.type)) {
        return [parameter.name, enumMember(`${namespace}.${parameter.type}`, made)];
      }
      // Without its type, a text that looks like an ID would be sent as one.
      return [parameter.name, parameter.type === 'Edm.String' ? text(made) : made];
    }),
  );
}

/** The request of a call, to be sent alone or in a batch. */
export function callOperation(
  { service }: ODataClient,
  { name, kind, parameters, bound, repeatable, headers }: Call,
): SingleOperation {
  if (kind === 'function') {
    return { ...functionOperation(service, name, parameters, bound), headers };
  }
  return { ...actionOperation(service, name, parameters, bound), headers, repeatable };
}
