/** A quote, written by the writer of orders: what the two differ in is data. */
import { batchReply, httpPart, readSingles } from '../../../../test/support/batchServer';
import {
  type HttpServer,
  type Received,
  startHttpServer,
} from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import type { Row } from '../../../odata/types';
import { createDataverse } from '../client';
import type { Dataverse } from '../types';
import { closeCall } from './move';
import { QUOTE } from './quote';
import { writeSalesDocuments } from './write';

const id = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';

const document = {
  quoteid: id(1),
  name: 'Web 7',
  freightamount: '4.50',
  expectedtotal: '24.50',
  quote_details: [
    { quotedetailid: id(2), productdescription: 'Engraving', quantity: 2, priceperunit: '10' },
  ],
};

/** Keeps quotes with their lines, and answers as Dataverse does. */
class Quotes {
  readonly rows = new Map<string, Row>();
  readonly calls: string[] = [];

  answer({ method, path, json }: { method: string; path: string; json: unknown }) {
    const [, set = '', key = ''] = /v9\.2\/(\w+)(?:\(([^)]*)\))?/.exec(path) ?? [];
    this.calls.push(`${method} ${set}`);
    if (method === 'POST') return this.create(json as Row);
    if (method === 'PATCH') return this.change(set, key, json as Row);
    if (key) return { status: 200, body: this.rows.get(key) };
    return { status: 200, body: { value: [...this.rows.values()] } };
  }

  private create(row: Row) {
    const key = String(row['quoteid']);
    const message = 'A record with matching key values already exists.';
    if (this.rows.has(key)) return { status: 412, body: { error: { code: '', message } } };
    this.rows.set(key, { quotenumber: 'QUO-1', totalamount: 24.5, statecode: 0, ...row });
    return { status: 204, headers: { 'OData-EntityId': `https://x/quotes(${key})` } };
  }

  private change(set: string, key: string, change: Row) {
    const [quote = {}] = this.rows.values();
    const [line = {}] = quote['quote_details'] as Row[];
    Object.assign(set === 'quotes' ? (this.rows.get(key) ?? {}) : line, change);
    return { status: 204 };
  }
}

const quotes = new Quotes();
let server: HttpServer;
let client: Dataverse;

beforeAll(async () => {
  server = await startHttpServer((request: Received) => {
    if (!request.url.endsWith('$batch')) {
      const json: unknown = request.body === '' ? undefined : JSON.parse(request.body);
      return quotes.answer({ method: request.method, path: request.url, json });
    }
    return batchReply(readSingles(request).map((single) => httpPart(quotes.answer(single))));
  });
  const send = createSend({ transport: fetchTransport(), retry: false });
  client = createDataverse({ url: server.origin, send });
});

afterAll(async () => await server.close());
beforeEach(() => quotes.calls.splice(0));

const write = async (change: Row = {}) =>
  await writeSalesDocuments(client, QUOTE, [{ ...document, ...change }]);

test('is created whole, with its number in the column of that name', async () => {
  expect(await write()).toEqual([
    {
      ok: true,
      value: {
        id: id(1),
        outcome: 'created',
        quotenumber: 'QUO-1',
        name: 'Web 7',
        totalamount: 24.5,
        lines: 1,
      },
    },
  ]);
  expect(quotes.rows.get(id(1))).toMatchObject({
    freightamount: 4.5,
    quote_details: [{ quotedetailid: id(2), isproductoverridden: true, priceperunit: 10 }],
  });
});

test('is found unchanged, and changed only where it differs', async () => {
  expect(await write()).toMatchObject([{ value: { outcome: 'unchanged', lines: 1 } }]);
  expect(quotes.calls).toEqual(['POST quotes', 'GET quotes']);
  const [line] = document.quote_details;
  const changed = { quote_details: [{ ...line, quantity: 3 }] };
  expect(await write(changed)).toMatchObject([{ value: { outcome: 'updated' } }]);
  expect(quotes.calls.filter((call) => call.startsWith('PATCH'))).toEqual(['PATCH quotedetails']);
});

test('is closed in states of its own, and says so in its own words', async () => {
  Object.assign(quotes.rows.get(id(1)) ?? {}, { statecode: 1 });
  expect(await write({ freightamount: 9 })).toMatchObject([
    {
      ok: false,
      error: {
        class: 'held',
        message: 'Quote "Web 7" is Active in Dynamics 365 and can no longer be changed',
        fix: QUOTE.words.closedFix,
      },
    },
  ]);
  expect(await write({ quoteid: '7' })).toMatchObject([
    { ok: false, error: { message: '"quoteid" of the quote is not a GUID' } },
  ]);
  expect(await write({ quote_details: {} })).toMatchObject([
    { ok: false, error: { message: '"quote_details" of the quote is not a list' } },
  ]);
});

test('is closed by actions of its own', () => {
  expect(
    closeCall(QUOTE, QUOTE.moves.win.action.closing, { id: id(1), status: 4, subject: 'Won' }),
  ).toMatchObject({
    parameters: {
      QuoteClose: {
        '@odata.type': 'Microsoft.Dynamics.CRM.quoteclose',
        subject: 'Won',
        'quoteid@odata.bind': `/quotes(${id(1)})`,
      },
      Status: 4,
    },
  });
});
