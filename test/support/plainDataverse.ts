import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type NodeRun, runNode, type RunNode } from '../engine';

/** Of the only row that there is. */
export const ID = '11111111-2222-4333-8444-555555555555';
/** Of a row that there is not. */
export const MISSING = '99999999-2222-4333-8444-555555555555';

interface Seen {
  method: string;
  url: string;
  body: string;
  headers: IncomingMessage['headers'];
}

/** The few answers of Entra and Dataverse that one plain request needs; batches are tested on the sandbox. */
export class PlainDataverse {
  readonly seen: Seen[] = [];
  tokens = 0;
  validToken = 1;
  /** What `$metadata` answers. */
  metadata = '';

  private readonly server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { status, json, text, headers } = this.answer(request, body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(json === undefined ? text : JSON.stringify(json));
    });
  });

  url = '';

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(
    request: IncomingMessage,
    body: string,
  ): { status: number; json?: object; text?: string; headers?: Record<string, string> } {
    const { method = '', url = '', headers } = request;
    if (url.includes('/oauth2/v2.0/token')) {
      this.tokens += 1;
      return {
        status: 200,
        json: { token_type: 'Bearer', expires_in: 3599, access_token: `token-${this.tokens}` },
      };
    }
    if (headers.authorization !== `Bearer token-${this.validToken}`) return { status: 401 };
    this.seen.push({ method, url, body, headers });
    if (url.includes(MISSING)) {
      const message = `account With Id = ${MISSING} Does Not Exist`;
      return { status: 404, json: { error: { code: '0x80040217', message } } };
    }
    if (url.endsWith('$metadata')) {
      return {
        status: 200,
        text: this.metadata,
        headers: { 'content-type': 'application/xml', 'odata-version': '4.0' },
      };
    }
    if (url.includes('/EntityDefinitions?')) {
      const table = { LogicalName: 'account', EntitySetName: 'accounts' };
      return { status: 200, json: { value: [{ ...table, PrimaryIdAttribute: 'accountid' }] } };
    }
    if (method === 'DELETE') return { status: 204 };
    if (method === 'PATCH') return { status: 201, json: { accountid: ID } };
    if (method === 'POST') {
      return { status: 204, headers: { 'OData-EntityId': `${this.url}/api/accounts(${ID})` } };
    }
    const row = { '@odata.etag': 'W/"1"', accountid: ID, name: 'Contoso' };
    return { status: 200, json: url.includes(`(${ID})`) ? row : { value: [row] } };
  }
}

/** Runs the Dynamics 365 node against it. */
export async function runDynamics(
  service: PlainDataverse,
  parameters: RunNode['parameters'],
  input: object[],
  more: Pick<RunNode, 'onError' | 'typeVersion'> = {},
): Promise<NodeRun> {
  return await runNode({
    nodeType: new Dynamics365(),
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: {
      dynamicsDataverseApi: {
        url: service.url,
        tenantId: 'contoso.example',
        clientId: 'client',
        clientSecret: 'made-up',
        cloud: 'custom',
        authority: service.url,
      },
    },
    parameters,
    input,
    ...more,
  });
}
