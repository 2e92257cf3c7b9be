import { createContext, listen, type SandboxContext } from '../kit';
import { XCART_CREDENTIALS } from './credentials';
import { createXCart, type XCartService } from './service';

export interface Answer<T = unknown> {
  status: number;
  type: string;
  headers: Headers;
  body: T;
}

export interface Ask {
  method?: string;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  text?: string;
  headers?: Record<string, string>;
  /** The read/write key by default; an empty text sends no key. */
  key?: string;
}

/** A store on a real port, for tests. */
export interface TestStore {
  context: SandboxContext;
  xcart: XCartService;
  url: string;
  ask<T = unknown>(path: string, ask?: Ask): Promise<Answer<T>>;
  close(): Promise<void>;
}

function headersOf({
  key = XCART_CREDENTIALS.writeKey,
  body,
  headers,
}: Ask): Record<string, string> {
  return {
    ...(key === '' ? {} : { 'x-auth-token': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export async function startTestStore(now?: () => Date): Promise<TestStore> {
  const context = createContext({ seed: 1, now });
  const xcart = createXCart(context);
  const url = await listen(xcart.app, 0);
  const ask = async <T>(path: string, given: Ask = {}): Promise<Answer<T>> => {
    const { method = 'GET', body, text } = given;
    const response = await fetch(url + path, {
      method,
      headers: headersOf(given),
      body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const type = response.headers.get('content-type') ?? '';
    const { status, headers } = response;
    return { status, type, headers, body: parsed(await response.text()) as T };
  };
  return {
    context,
    xcart,
    url,
    ask,
    close: async () => {
      await xcart.app.close();
    },
  };
}
