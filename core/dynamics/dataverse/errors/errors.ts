import { type ErrorClass, ServiceError } from '../../../errors';
import { redact } from '../../../http/redact';
import { classifyStatus } from '../../../http/status';
import { retryAfterMs } from '../../../http/wait';
import { DATAVERSE_ERRORS, type KnownError } from './codes';

export interface FailedAnswer {
  status: number;
  headers: Record<string, string>;
  /** Text, or already parsed. */
  body: unknown;
}

interface ErrorBody {
  code?: string;
  message?: string;
}

const MAX_MESSAGE = 500;

function asObject(value: unknown): Record<string, unknown> | undefined {
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

/** `{"error":{"code":"0x…","message":"…"}}`; what stands in front of Dataverse answers with `Message`, or HTML. */
function readError(body: unknown): ErrorBody {
  const outer = asObject(parsed(body));
  const inner = asObject(outer?.['error']) ?? outer;
  const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
  return {
    code: text(inner?.['code'])?.toLowerCase(),
    message: text(inner?.['message']) ?? text(inner?.['Message']),
  };
}

/**
 * Whether an answer comes from Dataverse at all. A page of a proxy or a sign-in with status 200, or an empty answer
 * of one, would otherwise count as written. What the Web API answers names its OData version, is JSON, or is a 204;
 * that of a create says where the row is (Dataverse docs: create-entity-web-api).
 */
export function isFromDataverse(
  { status, headers }: Omit<FailedAnswer, 'body'>,
  { creates = false }: { creates?: boolean } = {},
): boolean {
  if (status >= 300) return false;
  if ('odata-version' in headers || 'odata-entityid' in headers) return true;
  const type = headers['content-type'] ?? '';
  return /json|multipart/i.test(type) || (status === 204 && !creates && type === '');
}

export function notFromDataverse({ status, headers }: Omit<FailedAnswer, 'body'>): ServiceError {
  const type = headers['content-type']?.split(';')[0] ?? 'nothing readable';
  return new ServiceError(`Something in front of Dataverse answered: ${type}, status ${status}`, {
    class: 'transient',
    code: 'NOT_DATAVERSE',
    status,
    fix: 'Check the environment URL in the credential, and that no proxy or sign-in page stands between this n8n and Dataverse.',
  });
}

/** A 412 or 409 without a known code: was there such a row, or was it changed meanwhile? */
const ALREADY_THERE = /matching key values already|already exists|duplicate/i;

function classWithoutCode(status: number, message: string | undefined): ErrorClass {
  const errorClass = classifyStatus(status);
  return errorClass === 'conflict' && ALREADY_THERE.test(message ?? '') ? 'duplicate' : errorClass;
}

const BY_CLASS: Partial<Record<ErrorClass, Omit<KnownError, 'class'>>> = {
  authentication: {
    title: 'Dataverse did not accept the token',
    fix: 'Check the credential, and that the app registration is an application user of this environment.',
  },
  permission: {
    title: 'Dataverse does not allow this',
    fix: 'Give the application user a security role that allows it.',
  },
  'not-found': {
    title: 'Dataverse found nothing there',
    fix: 'Check the name of the table and the ID of the row.',
  },
  throttled: {
    title: 'Dataverse asks for a pause',
    fix: 'Nothing to repair; it is sent again when Dataverse allows it.',
  },
  transient: {
    title: 'Dataverse could not answer for the moment',
    fix: 'Nothing to repair; try again later.',
  },
  duplicate: {
    title: 'The row already exists',
    fix: 'The row is already there. Use Create or Update, or skip it.',
  },
  conflict: {
    title: 'The row has been changed by somebody else',
    fix: 'Read the row again and repeat the change on what it holds now.',
  },
};

function requestId(headers: Record<string, string>): string | undefined {
  return headers['req_id'] ?? headers['x-ms-service-request-id'];
}

function said(message: string | undefined, status: number): string {
  if (!message) return `status ${status}`;
  const clean = redact(message.replace(/\s+/g, ' ').trim());
  return clean.length > MAX_MESSAGE ? `${clean.slice(0, MAX_MESSAGE)}…` : clean;
}

/** What Dataverse answered, as something that a person can act on. The code decides, then the status. */
export function dataverseError(answer: FailedAnswer): ServiceError {
  const { code, message } = readError(answer.body);
  const known = code === undefined ? undefined : DATAVERSE_ERRORS[code];
  const errorClass = known?.class ?? classWithoutCode(answer.status, message);
  const words = known ?? BY_CLASS[errorClass] ?? { title: 'Dataverse refused the request' };
  return new ServiceError(`${words.title}: ${said(message, answer.status)}`, {
    class: errorClass,
    code,
    status: answer.status,
    fix: words.fix,
    requestId: requestId(answer.headers),
    retryAfterMs: retryAfterMs(answer.headers, Date.now()),
  });
}
