import { z } from 'zod';

/** What the control API refuses, with the status and a sentence that names the field. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ControlError';
  }
}

function sentence(issue: z.ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const at = issue.path.length > 0 ? ` in "${issue.path.join('.')}"` : '';
    return `unknown field${at}: ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  const field = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the body';
  return `${field}: ${issue.message}`;
}

export function describe(error: z.ZodError): string {
  return error.issues.map(sentence).join('; ');
}

/** Reads a body; an empty one counts as `{}`. */
export function readBody<S extends z.ZodTypeAny>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data as z.output<S>;
  throw new ControlError(400, describe(result.error));
}

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
export function applySwitches(target: object, body: unknown, choices: SwitchChoices): object {
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
