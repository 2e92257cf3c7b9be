import { createContext, listen, type SandboxContext } from '../kit';
import { askerOf, type Answer, type Ask as AnyAsk } from '../test-ask';
import { XCART_CREDENTIALS } from './credentials';
import { createXCart, type XCartService } from './service';

export type { Answer };

export interface Ask extends AnyAsk {
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

export async function startTestStore(now?: () => Date): Promise<TestStore> {
  const context = createContext({ seed: 1, now });
  const xcart = createXCart(context);
  const url = await listen(xcart.app, 0);
  const ask = askerOf(url);
  return {
    context,
    xcart,
    url,
    ask: (path, { key = XCART_CREDENTIALS.writeKey, headers, ...rest } = {}) =>
      ask(path, {
        ...rest,
        headers: { ...(key === '' ? {} : { 'x-auth-token': key }), ...headers },
      }),
    close: async () => {
      await xcart.app.close();
    },
  };
}
