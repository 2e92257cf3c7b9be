import type { IDataObject, INodeListSearchResult } from 'n8n-workflow';

import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { editorContext } from '../../test/engine';
import { type HttpServer, startHttpServer } from '../../test/support/httpServer';
import { ThreeDCart } from './ThreeDCart.node';

const credential = (apiUrl: string): IDataObject => ({
  apiUrl,
  secureUrl: 'https://shop.example',
  privateKey: 'key',
  token: 'token',
  storeName: 'main',
  timeZone: 'America/New_York',
  currency: 'USD',
});

describe('the list of webhooks', () => {
  let shop: HttpServer;

  beforeEach(async () => {
    shop = await startHttpServer(() => ({
      body: [
        {
          Id: 3,
          Name: 'n8n order.created',
          Url: 'https://n8n.example/webhook/a/3dcart?key=made-up&event=x',
        },
        { Id: 4, Name: 'other', Url: 'https://else.example/hook' },
      ],
    }));
  });

  afterEach(async () => await shop.close());

  it('shows no query string, where the secret of a trigger stands', async () => {
    const node = new ThreeDCart();
    const context = editorContext({
      nodeType: node,
      parameters: {},
      credentialTypes: [new ThreeDCartApi()],
      credentials: { threeDCartApi: credential(shop.origin) },
    });
    const found: INodeListSearchResult | undefined =
      await node.methods.listSearch?.['searchWebhooks']?.call(context);
    expect(found?.results).toHaveLength(2);
    expect(JSON.stringify(found)).toContain('https://n8n.example/webhook/a/3dcart');
    expect(JSON.stringify(found)).not.toContain('made-up');
  });
});
