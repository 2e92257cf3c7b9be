import type {
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  IPollFunctions,
  IWebhookFunctions,
} from 'n8n-workflow';

import { ServiceError } from '../../core/errors';
import { redact } from '../../core/http/redact';
import type { HttpRequest, HttpResponse, Send } from '../../core/http/types';
import { unansweredError } from '../../core/http/unanswered';

const UNAUTHORIZED = 401;

export type RequestContext =
  IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** The credential that signs the requests. */
export interface CredentialUse {
  type: string;
  /** n8n gets the token, and renews it when it meets a 401. */
  isOAuth2?: true;
  /** What the service has answered to n8n when it asked for the token, where that is to be seen in n8n's error. */
  refusalIn?(error: unknown): ServiceError | undefined;
}

interface FullResponse {
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

function lowerCase(headers: FullResponse['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/**
 * The innermost `send` inside a node: n8n's own authenticated request helper, so that the credential, the proxy
 * and the domain rules of the instance hold. The body stays text: JSON with money in it is read once, by the
 * client that knows it.
 */
export function nodeTransport(
  context: RequestContext,
  { type: credentialType, isOAuth2, refusalIn }: CredentialUse,
): Send {
  return async (request: HttpRequest): Promise<HttpResponse> => {
    const options: IHttpRequestOptions = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: request.body,
      timeout: request.timeoutMs,
      abortSignal: request.signal,
      encoding: 'text',
      json: false,
      returnFullResponse: true,
      // A key must not travel to another host, and a write that is sent on arrives as a read.
      disableFollowRedirect: true,
      // n8n renews a token only where the refusal comes to it as an error (n8n-core 2.39, `requestOAuth2`).
      ignoreHttpStatusErrors: isOAuth2 ? { ignore: true, except: [UNAUTHORIZED] } : true,
    };
    try {
      const answer = (await context.helpers.httpRequestWithAuthentication.call(
        context,
        credentialType,
        options,
      )) as FullResponse;
      const body =
        typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
      return { status: answer.statusCode, headers: lowerCase(answer.headers), body };
    } catch (error) {
      if (isOAuth2 && isUnauthorized(error)) return { status: UNAUTHORIZED, headers: {}, body: '' };
      throw refusalIn?.(error) ?? unanswered(error, new URL(request.url).host);
    }
  };
}

/** The refusal that was left when n8n had renewed the token; of the answer n8n keeps no more than its status. */
function isUnauthorized(error: unknown): boolean {
  const { httpCode } = (error ?? {}) as { httpCode?: unknown };
  return Number(httpCode) === UNAUTHORIZED;
}

/** n8n has no token, or cannot renew it: a person has to connect the account. */
function unconnected(error: unknown): ServiceError | undefined {
  const said = [error, (error as Partial<Error> | undefined)?.cause].map((each) =>
    each instanceof Error ? each.message : '',
  );
  if (!said.some((text) => NOT_CONNECTED.test(text))) return undefined;
  return new ServiceError('The credential is not connected to an account, or no longer', {
    class: 'authentication',
    fix: 'Open the credential in n8n and connect it. What has failed is then tried again by itself.',
    cause: error,
  });
}

/** n8n-core 2.39, `requestOAuth2`; the last of a credential that has a grant type, and that nobody has connected yet. */
const NOT_CONNECTED =
  /needs to be reconnected|credentials not connected|no refresh token|sign without access token/i;

/** Without a code it is not the network: n8n itself could not send, and only its own words say why. */
const LONGEST_REASON = 200;

const reasonOf = (error: unknown): string =>
  redact((error as Partial<Error> | undefined)?.message ?? '').slice(0, LONGEST_REASON);

/** What went wrong when no answer came. A failure understood further in (sign-in, say) passes through. */
function unanswered(error: unknown, host: string): ServiceError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ServiceError) return cause;
  }
  return unconnected(error) ?? unansweredError(error, host, reasonOf);
}
