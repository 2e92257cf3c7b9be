import { createContext, listen, type ContextOptions, type SandboxContext } from '../kit';
import { THREEDCART_CREDENTIALS } from './credentials';
import { createThreeDCart, type ThreeDCartService } from './service';
import type { ThreeDCartSwitches } from './switches';

export interface Answer<T = unknown> {
  status: number;
  type: string;
  headers: Headers;
  text: string;
  body: T;
}

export interface Ask {
  method?: string;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  text?: string;
  /** The keys of the store by default. */
  headers?: Record<string, string>;
}

/** A store on a real port, for tests. */
export interface TestStore {
  context: SandboxContext;
  service: ThreeDCartService;
  url: string;
  /** @param path below `/3dCartWebAPI/v2`, or from the root when it begins with two slashes */
  ask<T = unknown>(path: string, ask?: Ask): Promise<Answer<T>>;
  close(): Promise<void>;
}

export const KEYS: Readonly<Record<string, string>> = {
  SecureURL: THREEDCART_CREDENTIALS.secureUrl,
  PrivateKey: THREEDCART_CREDENTIALS.privateKey,
  Token: THREEDCART_CREDENTIALS.token,
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const addressOf = (path: string): string =>
  path.startsWith('//') ? path.slice(1) : `/3dCartWebAPI/v2${path}`;

/** Without the limit of two requests a second, unless a test is about it. */
export async function startTestStore(
  options: ContextOptions = {},
  switches: Partial<ThreeDCartSwitches> = {},
): Promise<TestStore> {
  const context = createContext({ seed: 1, ...options });
  const service = createThreeDCart(context, { switches: { requestsPerSecond: 0, ...switches } });
  const url = await listen(service.app, 0);
  const ask = async <T>(path: string, given: Ask = {}): Promise<Answer<T>> => {
    const { method = 'GET', body, text, headers = KEYS } = given;
    const json = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(url + addressOf(path), {
      method,
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: text ?? json,
    });
    const content = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      headers: response.headers,
      text: content,
      body: parsed(content) as T,
    };
  };
  return {
    context,
    service,
    url,
    ask,
    close: async () => {
      await service.app.close();
    },
  };
}
