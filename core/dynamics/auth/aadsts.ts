import { type ErrorClass, ServiceError } from '../../errors';
import { redact } from '../../http/redact';
import { classifyStatus } from '../../http/status';
import type { HttpResponse } from '../../http/types';
import { retryAfterMs } from '../../http/wait';

interface Explanation {
  title: string;
  fix: string;
  class?: ErrorClass;
}

const APP = 'Entra admin center > App registrations';

/** Microsoft Entra docs: identity-platform/reference-error-codes. Every class is `authentication` unless said. */
export const AADSTS: Readonly<Record<string, Explanation>> = {
  '7000215': {
    title: 'The client secret is wrong',
    fix: `Copy the value of the secret (not its ID) from ${APP} > Certificates & secrets into Client Secret.`,
  },
  '7000222': {
    title: 'The client secret has expired',
    fix: `Make a new secret in ${APP} > Certificates & secrets, and put its value into Client Secret.`,
  },
  '7000216': {
    title: 'The client secret is missing',
    fix: 'Fill in Client Secret.',
  },
  '7000112': {
    title: 'The app registration is switched off',
    fix: 'Switch it on in Entra admin center > Enterprise applications > Properties.',
  },
  '700016': {
    title: 'The app registration is not in this tenant',
    fix: `Compare Client ID and Tenant ID with ${APP} > Overview.`,
  },
  '700011': {
    title: 'The app registration is not in this tenant',
    fix: `Compare Client ID and Tenant ID with ${APP} > Overview.`,
  },
  '70001': {
    title: 'The app registration is switched off or not in this tenant',
    fix: 'Compare Client ID and Tenant ID, and see in Entra admin center > Enterprise applications that it is enabled.',
  },
  '700027': {
    title: 'The certificate does not match the app registration',
    fix: `Upload the certificate to ${APP} > Certificates & secrets, or use the one that is there.`,
  },
  '700030': {
    title: 'The certificate is not allowed for this app',
    fix: `Use a certificate whose subject is authorized in ${APP}.`,
  },
  '700025': {
    title: 'The app is registered as a public client, which has no secret',
    fix: `Switch off "Allow public client flows" in ${APP} > Authentication.`,
  },
  '70011': {
    title: 'The scope is not valid',
    fix: 'Leave Scope empty, or write the address of the environment followed by /.default.',
  },
  '650057': {
    title: 'The app registration does not list Dynamics 365',
    fix: `Add Dynamics CRM in ${APP} > API permissions, then grant admin consent.`,
  },
  '650052': {
    title: 'The organization has no subscription to this service',
    fix: 'Check that the tenant owns the environment, and that the address of the environment is right.',
  },
  '650056': {
    title: 'The app registration is not set up completely',
    fix: `Add Dynamics CRM in ${APP} > API permissions, then grant admin consent.`,
  },
  '65001': {
    title: 'Nobody has consented to the permissions of the app',
    fix: `An administrator presses "Grant admin consent" in ${APP} > API permissions.`,
  },
  '50194': {
    title: 'The app belongs to one tenant, but the sign-in names none',
    fix: 'Put the Tenant ID of your organization into the credential instead of "common".',
  },
  '50196': {
    title: 'Entra sees the same sign-in again and again and has stopped it',
    fix: 'Wait five minutes. See whether another program uses the same app registration in a loop.',
    class: 'throttled',
  },
  '53003': {
    title: 'A Conditional Access policy blocks the sign-in',
    fix: 'An administrator allows this app, or the address of this server, in Entra admin center > Conditional Access.',
    class: 'permission',
  },
  '90002': {
    title: 'The tenant does not exist in this cloud',
    fix: 'Check Tenant ID, and that Cloud is the one your organization uses.',
  },
  '900023': {
    title: 'The tenant identifier is not valid',
    fix: `Copy Directory (tenant) ID from ${APP} > Overview into Tenant ID.`,
  },
  '500011': {
    title: 'The environment is not known in this tenant',
    fix: 'Check the address of the environment, that it belongs to this tenant, and that Cloud is right.',
  },
  '500341': {
    title: 'The account has been deleted from the tenant',
    fix: 'Register the app again and put its values into the credential.',
  },
  '90033': {
    title: 'Entra is not available for the moment',
    fix: 'Nothing to repair; it is tried again.',
    class: 'transient',
  },
};

const FALLBACK: Explanation = {
  title: 'Microsoft Entra refused the sign-in',
  fix: 'Compare Tenant ID, Client ID and Client Secret with the app registration.',
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
  const known = number === undefined ? undefined : AADSTS[number];
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
