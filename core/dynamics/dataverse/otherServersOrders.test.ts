/** Sales orders against a service that answers all that is promised, and nothing more, in its own way. */
import { type InnerRequest, readBatch } from '../../../test/support/batchServer';
import { jumpingClock } from '../../../test/support/clock';
import { type HttpServer, type Reply, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import type { Row } from '../../odata/types';
import { createDataverse } from './client';
import { SALES_ORDER } from './sales/salesOrder';
import { writeSalesDocuments } from './sales/write';

const NEW = '11111111-aaaa-4aaa-8aaa-000000000001';
const OLD = '11111111-aaaa-4aaa-8aaa-000000000002';
const CURRENCY = '22222222-aaaa-4aaa-8aaa-000000000003';

interface Answer {
  status: number;
  headers?: string[];
  body?: object;
}

/** Keeps orders by their key; pages have one row, and names of headers the case of nobody else. */
class Service {
  readonly orders = new Map<string, Row>([
    [OLD, { salesorderid: OLD, name: 'Old', _transactioncurrencyid_value: CURRENCY.toUpperCase() }],
  ]);

  answer(request: InnerRequest): Answer {
    const { method, json } = request;
    const path = request.path.replace(/^\/api\/data\/v9\.2\//, '');
    const row = json as Row | undefined;
    const key = /^salesorders\((.+?)\)/.exec(path)?.[1] ?? '';
    if (path.startsWith('transactioncurrencies')) return this.currencies();
    if (method === 'POST') return this.create(row ?? {});
    if (method === 'PATCH') return this.update(key, row ?? {});
    return key ? { status: 200, body: this.orders.get(key) ?? {} } : this.page(path);
  }

  private currencies(): Answer {
    const row = { transactioncurrencyid: CURRENCY.toUpperCase(), isocurrencycode: 'USD' };
    return { status: 200, body: { value: [row] } };
  }

  private create(row: Row): Answer {
    const id = String(row['salesorderid']);
    if (this.orders.has(id)) {
      const message = 'A record with matching key values already exists.';
      return { status: 412, body: { error: { code: '', message } } };
    }
    this.orders.set(id, row);
    return { status: 204, headers: [`ODATA-ENTITYID: http://gateway/salesorders(${id})`] };
  }

  private update(id: string, row: Row): Answer {
    this.orders.set(id, { ...this.orders.get(id), ...row });
    return { status: 204 };
  }

  page(path: string): Answer {
    const at = Number(/skiptoken=(\d+)/.exec(path)?.[1] ?? 0);
    const all = [...this.orders.values()];
    const row = { ...all[at], salesorderid: String(all[at]?.['salesorderid']).toUpperCase() };
    const next = at + 1 < all.length ? `salesorders?$skiptoken=${at + 1}` : null;
    const value = [{ ...row, totalamount: 10, ordernumber: `N-${at}` }];
    return { status: 200, body: { value, '@odata.nextLink': next } };
  }
}

function partOf({ status, headers = [], body }: Answer): string {
  const json = body ? JSON.stringify(body) : '';
  return ['', `HTTP/1.1 ${status}`, ...headers, '', json].join('\n');
}

function reply(service: Service, entries: ReturnType<typeof readBatch>): Reply {
  const parts = entries.map((entry) => {
    if (!Array.isArray(entry)) return partOf(service.answer(entry));
    const members = entry.map((member) => `--c\n${partOf(service.answer(member))}\n`);
    return `content-type:multipart/mixed;boundary=c\n\n${members.join('')}--c--\n`;
  });
  return {
    headers: { 'Content-Type': 'multipart/mixed;boundary="b"' },
    body: `${parts.map((part) => `--b\n${part}\n`).join('')}--b--`,
  };
}

let server: HttpServer;

afterEach(async () => await server.close());

it('writes them once, and knows the ones that are there', async () => {
  const service = new Service();
  server = await startHttpServer((request) => {
    if (request.url.endsWith('/$batch')) return reply(service, readBatch(request));
    const path = request.url.replace('/api/data/v9.2/', '');
    const json: unknown = request.body === '' ? undefined : JSON.parse(request.body);
    const { status, body } = service.answer({ method: request.method, path, headers: {}, json });
    return { status, body };
  });
  const clock = jumpingClock();
  const send = createSend({ transport: fetchTransport(), retry: { clock } });
  const client = createDataverse({ url: `${server.origin}/main.aspx?app=1`, send }, { clock });
  const documents = [NEW, OLD].map((salesorderid) => ({
    salesorderid,
    name: `Web ${salesorderid.at(-1)}`,
    transactioncurrency: 'USD',
  }));

  expect(await writeSalesDocuments(client, SALES_ORDER, documents)).toMatchObject([
    { ok: true, value: { id: NEW, outcome: 'created', ordernumber: 'N-1', totalamount: 10 } },
    { ok: true, value: { id: OLD, outcome: 'updated', ordernumber: 'N-0', totalamount: 10 } },
  ]);
  expect([...service.orders.values()].map(({ name }) => name)).toEqual(['Web 2', 'Web 1']);
  expect(service.orders.get(NEW)).toMatchObject({
    'transactioncurrencyid@odata.bind': `/transactioncurrencies(${CURRENCY})`,
  });
});
