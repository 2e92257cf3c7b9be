import { validationError } from '../errors';
import type { Callable, Callables } from './csdl';
import { actionOperation, functionOperation } from './operations';
import { inAddress, inBody } from './parameters';
import { enumMember } from './query';
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

type Bases = Callables['bases'];

/** A type, what it descends from, and so on; what is bound to any of them can be called on its rows. */
function lineage(type: string, bases: Bases): string[] {
  const line = new Set<string>();
  for (let one: string | undefined = type; one && !line.has(one); one = bases.get(one)) {
    line.add(one);
  }
  return [...line];
}

/** How far above the type of a place that is which something is bound to; -1 where it cannot be called there. */
function distance({ bound }: Callable, place: Place, bases: Bases): number {
  if (place.on === 'nothing') return bound ? -1 : 0;
  if (bound?.isSet !== (place.on === 'set')) return -1;
  return lineage(place.type, bases).indexOf(bound.type);
}

/** Whether something can be called at a place. */
export function isAt(callable: Callable, place: Place, bases: Bases): boolean {
  return distance(callable, place, bases) >= 0;
}

function placed({ bound }: Callable): string {
  if (!bound) return 'called by itself: set Bound To to Nothing';
  return bound.isSet
    ? `called on the table ${bound.type}: set Bound To to Table`
    : `called on a row of ${bound.type}: set Bound To to Row`;
}

/**
 * The action or function of a name that can be called at a place; of several, that of the nearest type.
 *
 * @throws a validation error that says where it can be called, or that there is none
 */
export function callableOf({ all, bases }: Callables, name: string, place: Place): Callable {
  const wanted = (name.split('.').at(-1) ?? '').toLowerCase();
  const called = all.filter((one) => one.name.toLowerCase() === wanted);
  const [found] = called
    .filter((one) => isAt(one, place, bases))
    .sort((one, other) => distance(one, place, bases) - distance(other, place, bases));
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

/**
 * Parameters as the service takes them: each becomes what its type says.
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
      if (kind === 'action') return [parameter.name, inBody(value, parameter)];
      const made = inAddress(value, parameter);
      return [
        parameter.name,
        typeof made === 'string' && enums.has(parameter.type)
          ? enumMember(`${namespace}.${parameter.type}`, made)
          : made,
      ];
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
