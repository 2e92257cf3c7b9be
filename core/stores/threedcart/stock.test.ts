import { type HttpServer, type Received, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { writePrices } from '../kit/prices';
import { writeStock } from '../kit/stock';
import { createThreeDCart, type ThreeDCart } from './client';
import { pricesOf } from './prices';
import { stockOf } from './stock';

interface Stored {
  SKUInfo: { CatalogID: number; SKU: string; Stock: number; Price: number };
  AdvancedOptionList: object[];
}

let server: HttpServer;
let client: ThreeDCart;
let catalogue: Stored[];
/** What the store refuses, by the number in it that is wrong. */
let refused: number[];

const product = (CatalogID: number, SKU: string, Stock: number, ...options: object[]): Stored => ({
  SKUInfo: { CatalogID, SKU, Stock, Price: 10 },
  AdvancedOptionList: options,
});
const option = (
  AdvancedOptionCode: string,
  AdvancedOptionSufix: string,
  AdvancedOptionStock: number,
) => ({
  AdvancedOptionCode,
  AdvancedOptionSufix,
  AdvancedOptionStock,
  AdvancedOptionPrice: 0,
});

function listed(url: string) {
  const { searchParams: query } = new URL(url, server.origin);
  const sku = query.get('sku');
  const rows = catalogue.filter(({ SKUInfo }) => sku === null || SKUInfo.SKU === sku);
  const first = Number(query.get('offset')) - 1;
  const page = rows.slice(first, first + Number(query.get('limit')));
  const end = [
    {
      Key: 'Error',
      Value: '',
      Status: '404',
      Message: 'Offset amount exceeds the total number of records',
    },
  ];
  return page.length > 0 ? { body: page } : { status: 404, body: end };
}

function written({ body }: Received) {
  const idOf = ({
    SKUInfo,
    AdvancedOptionCode: code,
  }: Partial<Stored & { AdvancedOptionCode: string }>) => String(SKUInfo?.CatalogID ?? code);
  const results = (JSON.parse(body) as Stored[]).map((row) =>
    refused.some((number) => JSON.stringify(row).includes(`:${number}`))
      ? { Key: 'Error', Value: '', Status: '400', Message: 'Stock is locked' }
      : { Key: 'CatalogID', Value: idOf(row), Status: '200', Message: 'updated successfully' },
  );
  return { body: results };
}

beforeEach(async () => {
  server = await startHttpServer((request) =>
    request.method === 'GET' ? listed(request.url) : written(request),
  );
  client = createThreeDCart({ apiUrl: server.origin, send: fetchTransport() });
  refused = [];
  catalogue = [
    product(1, 'MUG', 4),
    product(12, 'TS', 1307, option('11', 'TS-M', -494), option('12', 'TS-L', 2)),
    product(13, 'CAP', -3, option('21', 'CAP-S', 0)),
    ...Array.from({ length: 400 }, (_, index) => product(100 + index, `P-${index}`, 1)),
  ];
});

afterEach(async () => await server.close());

const asked = () =>
  server.received.map(({ method, url }) => `${method} ${url.replace('/3dCartWebAPI/v2', '')}`);
const puts = () =>
  server.received
    .filter(({ method }) => method === 'PUT')
    .map(({ url, body }) => [url.replace('/3dCartWebAPI/v2', ''), JSON.parse(body) as unknown]);
const said = async (levels: Array<{ sku: string; amount: number }>) =>
  (await writeStock(stockOf(client), levels)).map((outcome) =>
    outcome.ok ? [outcome.value.outcome, outcome.value.before] : outcome.error.message,
  );

it('writes products together and the variants of each together, and only what differs', async () => {
  expect(
    await said([
      { sku: 'MUG', amount: 5 },
      { sku: 'TS-M', amount: 7 },
      { sku: 'P-0', amount: 1 },
      { sku: 'TS-L', amount: -1 },
      { sku: 'CAP', amount: 0 },
      { sku: 'CAP-S', amount: 9 },
    ]),
  ).toEqual([
    ['updated', 4],
    ['updated', -494],
    ['unchanged', 1],
    ['updated', 2],
    ['updated', -3],
    ['updated', 0],
  ]);
  expect(puts()).toEqual([
    [
      '/Products',
      [{ SKUInfo: { CatalogID: 1, Stock: 5 } }, { SKUInfo: { CatalogID: 13, Stock: 0 } }],
    ],
    [
      '/Products/12/AdvancedOptions',
      [
        { AdvancedOptionCode: '11', AdvancedOptionSufix: 'TS-M', AdvancedOptionStock: 7 },
        { AdvancedOptionCode: '12', AdvancedOptionSufix: 'TS-L', AdvancedOptionStock: -1 },
      ],
    ],
    [
      '/Products/13/AdvancedOptions',
      [{ AdvancedOptionCode: '21', AdvancedOptionSufix: 'CAP-S', AdvancedOptionStock: 9 }],
    ],
  ]);
  expect(asked().filter((each) => each.startsWith('GET'))).toEqual([
    'GET /Products?offset=1&limit=200',
  ]);
});

it('asks for few SKUs one by one, and looks through the pages for variants alone', async () => {
  await said([{ sku: 'P-399', amount: 2 }]);
  expect(asked()).toEqual(['GET /Products?sku=P-399&offset=1&limit=200', 'PUT /Products']);
  server.received.length = 0;
  await said([{ sku: 'TS-M', amount: 2 }]);
  expect(asked().slice(0, 2)).toEqual([
    'GET /Products?sku=TS-M&offset=1&limit=200',
    'GET /Products?offset=1&limit=200',
  ]);
});

it('lets one fail without the others', async () => {
  refused = [6];
  expect(
    await said([
      { sku: 'MUG', amount: 6 },
      { sku: 'CAP', amount: 2 },
      { sku: 'TS-M', amount: 6 },
      { sku: 'GONE', amount: 1 },
      { sku: 'P-1', amount: 1.5 },
    ]),
  ).toEqual([
    '3dcart refused PUT /Products with status 400: Stock is locked',
    ['updated', -3],
    '3dcart refused PUT /Products/12/AdvancedOptions with status 400: Stock is locked',
    'The store has no product with the SKU GONE',
    'The quantity of P-1 is not a whole number',
  ]);
});

it('writes prices the same way', async () => {
  const outcomes = await writePrices(pricesOf(client), [
    { sku: 'MUG', amount: 12.5 },
    { sku: 'TS-M', amount: 40 },
    { sku: 'CAP', amount: 10 },
  ]);
  expect(outcomes.map((outcome) => outcome.ok && outcome.value.outcome)).toEqual([
    'updated',
    'updated',
    'unchanged',
  ]);
  expect(puts()).toEqual([
    ['/Products', [{ SKUInfo: { CatalogID: 1, Price: 12.5 } }]],
    [
      '/Products/12/AdvancedOptions',
      [{ AdvancedOptionCode: '11', AdvancedOptionSufix: 'TS-M', AdvancedOptionPrice: 40 }],
    ],
  ]);
});
