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

export type RequestContext =
  IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

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
export function nodeTransport(context: RequestContext, credentialType: string): Send {
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
      ignoreHttpStatusErrors: true,
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
      throw unanswered(error, new URL(request.url).host);
    }
  };
}

/** Without a code it is not the network: n8n itself could not send, and only its own words say why. */
const LONGEST_REASON = 200;

const reasonOf = (error: unknown): string =>
  redact((error as Partial<Error> | undefined)?.message ?? '').slice(0, LONGEST_REASON);

/** What went wrong when no answer came. A failure understood further in (sign-in, say) passes through. */
function unanswered(error: unknown, host: string): ServiceError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ServiceError) return cause;
  }
  return unansweredError(error, host, reasonOf);
}
