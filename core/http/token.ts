import type { SendOptions } from './send';
import type { HttpRequest } from './types';

/** Where the token comes from with which a service is asked. */
export interface TokenProvider {
  /**
   * A token that is good for a while.
   * @param options.rejected the token that the service answered with 401: if it is still the current one, it is replaced
   */
  token(options?: { rejected?: string }): Promise<string>;
}

type Renewal = Required<Pick<SendOptions, 'authorize' | 'onUnauthorized'>>;

function bearer(request: HttpRequest): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers?.['authorization'] ?? '')?.[1];
}

/** For `createSend`: signs every request, and after a 401 renews the token that was refused. */
export function bearerAuth(provider: TokenProvider): Renewal {
  return {
    authorize: async (request) => ({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await provider.token()}` },
    }),
    onUnauthorized: async (request) => {
      const rejected = bearer(request);
      return (await provider.token({ rejected })) !== rejected;
    },
  };
}

/**
 * For `createSend` where the transport signs the requests, as n8n does by the credential: the token that a request was
 * signed with is noted, so that after a 401 that one, and not one renewed meanwhile, is replaced.
 */
export function renewalAfter401(provider: TokenProvider): Renewal {
  const tokens = new WeakMap<HttpRequest, string>();
  return {
    authorize: async (request) => {
      const noted = { ...request };
      tokens.set(noted, await provider.token());
      return noted;
    },
    onUnauthorized: async (request) => {
      const rejected = tokens.get(request);
      return (await provider.token({ rejected })) !== rejected;
    },
  };
}
