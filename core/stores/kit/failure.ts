import { get } from 'lodash';

import { type ErrorClass, ServiceError } from '../../errors';
import { redact } from '../../http/redact';
import { classifyStatus } from '../../http/status';
import type { HttpMethod, HttpResponse } from '../../http/types';
import { parseUrl } from '../../http/url';
import { retryAfterMs } from '../../http/wait';

/** What was asked for, for the message: never the body, which holds personal data. */
export interface Asked {
  method: HttpMethod;
  /** Below the base of the API, such as `/orders/1042`. */
  path: string;
}

/** A refusal whose sentence says more than its status. */
export interface FailureRule {
  /** Only with this status. Default: with each. */
  status?: number;
  says: RegExp;
  class: ErrorClass;
  fix: string;
}

/** How a store's API says no, and what its user is to do then. */
export interface FailureWords {
  /** What messages call the store's software, such as `X-Cart`. */
  service: string;
  /** Where the reason stands in the body of a refusal, as lodash paths such as `[0].Message`; the first text counts. */
  reasonAt: readonly string[];
  /** The first that fits decides. */
  rules: readonly FailureRule[];
  /** What to do where no rule fits. */
  fixes: Partial<Record<ErrorClass, string | ((method: HttpMethod, path: string) => string)>>;
  /** What to do about an answer that sends the request on to another address. */
  redirected: string;
  /** What to do about a web page instead of data. */
  notJson: string;
  /** What to do about data of another shape than the service sends. */
  unexpectedShape: string;
}

/** A refusal, wherever it stood: in the status, or inside an answer that was called a success. */
export interface Refusal {
  status: number;
  reason?: string;
}

const MAX_TEXT = 300;

/** The reason that the body of a refusal gives, redacted. */
export function reasonIn(body: unknown, { reasonAt }: FailureWords): string | undefined {
  const said = reasonAt.map((path): unknown => get(body, path));
  return said.find((text): text is string => typeof text === 'string' && text !== '');
}

/** The failure that a refusal stands for. */
export function failureOf(
  words: FailureWords,
  refusal: Refusal,
  headers: HttpResponse['headers'],
  { method, path }: Asked,
): ServiceError {
  const { status } = refusal;
  const reason = refusal.reason && redact(refusal.reason).slice(0, MAX_TEXT);
  const rule = words.rules.find(
    (each) => (each.status ?? status) === status && each.says.test(reason ?? ''),
  );
  const errorClass = rule?.class ?? classifyStatus(status);
  const fix = rule?.fix ?? words.fixes[errorClass];
  return new ServiceError(
    `${words.service} refused ${method} ${path} with status ${status}${reason ? `: ${reason}` : ''}`,
    {
      class: errorClass,
      status,
      fix: typeof fix === 'function' ? fix(method, path) : fix,
      requestId: headers['x-request-id'],
      retryAfterMs: retryAfterMs(headers, Date.now()),
    },
  );
}

/**
 * Why a sign-in has brought nothing: the service is not well for the moment, or what the credential says is wrong.
 *
 * @param fixes what to do in either case
 */
export function signInRefused(
  message: string,
  { status, headers }: HttpResponse,
  fixes: { passing: string; wrong: string },
): ServiceError {
  const byStatus = classifyStatus(status);
  const isPassing = byStatus === 'transient' || byStatus === 'throttled';
  return new ServiceError(message, {
    class: isPassing ? byStatus : 'authentication',
    status,
    fix: isPassing ? fixes.passing : fixes.wrong,
    retryAfterMs: retryAfterMs(headers, Date.now()),
  });
}

/**
 * Followed by nobody: the key must not travel to an address that the user has not written. No record is at fault: the store
 * has moved, or sends everybody elsewhere for a while, as in maintenance.
 */
export function redirected(
  words: Pick<FailureWords, 'service' | 'redirected'>,
  { status, headers }: HttpResponse,
  { method, path }: Asked,
): ServiceError {
  const to = parseUrl(headers['location'] ?? '')?.origin ?? 'another address';
  return new ServiceError(`${words.service} sends ${method} ${path} on to ${to}`, {
    class: 'configuration',
    status,
    fix: `${words.redirected} Where the store does this only for a while, as in maintenance, change nothing and try again later; a Sync Ledger does so by itself.`,
  });
}

/** A page instead of data: the address is not the API's, or the store is closed for maintenance. */
export function notJson(
  words: Pick<FailureWords, 'service' | 'notJson'>,
  { status, headers }: HttpResponse,
  { method, path }: Asked,
): ServiceError {
  const type = headers['content-type']?.split(';')[0] ?? 'nothing readable';
  return new ServiceError(
    `${words.service} answered ${method} ${path} with ${type} instead of JSON`,
    { class: 'unknown', status, fix: words.notJson },
  );
}

/**
 * Why an answer says nothing at all of what was asked: it comes from another place than the user has meant. Undefined: it
 * may be an answer.
 */
export function misled(
  words: Pick<FailureWords, 'service' | 'redirected' | 'notJson'>,
  response: HttpResponse,
  asked: Asked,
): ServiceError | undefined {
  const { status, headers } = response;
  if (status >= 300 && status < 400) return redirected(words, response, asked);
  const isPage = /\bhtml\b/i.test(headers['content-type'] ?? '');
  return status < 300 && isPage ? notJson(words, response, asked) : undefined;
}

/** JSON of another shape than the service sends. Names the fields, never their values. */
export function unexpectedShape(
  words: FailureWords,
  fields: string[],
  { method, path }: Asked,
): ServiceError {
  const named = fields.slice(0, 5).join(', ');
  return new ServiceError(
    `${words.service} answered ${method} ${path} with unexpected fields: ${named}`,
    { class: 'unknown', fix: words.unexpectedShape },
  );
}
