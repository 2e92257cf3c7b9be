import { createContext, listen, type ContextOptions, type SandboxContext } from '../kit';
import { askerOf, type Asker } from '../test-ask';
import { THREEDCART_CREDENTIALS } from './credentials';
import { createThreeDCart, type ThreeDCartService } from './service';
import type { ThreeDCartSwitches } from './switches';

/** A store on a real port, for tests. */
export interface TestStore {
  context: SandboxContext;
  service: ThreeDCartService;
  url: string;
  /**
   * @param path below `/3dCartWebAPI/v2`, or from the root when it begins with two slashes
   * @param ask with the keys of the store, unless it has headers of its own
   */
  ask: Asker;
  close(): Promise<void>;
}

export const KEYS: Readonly<Record<string, string>> = {
  SecureURL: THREEDCART_CREDENTIALS.secureUrl,
  PrivateKey: THREEDCART_CREDENTIALS.privateKey,
  Token: THREEDCART_CREDENTIALS.token,
};

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
  const ask = askerOf(url);
  return {
    context,
    service,
    url,
    ask: (path, { headers = KEYS, ...rest } = {}) => ask(addressOf(path), { ...rest, headers }),
    close: async () => {
      await service.app.close();
    },
  };
}
