import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Script } from 'node:vm';

import { type ICredentialType, type INodeType, safeRegex } from 'n8n-workflow';

import { resultItem, failItem } from '../nodes/shared/items';
import { runNode } from './engine';

class Echo implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Echo',
    name: 'echo',
    group: ['transform'],
    version: 1,
    description: 'Asks the test server',
    defaults: { name: 'Echo' },
    inputs: ['main'],
    outputs: ['main'],
    credentials: [{ name: 'echoApi', required: true }],
    properties: [
      { displayName: 'Path', name: 'path', type: 'string', default: '' },
      { displayName: 'Method', name: 'method', type: 'string', default: 'GET' },
    ],
  };

  execute: INodeType['execute'] = async function () {
    const { url } = await this.getCredentials<{ url: string }>('echoApi');
    const out = [];
    for (const [index] of this.getInputData().entries()) {
      const path = this.getNodeParameter('path', index) as string;
      if (path === '/fail') {
        out.push(failItem(this, new Error('refused'), index));
        continue;
      }
      const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'echoApi', {
        method: this.getNodeParameter('method', index) as 'GET',
        url: url + path,
      });
      out.push(resultItem(answer as object, index));
    }
    return [out];
  };
}

const echoApi: ICredentialType = {
  name: 'echoApi',
  displayName: 'Echo API',
  properties: [{ displayName: 'Key', name: 'key', type: 'string', default: '' }],
  authenticate: {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.key}}' } },
  },
};

describe('the test engine', () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        url: request.url,
        method: request.method,
        authorization: request.headers.authorization,
      }),
    );
  });
  let credentials: Record<string, { url: string; key: string }>;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    credentials = { echoApi: { url: `http://127.0.0.1:${port}`, key: 'made-up' } };
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test('evaluates expressions per item, fills in defaults and signs with the credential', async () => {
    const run = await runNode({
      nodeType: new Echo(),
      parameters: { path: '={{ "/orders/" + $json.id }}' },
      credentialTypes: [echoApi],
      credentials,
      input: [{ id: 7 }, { id: 8 }],
    });
    expect(run.error).toBeUndefined();
    expect(run.output()).toEqual([
      { url: '/orders/7', method: 'GET', authorization: 'Bearer made-up' },
      { url: '/orders/8', method: 'GET', authorization: 'Bearer made-up' },
    ]);
  });

  test('sends failed items to the error output, with their input merged in', async () => {
    const run = await runNode({
      nodeType: new Echo(),
      parameters: { path: '={{ $json.path }}' },
      onError: 'continueErrorOutput',
      credentialTypes: [echoApi],
      credentials,
      input: [
        { path: '/fail', id: 1 },
        { path: '/fine', id: 2 },
      ],
    });
    expect(run.output(0)).toEqual([expect.objectContaining({ url: '/fine' })]);
    expect(run.output(1)).toEqual([
      { path: '/fail', id: 1, error: 'refused', details: { class: 'unknown', retryable: false } },
    ]);
  });

  test('gives the patterns of fields the time that they need', () => {
    // By this n8n's own way runs them, with a limit.
    const limited = jest.spyOn(Script.prototype, 'runInContext');
    expect(safeRegex.test('^a+$', 'aaa')).toBe(true);
    expect(limited).not.toHaveBeenCalled();
    limited.mockRestore();
  });

  test('reports what stops a workflow', async () => {
    const run = await runNode({
      nodeType: new Echo(),
      parameters: { path: '/fail' },
      credentialTypes: [echoApi],
      credentials,
      input: [{}],
    });
    expect(run.error?.message).toContain('refused');
  });
});
