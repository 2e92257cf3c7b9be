/** Writes of many records at once, whose answers tell of each, or of some, or of none. */
import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { no, ok, threeDCartAt } from '../../../test/support/threeDCart';
import type { ThreeDCart } from './client';

let server: HttpServer;
let client: ThreeDCart;
let answer: (request: Received) => Reply;

beforeEach(async () => {
  server = await startHttpServer((request) => answer(request));
  client = threeDCartAt(server);
});

afterEach(async () => await server.close());

const asked = () =>
  server.received.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
const bodies = () =>
  server.received.map(({ body }) => (body === '' ? undefined : JSON.parse(body)));
describe('writing many at once', () => {
  const three = [1, 2, 3].map((OrderID) => ({ OrderID, InternalComments: 'x' }));
  const outcomes = async () =>
    (await client.orders.updateMany(three)).map((outcome) =>
      outcome.ok ? outcome.value.OrderID : outcome.error.class,
    );

  it.each([200, 400])('tells what became of each, with status %i', async (status) => {
    answer = () => ({ status, body: [ok('1'), no('Order not found', '404'), ok('3')] });
    expect(await outcomes()).toEqual([1, 'not-found', 3]);
  });

  const alike = no('Locked');
  it.each([
    ['successes in another order', [ok('3'), ok('1'), ok('2')], [1, 2, 3]],
    ['a refusal that comes first', [no('Locked'), ok('1'), ok('3')], [1, 'validation', 3]],
    [
      'refusals of one reason, out of order',
      [ok('3'), alike, alike],
      ['validation', 'validation', 3],
    ],
    [
      'a refusal that names its record',
      [ok('3'), ok('1'), no('Gone', '404', '2')],
      [1, 'not-found', 3],
    ],
    ['successes that name nothing', [ok(''), ok(''), ok('')], [1, 2, 3]],
    [
      'refusals that name nothing',
      [no('a'), no('b', '404'), no('c')],
      ['validation', 'not-found', 'validation'],
    ],
    ['fewer results than records', [ok('3'), ok('1')], [1, 'unknown', 3]],
    ['a refusal for two that are left', [ok('3'), no('Locked')], ['unknown', 'unknown', 3]],
    ['one refusal for all', [no('Locked')], ['validation', 'validation', 'validation']],
    [
      'two refusals for all',
      [no('Locked'), no('Gone')],
      ['validation', 'validation', 'validation'],
    ],
    ['reasons out of order', [no('Locked'), no('Gone', '404'), ok('1')], [1, 'unknown', 'unknown']],
    [
      'a success and a refusal that name nothing',
      [ok('1'), ok(''), no('x')],
      [1, 'unknown', 'unknown'],
    ],
  ])('attributes %s', async (_, body, expected) => {
    answer = () => ({ body });
    expect(await outcomes()).toEqual(expected);
  });

  it('says of what is in doubt why, and what to do', async () => {
    answer = () => ({ body: [ok('3'), no('Locked')] });
    const [first] = await client.orders.updateMany(three);
    expect(first).toMatchObject({
      ok: false,
      error: {
        message:
          '3dcart did not say whether PUT /Orders wrote this record; of the records written with it, it refused some: "Locked"',
        fix: expect.stringMatching(/^Run this step again for this record alone/) as string,
      },
    });
  });

  it.each([200, 400])(
    'writes halves where all are refused for the sake of one, with status %i',
    async (status) => {
      answer = ({ body }) => {
        const ids = (JSON.parse(body) as Array<{ OrderID: number }>).map(({ OrderID }) => OrderID);
        return ids.includes(2)
          ? { status, body: [no('Locked')] }
          : { body: ids.map((id) => ok(String(id))) };
      };
      expect(await outcomes()).toEqual([1, 'validation', 3]);
      expect(asked()).toHaveLength(5);
    },
  );

  it('tells of the id 0, and of one that is written twice', async () => {
    const ids = (sent: object[]) =>
      client.orders.updateMany(sent).then((all) => all.map(({ ok: is }) => is));
    answer = () => ({ body: [ok('1'), ok('0')] });
    expect(await ids([{ OrderID: 0 }, { OrderID: 1 }])).toEqual([true, true]);
    answer = () => ({ body: [no('Not found', '404', '0'), ok('0')] });
    expect(await ids([{ OrderID: 0 }, { OrderID: 1 }])).toEqual([true, false]);
    answer = () => ({ body: [ok('1'), no('Locked')] });
    expect(await ids([{ OrderID: 1 }, { OrderID: 1 }])).toEqual([true, false]);
  });

  it('does not take a write for done of which nothing is told', async () => {
    answer = () => ({ body: [] });
    await expect(client.orders.update(1, { OrderStatusID: 4 })).rejects.toMatchObject({
      class: 'unknown',
    });
    await expect(client.orders.addTransaction(1, {})).rejects.toMatchObject({ class: 'unknown' });
  });

  it('fails all where the answer tells of none', async () => {
    answer = () => ({
      status: 401,
      body: { Message: 'Authorization has been denied for this request.' },
    });
    expect(await outcomes()).toEqual(['authentication', 'authentication', 'authentication']);
  });

  it('sends at most a hundred, with the id where products have it', async () => {
    answer = ({ body }) => ({
      body: (JSON.parse(body) as Array<{ SKUInfo: { CatalogID: number } }>).map(({ SKUInfo }) =>
        ok(String(SKUInfo.CatalogID), 'CatalogID'),
      ),
    });
    const documents = Array.from({ length: 101 }, (_, index) => ({
      SKUInfo: { CatalogID: index + 1, Stock: -2 },
    }));
    const written = await client.products.updateMany(documents);
    expect(written.every((outcome) => outcome.ok)).toBe(true);
    expect(bodies().map((body) => body.length)).toEqual([100, 1]);
  });
});

it('lists all webhooks, and events by what 3dcart calls them', async () => {
  answer = ({ url }) => ({
    body: url.includes('Events')
      ? [{ EventType: 5, EventName: 'Order New' }]
      : [{ Id: '3', Url: 'https://n8n.example' }],
  });
  expect(await client.webhooks.list()).toEqual([{ Id: 3, Url: 'https://n8n.example' }]);
  expect(await client.webhooks.events()).toEqual([{ EventType: 5, EventName: 'Order New' }]);
  expect(server.received[0]?.url).toContain('/Webhooks?enabled=-1');
});
