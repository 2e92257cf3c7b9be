import { errors } from '../errors';
import type { JsonObject } from '../options';

/** What an action takes. */
export type Parameters = Readonly<Record<string, 'required' | 'optional'>>;

export const missing = (parameter: string): Error =>
  errors.invalidArgument(`The parameter '${parameter}' is missing.`);

/** Refuses a parameter that the action has not, and the lack of one that it needs. */
export function checkParameters(name: string, parameters: Parameters, body: JsonObject): void {
  const unknown = Object.keys(body).find((given) => !Object.hasOwn(parameters, given));
  if (unknown !== undefined) {
    throw errors.query(
      `The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${name}'.`,
    );
  }
  const left = Object.keys(parameters).find(
    (parameter) => parameters[parameter] === 'required' && (body[parameter] ?? null) === null,
  );
  if (left !== undefined) throw missing(left);
}
