/** Which product a test run brings: the one of the SKU that 3dcart shows, or of its catalog ID. */
import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { type HttpServer, startHttpServer } from '../../test/support/httpServer';
import { publish } from '../../test/support/trigger';
import { ThreeDCartTrigger } from './ThreeDCartTrigger.node';

const product = (CatalogID: number, SKU: string) => ({ SKUInfo: { CatalogID, SKU, Name: SKU } });
const PRODUCTS = [product(7, 'TS-100'), product(8, '7')];
const NONE = [{ Key: 'Error', Value: '', Status: '404', Message: 'Product not found' }];

let shop: HttpServer;

beforeEach(async () => {
  shop = await startHttpServer(({ url }) => {
    const { pathname, searchParams } = new URL(url, 'http://shop');
    const id = /\/Products\/(.+)$/.exec(pathname)?.[1];
    const sku = searchParams.get('sku');
    const found = PRODUCTS.filter(({ SKUInfo }) =>
      id === undefined ? SKUInfo.SKU === sku : String(SKUInfo.CatalogID) === id,
    );
    return found.length > 0 ? { body: found } : { status: 404, body: NONE };
  });
});

afterEach(async () => await shop.close());

async function sampled(testNumber: string) {
  const trigger = publish({
    trigger: new ThreeDCartTrigger(),
    parameters: { triggerOn: 'product', testNumber },
    credentialType: new ThreeDCartApi(),
    credential: {
      apiUrl: shop.origin,
      secureUrl: 'https://sampled.example',
      privateKey: 'key',
      token: 'token',
      storeName: 'main',
      timeZone: 'America/New_York',
      currency: 'USD',
    },
    id: 'sampled',
  });
  return await trigger.poll('manual');
}

test.each([
  ['TS-100', 7],
  ['7', 8],
  ['8', 8],
])('%s is product %d', async (testNumber, CatalogID) => {
  expect(await sampled(testNumber)).toMatchObject([{ SKUInfo: { CatalogID } }]);
});

test.each(['TS-1', '99'])('%s is none, and the repair says what to enter', async (testNumber) => {
  await expect(sampled(testNumber)).rejects.toMatchObject({
    message: `The store has no product ${testNumber}`,
    description: expect.stringMatching(/^Enter in Product for Test Runs a SKU/) as string,
  });
});
