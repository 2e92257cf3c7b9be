import { type ErrorClass, ServiceError } from '../../errors';
import { redact } from '../../http/redact';
import { classifyStatus } from '../../http/status';
import type { HttpMethod, HttpResponse } from '../../http/types';
import { parseUrl } from '../../http/url';
import { retryAfterMs } from '../../http/wait';

/** What was asked for, for the message: never the body, which holds personal data. */
export interface Asked {
  method: HttpMethod;
  /** Below `/api`, such as `/orders/1042`. */
  path: string;
}

const MAX_TEXT = 300;

/**
 * X-Cart 5.5 answers failures as problem JSON (`detail`, with 422 also `violations`), refused keys as
 * `{ "message" }`, and JSON-LD failures as `hydra:description` (API Platform 2.7, ErrorNormalizer).
 */
function reasonIn(body: string): string | undefined {
  const problem = parsed(body);
  if (!problem) return undefined;
  const said = [problem['detail'], problem['hydra:description'], problem['message']];
  const reason = said.find((text): text is string => typeof text === 'string' && text !== '');
  return reason && redact(reason).slice(0, MAX_TEXT);
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Business rules all come as 400 with a sentence; the sentence alone tells them apart. */
const RULES: Array<{ says: RegExp; class: ErrorClass; fix: string }> = [
  {
    says: /is not unique|already exists|already registered/i,
    class: 'duplicate',
    fix: 'A record with this key is in the store already: update that one, or choose another key.',
  },
  {
    says: /with ID \S+ not found/i,
    class: 'not-found',
    fix: 'Check the ID: the store has no such record, or it was deleted.',
  },
  {
    says: /Status code .* is invalid/i,
    class: 'validation',
    fix: 'Choose a status that this store has: see Orders → Order statuses in the X-Cart admin.',
  },
];

const FIXES: Partial<Record<ErrorClass, string>> = {
  authentication:
    'Check the API Key in the X-Cart API credential: it stands in the X-Cart admin under Settings → API.',
  validation: 'Correct the fields that the message names.',
  conflict: 'The record was changed meanwhile: read it again, then write.',
  'not-found':
    'Check the ID. If every request ends like this, check the Store URL in the X-Cart API credential: it is the address of the storefront, without /api.',
  throttled: 'The store asks for fewer requests: try again later.',
  transient: 'The store is not well for the moment: try again later.',
};

function permissionFix(method: HttpMethod): string {
  return method === 'GET'
    ? 'Check in the X-Cart admin under Settings → API that the key is still allowed to read.'
    : 'The key in the X-Cart API credential can only read: use the read/write key (X-Cart admin, Settings → API).';
}

/** The failure that an answer with a status of 400 and above stands for. */
export function failureOf(
  response: HttpResponse,
  { method, path }: Asked,
  now: number,
): ServiceError {
  const { status, headers, body } = response;
  const reason = reasonIn(body);
  const rule = status === 400 ? RULES.find(({ says }) => says.test(reason ?? '')) : undefined;
  const errorClass = rule?.class ?? classifyStatus(status);
  const fix =
    rule?.fix ?? (errorClass === 'permission' ? permissionFix(method) : FIXES[errorClass]);
  return new ServiceError(
    `X-Cart refused ${method} ${path} with status ${status}${reason ? `: ${reason}` : ''}`,
    {
      class: errorClass,
      status,
      fix,
      requestId: headers['x-request-id'],
      retryAfterMs: retryAfterMs(headers, now),
    },
  );
}

/** Followed by nobody: the key must not travel to an address that the user has not written. */
export function redirected(
  { status, headers }: HttpResponse,
  { method, path }: Asked,
): ServiceError {
  const to = parseUrl(headers['location'] ?? '')?.origin ?? 'another address';
  return new ServiceError(`X-Cart sends ${method} ${path} on to ${to}`, {
    class: 'validation',
    status,
    fix: 'Enter the address that the store really has as Store URL in the X-Cart API credential, with https:// and www. where it uses them.',
  });
}

/** A page instead of data: the address is not the API's, or the store is closed for maintenance. */
export function notJson({ status, headers }: HttpResponse, { method, path }: Asked): ServiceError {
  const type = headers['content-type']?.split(';')[0] ?? 'nothing readable';
  return new ServiceError(`X-Cart answered ${method} ${path} with ${type} instead of JSON`, {
    class: 'unknown',
    status,
    fix: 'Check that the Store URL in the X-Cart API credential is the address of an X-Cart 5.5 store, and that the store is not closed for maintenance.',
  });
}

/** JSON of another shape than X-Cart 5.5 sends. Names the fields, never their values. */
export function unexpectedShape(fields: string[], { method, path }: Asked): ServiceError {
  return new ServiceError(
    `X-Cart answered ${method} ${path} with unexpected fields: ${fields.slice(0, 5).join(', ')}`,
    {
      class: 'unknown',
      fix: 'Check that the store runs X-Cart 5.5 or newer, and which of its modules changes these fields in the REST API.',
    },
  );
}
