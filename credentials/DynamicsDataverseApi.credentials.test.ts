import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DynamicsDataverseApi } from './DynamicsDataverseApi.credentials';

const credential = new DynamicsDataverseApi();

describe('the Dataverse credential', () => {
  let tokens = 0;
  const entra = createServer((_request, response) => {
    tokens += 1;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: `token-${tokens}` }),
    );
  });

  beforeAll(() => new Promise<void>((resolve) => entra.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    entra.close();
    entra.closeAllConnections();
  });

  test('signs requests with one token for all, and leaves the rest of a request alone', async () => {
    const { port } = entra.address() as AddressInfo;
    const data = {
      url: 'http://localhost:1/',
      tenantId: 'contoso.example',
      clientId: 'client',
      clientSecret: 'made-up',
      cloud: 'custom',
      authority: `http://127.0.0.1:${port}`,
      scope: '',
    };
    const request = { url: 'http://localhost:1/x', headers: { accept: 'application/json' } };
    const signed = await Promise.all([1, 2, 3].map(() => credential.authenticate(data, request)));
    expect(tokens).toBe(1);
    expect(signed[2]).toEqual({
      url: 'http://localhost:1/x',
      headers: { accept: 'application/json', Authorization: 'Bearer token-1' },
    });
    expect(request.headers).toEqual({ accept: 'application/json' });
  });

  test('says in the dialog what to repair, without a code that n8n would show instead', async () => {
    const failure: unknown = await credential
      .authenticate({ url: 'https://contoso.crm4.dynamics.com', tenantId: 'common' }, { url: '' })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/^Tenant ID is "common".*\. An app .* needs the Directory/),
      cause: { class: 'validation' },
    });
    expect(failure).not.toHaveProperty('code');
  });
});
