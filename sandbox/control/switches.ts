import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, readBody } from './input';

/** The readings of those switches that are named by a word, by switch. */
export type SwitchChoices = Readonly<Record<string, readonly string[]>>;

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const WORDS: Readonly<Record<string, string>> = { object: 'an object' };

/** Where a switch stands: by its own name, or by that of its group and its own. */
const placeOf = (group: string | undefined, name: string): string =>
  group === undefined ? name : `${group}.${name}`;

interface Check {
  choices: SwitchChoices;
  /** Name of the switch whose members these are; their choices are the group's. */
  group?: string;
}

function checkKind(name: string, value: unknown, present: unknown, check: Check): void {
  const place = placeOf(check.group, name);
  const expected = typeof present;
  if (typeof value !== expected || isGroup(value) !== isGroup(present)) {
    throw new ControlError(400, `"${place}": must be ${WORDS[expected] ?? `a ${expected}`}`);
  }
  if (isGroup(value) && isGroup(present)) {
    checkAll(value, present, { ...check, group: place });
    return;
  }
  const allowed = check.choices[check.group ?? name];
  if (allowed !== undefined && !allowed.includes(String(value))) {
    throw new ControlError(400, `"${place}": must be one of ${allowed.join(', ')}`);
  }
}

function checkAll(given: object, target: object, check: Check): void {
  const known = new Map<string, unknown>(Object.entries(target));
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) {
      throw new ControlError(
        400,
        `"${placeOf(check.group, name)}": no such switch; there are ${[...known.keys()].join(', ')}`,
      );
    }
    checkKind(name, value, known.get(name), check);
  }
}

/** Of a group only the members that are given. */
function assign(target: Record<string, unknown>, given: object): void {
  for (const [name, value] of Object.entries(given)) {
    const present = target[name];
    target[name] = isGroup(value) && isGroup(present) ? { ...present, ...value } : value;
  }
}

/** Sets known switches to values of the same kind, after all have been checked. */
function applySwitches(target: object, body: unknown, choices: SwitchChoices): object {
  const given = readBody(z.record(z.unknown()), body);
  checkAll(given, target, { choices });
  assign(target as Record<string, unknown>, given);
  return target;
}

/** `GET` and `PUT /<service>/switches`, for a service with several readings of what its documentation leaves open. */
export function registerSwitches(
  app: FastifyInstance,
  service: string,
  switches: () => object,
  choices: SwitchChoices,
): void {
  const path = `/${service}/switches`;
  app.get(path, switches);
  app.put(path, (request) => applySwitches(switches(), request.body, choices));
}
