import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

import { type ServiceError, toServiceError } from '../../errors';
import type { HttpMethod, Send } from '../../http/types';
import { parseUrl } from '../../http/url';
import type { Clock } from '../../http/wait';
import { entraAnswerError } from './aadsts';
import type { SignIn } from './settings';

/** MSAL's network on our own `send`, and what was behind the last failure. */
export interface Network {
  module: INetworkModule;
  /** The failure as it happened: MSAL passes on its own errors only. Forgotten once read. */
  takeFailure(): ServiceError | undefined;
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return { error: 'unreadable_answer' };
  }
}

/** MSAL speaks https only; a sandbox on this machine may speak http. */
function realUrl(url: string, { plain, authorityHost }: SignIn): string {
  const parsed = parseUrl(url);
  if (!plain || parsed?.host !== authorityHost) return url;
  return url.replace(/^https:/, 'http:');
}

/**
 * MSAL remembers a 429, a 5xx and any `Retry-After`, and answers later calls from that memory, with an error of
 * the past. So such answers never reach it: `send` has already waited and tried again, and what is left is
 * thrown as our own error.
 */
export function network(send: Send, settings: SignIn, clock: Clock): Network {
  let failure: ServiceError | undefined;

  async function exchange<T>(
    method: HttpMethod,
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    try {
      const response = await send({
        method,
        url: realUrl(url, settings),
        headers: { ...options?.headers, accept: 'application/json' },
        body: options?.body,
        repeatable: true,
      });
      if (response.status >= 400) throw entraAnswerError(response, clock.now());
      const { headers, body, status } = response;
      return { headers, body: json(body) as T, status };
    } catch (error) {
      failure = toServiceError(error);
      throw failure;
    }
  }

  return {
    module: {
      sendGetRequestAsync: (url, options) => exchange('GET', url, options),
      sendPostRequestAsync: (url, options) => exchange('POST', url, options),
    },
    takeFailure: () => {
      const taken = failure;
      failure = undefined;
      return taken;
    },
  };
}
