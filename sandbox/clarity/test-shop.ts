import { createContext, listen, type SandboxContext } from '../kit';
import { askerOf, type Asker } from '../test-ask';
import { CLARITY_CREDENTIALS } from './credentials';
import { createClarity, type ClarityOptions, type ClarityService } from './service';

/** A shop on a real port, for tests. */
export interface TestShop {
  context: SandboxContext;
  clarity: ClarityService;
  url: string;
  /** Asks the `brief` profile, by the API key that may write. */
  ask: Asker;
  /** Asks any address, with no key. */
  bare: Asker;
  close(): Promise<void>;
}

export async function startTestShop(
  options: ClarityOptions = {},
  now?: () => Date,
): Promise<TestShop> {
  const context = createContext({ seed: 1, now });
  const clarity = createClarity(context, options);
  const url = await listen(clarity.app, 0);
  const bare = askerOf(url);
  const { apiKey } = CLARITY_CREDENTIALS;
  return {
    context,
    clarity,
    url,
    bare,
    ask: (path, { headers, ...rest } = {}) =>
      bare(`/api/v1${path}`, { ...rest, headers: { 'x-api-key': apiKey, ...headers } }),
    close: async () => {
      await clarity.app.close();
    },
  };
}
