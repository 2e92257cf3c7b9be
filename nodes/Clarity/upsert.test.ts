import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { runNode } from '../../test/engine';
import { Clarity } from './Clarity.node';

test('a record without fields says where Create or Update takes them from', async () => {
  const result = await runNode({
    nodeType: new Clarity(),
    parameters: {
      resource: 'order',
      operation: 'upsert',
      externalId: 'ERP-1042',
      inputField: 'order',
    },
    credentialTypes: [new ClarityApi()],
    credentials: {
      clarityApi: {
        apiUrl: 'http://127.0.0.1:1',
        apiKey: 'key',
        authentication: 'apiKey',
        storeName: 'main',
        profile: 'brief',
      },
    },
    input: [{ name: 'of another field' }],
    onError: 'continueErrorOutput',
  });
  const panel = new Clarity().description.properties.map(({ displayName }) => displayName);
  expect(panel).toContain('Fields From Field');
  expect(result.output(1)).toMatchObject([
    {
      error: 'There is nothing to write',
      details: { fix: expect.stringContaining('name in Fields From Field') as string },
    },
  ]);
});
