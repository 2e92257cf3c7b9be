import { type ErrorClass, type FailedRule, ServiceError } from '../errors';
import { redact } from '../http/redact';
import { classifyStatus } from '../http/status';
import { retryAfterMs } from '../http/wait';
import type { FailedAnswer } from './service';

export interface ErrorWords {
  title: string;
  fix?: string;
}

export interface KnownError extends ErrorWords {
  class: ErrorClass;
}

export interface ErrorBody {
  code?: string;
  message?: string;
}

/** How one service tells what went wrong. */
export interface ErrorDialect {
  /** By the service's own code, in lower case: the code decides before the status does. */
  known: Readonly<Record<string, KnownError>>;
  /** For an answer without a known code. */
  byClass: Partial<Record<ErrorClass, ErrorWords>>;
  /** Where neither says anything. */
  otherwise: ErrorWords;
  /** Headers with the service's name for the request, the best one first; in lower case. */
  requestIdHeaders: readonly string[];
  /** Code and text out of a parsed body. Default: where OData has them. */
  read?(body: unknown): ErrorBody;
  /** The row of a mapping at which a text lays the fault, whatever the document: what it fills is not there. */
  rowOf?(message: string): FailedRule | undefined;
}

const MAX_MESSAGE = 500;

export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * `{"error":{"code":"…","message":"…"}}` (OData 4.0 JSON Format, 19); what stands in front of a service answers with
 * `Message`, or HTML.
 */
export function readError(body: unknown): ErrorBody {
  const outer = asObject(body);
  const inner = asObject(outer?.['error']) ?? outer;
  const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
  return {
    code: text(inner?.['code']),
    message: text(inner?.['message']) ?? text(inner?.['Message']),
  };
}

/** A 412 or 409 without a known code: was there such a row, or was it changed meanwhile? */
const ALREADY_THERE = /matching key values already|already exists|duplicate/i;

function classWithoutCode(
  { status, isAbsent = false }: FailedAnswer,
  message: string | undefined,
): ErrorClass {
  const errorClass = classifyStatus(status);
  if (errorClass !== 'conflict') return errorClass;
  if (ALREADY_THERE.test(message ?? '')) return 'duplicate';
  return isAbsent ? 'not-found' : 'conflict';
}

function said(message: string | undefined, status: number): string {
  if (!message) return `status ${status}`;
  const clean = redact(message.replace(/\s+/g, ' ').trim());
  return clean.length > MAX_MESSAGE ? `${clean.slice(0, MAX_MESSAGE)}…` : clean;
}

/** Makes `errorOf` of a service: what was answered, as something that a person can act on. */
export function errorReader({
  known,
  byClass,
  otherwise,
  requestIdHeaders,
  read = readError,
  rowOf,
}: ErrorDialect): (answer: FailedAnswer) => ServiceError {
  return (answer) => {
    const { status, headers, body } = answer;
    const { code: given, message } = read(parsed(body));
    const code = given?.toLowerCase();
    const ours = code !== undefined && Object.hasOwn(known, code) ? known[code] : undefined;
    const errorClass = ours?.class ?? classWithoutCode(answer, message);
    const { title, fix } = ours ?? byClass[errorClass] ?? otherwise;
    return new ServiceError(`${title}: ${said(message, status)}`, {
      class: errorClass,
      code,
      status,
      fix,
      requestId: requestIdHeaders.map((name) => headers[name]).find((id) => id !== undefined),
      retryAfterMs: retryAfterMs(headers, Date.now()),
      rule: message === undefined ? undefined : rowOf?.(message),
    });
  };
}
