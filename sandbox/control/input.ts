import type { z } from 'zod';

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
