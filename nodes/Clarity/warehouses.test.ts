import type { IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { CLARITY_CREDENTIALS } from '../../sandbox/clarity/credentials';
import { startTestShop, type TestShop } from '../../sandbox/clarity/test-shop';
import { runNode } from '../../test/engine';
import { Clarity } from './Clarity.node';

let shop: TestShop;

beforeEach(async () => {
  shop = await startTestShop();
});

afterEach(async () => await shop.close());

async function update(options: IDataObject, warehouse: unknown) {
  const { apiKey } = CLARITY_CREDENTIALS;
  return await runNode({
    nodeType: new Clarity(),
    parameters: { resource: 'stock', operation: 'update', options } as never,
    credentialTypes: [new ClarityApi()],
    credentials: {
      clarityApi: {
        authentication: 'apiKey',
        apiKey,
        apiUrl: shop.url,
        profile: 'brief',
        storeName: 'main',
      },
    },
    input: [{ sku: 'TS-LONG', quantity: 7, warehouse } as IDataObject],
  });
}

const FIELD = { warehouseField: 'warehouse', warehouse: 'MAIN' };

test.each<[IDataObject, unknown, string]>([
  [FIELD, { id: 3, name: 'EAST' }, 'such as warehouse.name'],
  [FIELD, ['EAST'], 'such as warehouse[0]'],
  [FIELD, [{ label: 'East', code: 'EAST' }], 'such as warehouse[0].code'],
  [{ warehouse: '={{ $json.warehouse }}' }, { name: 'EAST' }, '{{ $json.warehouse.name }}'],
])(
  'a warehouse that is no text goes into no other one: %j of %j',
  async (options, warehouse, fix) => {
    const before = shop.clarity.stock('TS-LONG');
    const { error } = await update(options, warehouse);
    expect(error).toMatchObject({
      message: 'The warehouse of SKU TS-LONG is no text',
      description: expect.stringContaining(fix) as string,
    });
    expect(shop.clarity.stock('TS-LONG')).toBe(before);
  },
);

test('an item without a warehouse has the one of the panel', async () => {
  const done = await update(FIELD, null);
  expect(done.error).toBeUndefined();
  expect(done.output()).toMatchObject([{ sku: 'TS-LONG', warehouse: 'MAIN', amount: 7 }]);
});
