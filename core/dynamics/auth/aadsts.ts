import { type ErrorClass, ServiceError } from '../../errors';
import { redact } from '../../http/redact';
import { classifyStatus } from '../../http/status';
import type { HttpResponse } from '../../http/types';
import { retryAfterMs } from '../../http/wait';
import { APPLICATION, CONSENT, PLACE } from './aadsts/app';
import type { Explanation, Explanations } from './aadsts/explanation';
import { PASSING, POLICY, USER } from './aadsts/user';

/** By what they are about, as the documentation tells them. Source: Entra docs, identity-platform/reference-error-codes. */
export const AADSTS_SUBJECTS: ReadonlyArray<{ subject: string; explanations: Explanations }> = [
  { subject: 'The app', explanations: APPLICATION },
  { subject: 'Tenant, cloud and environment', explanations: PLACE },
  { subject: 'Scope and consent', explanations: CONSENT },
  { subject: 'The user', explanations: USER },
  { subject: 'Policies', explanations: POLICY },
  { subject: 'What passes', explanations: PASSING },
];

/** By code. Microsoft adds and splits codes: one that is not here is told in Microsoft's words. */
export const AADSTS: ReadonlyMap<string, Explanation> = new Map(
  AADSTS_SUBJECTS.flatMap(({ explanations }) =>
    explanations.flatMap(([codes, explanation]) =>
      codes.map((code) => [String(code), explanation] as const),
    ),
  ),
);

const FALLBACK: Explanation = {
  title: 'Microsoft Entra refused the sign-in',
  fix: 'Compare Tenant ID, Client ID and the client secret or certificate with the app registration.',
};

/** The number in `AADSTS7000215: …` or in an `error_codes` list. */
export function aadstsCode(text: string): string | undefined {
  return /AADSTS(\d+)/.exec(text)?.[1] ?? /^\s*(\d{5,7})\b/.exec(text)?.[1];
}

/** First sentence, without the trace and correlation numbers that Entra appends. */
function firstLine(description: string): string {
  const line = description.split(/\r?\n| Trace ID:/, 1)[0] ?? '';
  return redact(line.replace(/^.*?AADSTS\d+:\s*/, '')).slice(0, 300);
}

export interface EntraFailure {
  /** `error_description`, or whatever text there is. */
  description: string;
  status?: number;
  retryAfterMs?: number;
  requestId?: string;
  cause?: unknown;
}

function classOf(known: Explanation | undefined, status: number | undefined): ErrorClass {
  if (known) return known.class ?? 'authentication';
  const byStatus = status === undefined ? 'authentication' : classifyStatus(status);
  return byStatus === 'throttled' || byStatus === 'transient' ? byStatus : 'authentication';
}

/** A failed sign-in as something that a person can act on. */
export function entraError(failure: EntraFailure): ServiceError {
  const number = aadstsCode(failure.description);
  const known = number === undefined ? undefined : AADSTS.get(number);
  const errorClass = classOf(known, failure.status);
  const passing = errorClass === 'throttled' || errorClass === 'transient';
  const { title, fix } =
    known ??
    (passing
      ? { title: 'Microsoft Entra did not answer the sign-in', fix: 'It is tried again.' }
      : FALLBACK);
  const detail = known ? '' : firstLine(failure.description);
  return new ServiceError(
    `${title}${number ? ` (AADSTS${number})` : ''}${detail ? `: ${detail}` : '.'}`,
    {
      class: errorClass,
      code: number ? `AADSTS${number}` : undefined,
      fix,
      status: failure.status,
      retryAfterMs: failure.retryAfterMs,
      requestId: failure.requestId,
      cause: failure.cause,
    },
  );
}

/** Whatever an error carries in words, and what caused it. */
interface Told {
  message?: unknown;
  description?: unknown;
  body?: unknown;
  cause?: unknown;
}

const DEEPEST_CAUSE = 5;

/**
 * What Entra has answered to somebody else who asked for a token, such as n8n itself, somewhere in that one's error.
 * Undefined where it is no refusal of Entra.
 */
export function entraErrorIn(error: unknown): ServiceError | undefined {
  let told = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof told === 'object' && told; depth += 1) {
    const { message, description, body, cause }: Told = told;
    const texts = [message, description, (body as EntraBody | undefined)?.error_description];
    const found = texts.find((text) => typeof text === 'string' && /AADSTS\d/.test(text));
    if (typeof found === 'string') return entraError({ description: found, cause: error });
    told = cause;
  }
  return undefined;
}

interface EntraBody {
  error?: unknown;
  error_description?: unknown;
  correlation_id?: unknown;
}

function parsed(body: string): EntraBody {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** From the answer of the token endpoint. */
export function entraAnswerError(response: HttpResponse, now: number): ServiceError {
  const body = parsed(response.body);
  const text = body.error_description ?? body.error ?? `status ${response.status}`;
  return entraError({
    description: typeof text === 'string' ? text : `status ${response.status}`,
    status: response.status,
    retryAfterMs: retryAfterMs(response.headers, now),
    requestId: typeof body.correlation_id === 'string' ? body.correlation_id : undefined,
  });
}
