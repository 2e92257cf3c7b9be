import type { IDataObject } from 'n8n-workflow';

import type { RequestContext } from '../shared/transport';
import { openStore } from './connection';

const credential = (more: IDataObject = {}): IDataObject => ({
  apiUrl: 'https://api.example',
  version: 'v2',
  secureUrl: 'https://shop.example',
  privateKey: 'key',
  token: 'token',
  storeName: 'main',
  timeZone: 'America/New_York',
  currency: 'USD',
  ...more,
});

it.each([
  ['privateKey', '3dcart (Shift4Shop) API'],
  ['oAuth2', '3dcart (Shift4Shop) OAuth2 API'],
])('a failure names the credential that is used (%s)', async (authentication, name) => {
  const refusal = { statusCode: 403, headers: {}, body: '{"Message":"no"}' };
  const context = {
    getCredentials: async () => credential({ secureUrl: 'https://refused.example' }),
    getNode: () => ({ name: '3dcart', parameters: { authentication } }),
    getNodeParameter: () => authentication,
    getInputData: () => [],
    helpers: { httpRequestWithAuthentication: async () => refusal },
  } as unknown as RequestContext;
  const { client } = await openStore(context);
  await expect(client.statuses()).rejects.toMatchObject({
    fix: expect.stringContaining(`the credential ${name} may`) as string,
  });
});

describe('the rate', () => {
  let sent: number[];

  beforeEach(() => {
    sent = [];
    jest.useFakeTimers();
  });

  afterEach(() => jest.useRealTimers());

  /** One run of the node; each has a context of its own. */
  function run(fields: IDataObject, authentication = 'privateKey'): RequestContext {
    const httpRequestWithAuthentication = async () => {
      sent.push(Date.now());
      return { statusCode: 200, headers: {}, body: '[{"OrderID":7}]' };
    };
    return {
      getCredentials: async () => fields,
      getNode: () => ({ name: '3dcart', parameters: { authentication } }),
      getNodeParameter: () => authentication,
      getInputData: () => [],
      helpers: { httpRequestWithAuthentication },
    } as unknown as RequestContext;
  }

  async function askAll(runs: RequestContext[]): Promise<number[]> {
    const asked = runs.map(
      async (context) => await (await openStore(context)).client.orders.get(7),
    );
    let left = asked.length;
    asked.forEach((each) => void each.then(() => (left -= 1)));
    while (left > 0) await jest.advanceTimersByTimeAsync(50);
    await Promise.all(asked);
    // As many as were sent within any second.
    return sent.map((at) => sent.filter((other) => other >= at && other < at + 1000).length);
  }

  it('of two a second is that of the store, whichever run, version, spelling or sign-in asks', async () => {
    const shop = { secureUrl: 'https://counted.example' };
    const within = await askAll([
      run(credential(shop)),
      run(credential(shop)),
      run(credential({ ...shop, version: 'v1' })),
      run(credential({ ...shop, secureUrl: 'counted.example/' })),
      run(credential({ ...shop, apiUrl: 'https://api.example/3dCartWebAPI/v2' })),
      run(credential(shop), 'oAuth2'),
    ]);
    expect(within).toHaveLength(6);
    expect(Math.max(...within)).toBe(2);
  });

  it('of several credentials of one store is one, the slowest that they name', async () => {
    const secureUrl = 'https://named.example';
    const named = [5, 2, 40].map((requestsPerSecond) =>
      credential({ secureUrl, requestsPerSecond, privateKey: `key ${requestsPerSecond}` }),
    );
    const within = await askAll([...named, ...named, ...named].map((fields) => run(fields)));
    expect(within).toHaveLength(9);
    expect(Math.max(...within)).toBe(2);
  });

  it('of one store says nothing of another', async () => {
    const within = await askAll(
      ['one', 'two', 'three'].map((name) =>
        run(credential({ secureUrl: `https://${name}.example` })),
      ),
    );
    expect(Math.max(...within)).toBe(3);
  });

  it.each([0, 0.4, -3])(
    'is never below one a second, whatever is entered (%d)',
    async (requestsPerSecond) => {
      const secureUrl = `https://slow${String(requestsPerSecond).replace(/\W/g, '')}.example`;
      const fields = credential({ secureUrl, requestsPerSecond });
      const within = await askAll([run(fields), run(fields), run(fields)]);
      expect(Math.max(...within)).toBe(1);
      expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeLessThan(4000);
    },
  );
});
