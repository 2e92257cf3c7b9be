import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SUPPORTED } from './negotiate';
import { badRequest, invalidInput, Problem, unprocessable, type Violation } from './problems';

export type Json = Record<string, unknown>;

const READABLE: ReadonlySet<string> = new Set(['application/json', 'application/ld+json']);

/** API Platform reads the header first and the body second. */
function checkContentType(request: FastifyRequest): void {
  const given = request.headers['content-type'];
  if (given === undefined) throw new Problem(415, 'The "Content-Type" header must exist.');
  const mime = (given.split(';')[0] ?? '').trim().toLowerCase();
  if (READABLE.has(mime)) return;
  const text = `The content-type "${given}" is not supported. Supported MIME types are ${SUPPORTED}.`;
  throw new Problem(415, text);
}

function parse(request: FastifyRequest): unknown {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Syntax error');
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object in a request's body. */
export function readBody(request: FastifyRequest, type: string): Json {
  checkContentType(request);
  const value = parse(request);
  if (isObject(value)) return value;
  const given = phpType(value);
  throw badRequest(`Expected IRI or document for resource "${type}", "${given}" given.`);
}

/** PHP's `gettype`. */
function phpType(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'string' : 'array';
}

/** A whole number. zod tells it from a fraction only after it has seen a number, PHP's types before. */
export const int = (): z.ZodNumber => z.number({ invalid_type_error: 'int' }).int();

const PHP_NAMES: Readonly<Record<string, string>> = {
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  object: 'array',
};

const at = (path: (string | number)[], value: unknown): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);

const pathText = (path: (string | number)[]): string => path.join('.');

function typeProblem(issue: z.ZodIssue, input: Json): Problem | undefined {
  if (issue.code !== 'invalid_type' || issue.received === 'undefined') return undefined;
  const name = PHP_NAMES[issue.expected] ?? issue.expected;
  const expected = issue.message === 'int' ? 'int' : name;
  const given = phpType(at(issue.path, input));
  return badRequest(
    `The type of the "${pathText(issue.path)}" attribute must be "${expected}", "${given}" given.`,
  );
}

const characters = (count: number | bigint): string =>
  `${count} character${Number(count) === 1 ? '' : 's'}`;

/** Symfony's words for what a validator finds. */
function sentence(issue: z.ZodIssue): string {
  if (issue.code === 'invalid_type') return 'This value should not be blank.';
  if (issue.code === 'too_small' && issue.type === 'string') {
    return `This value is too short. It should have ${characters(issue.minimum)} or more.`;
  }
  if (issue.code === 'too_big' && issue.type === 'string') {
    return `This value is too long. It should have ${characters(issue.maximum)} or less.`;
  }
  if (issue.code === 'too_small') {
    return `This value should be greater than or equal to ${issue.minimum}.`;
  }
  if (issue.code === 'too_big') {
    return `This value should be less than or equal to ${issue.maximum}.`;
  }
  if (issue.code === 'invalid_string' && issue.validation === 'email') {
    return 'This value is not a valid email address.';
  }
  const choice = issue.code === 'invalid_enum_value' || issue.code === 'invalid_union';
  return choice ? 'The value you selected is not a valid choice.' : issue.message;
}

const NOT_BLANK = 'c1051bb4-d103-4f74-8988-acbcafc7fdc3';

function violationOf(issue: z.ZodIssue): Violation {
  const message = sentence(issue);
  const code = message === 'This value should not be blank.' ? NOT_BLANK : null;
  return { propertyPath: pathText(issue.path), message, code };
}

/** A wrong type is a matter of the serializer (400), everything else of a validator. */
function read<S extends z.ZodTypeAny>(
  schema: S,
  input: Json,
  refuse: (violations: Violation[]) => Problem,
): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data as z.output<S>;
  const { issues } = result.error;
  const wrongType = issues.map((issue) => typeProblem(issue, input)).find(Boolean);
  throw wrongType ?? refuse(issues.map(violationOf));
}

/** Reads an input class: its validation answers 400 (`Input validations failed: …`). */
export function readInput<S extends z.ZodTypeAny>(schema: S, input: Json): z.output<S> {
  return read(schema, input, (violations) =>
    invalidInput(violations.map((each) => `${each.propertyPath}: ${each.message}`).join('; ')),
  );
}

/** Reads a plain entity: API Platform's validator answers 422 with violations. */
export function readEntity<S extends z.ZodTypeAny>(schema: S, input: Json): z.output<S> {
  return read(schema, input, unprocessable);
}
