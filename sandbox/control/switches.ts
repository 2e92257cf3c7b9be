import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, readBody } from './input';

/** The readings of those switches that are named by a word, by switch. */
export type SwitchChoices = Readonly<Record<string, readonly string[]>>;

function checkKind(name: string, value: unknown, present: unknown, choices: SwitchChoices): void {
  const expected = typeof present;
  if (typeof value !== expected) throw new ControlError(400, `"${name}": must be a ${expected}`);
  const allowed = choices[name];
  if (allowed !== undefined && !allowed.includes(String(value))) {
    throw new ControlError(400, `"${name}": must be one of ${allowed.join(', ')}`);
  }
}

/** Sets known switches to values of the same kind, after all have been checked. */
function applySwitches(target: object, body: unknown, choices: SwitchChoices): object {
  const given = readBody(z.record(z.unknown()), body);
  const known = new Map<string, unknown>(Object.entries(target));
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) {
      throw new ControlError(
        400,
        `"${name}": no such switch; there are ${[...known.keys()].join(', ')}`,
      );
    }
    checkKind(name, value, known.get(name), choices);
  }
  return Object.assign(target, given);
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
