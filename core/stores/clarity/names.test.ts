/** Under which of several names a new record is written, and a person's name. */
import { type HttpServer, type Reply, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { type Clarity, createClarity } from './client';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { readProfile } from './profile/read';

let server: HttpServer;
let rows: object[];
let record: object;
let list: () => Reply;

beforeEach(async () => {
  rows = [];
  record = {};
  list = () => ({ body: { items: rows, Results: rows } });
  server = await startHttpServer(({ method, url }) => {
    if (method !== 'GET') return { status: 200, body: { ActionSucceeded: true } };
    return /\/\d+$/.test(url) ? { body: record } : list();
  });
});

afterEach(async () => await server.close());

const open = (profile = BRIEF): Clarity =>
  createClarity({ url: server.origin, profile, send: fetchTransport() });

const written = (): unknown[] =>
  server.received
    .filter(({ method }) => method !== 'GET')
    .map(({ body }) => JSON.parse(body) as unknown);
const readings = (): number => server.received.filter(({ method }) => method === 'GET').length;

describe('a new record', () => {
  const ORDER = { orderId: '1', currency: 'USD', totalAmount: 1, lineItems: [] };

  it.each([
    [{ shippingAmount: 0 }, 'shippingAmount'],
    [{ shippingTotal: 4 }, 'shippingTotal'],
    [{ shippingCost: null }, 'shippingCost'],
    [{ shipping: { amount: 2 } }, undefined],
    [{}, 'shippingTotal'],
  ])('has the names that others have: %j', async (charges, name) => {
    rows = [ORDER, { ...ORDER, ...charges }];
    await open().orders.create({ currency: 'USD', shippingTotal: 3 });
    expect(written()).toEqual([
      name === undefined
        ? { currency: 'USD', shipping: { amount: 3 } }
        : { currency: 'USD', [name]: 3 },
    ]);
  });

  it('has the first of its names where there is no other, or the service does not list them', async () => {
    await open().orders.upsert('ERP-1', { shippingTotal: 3 });
    list = () => ({ status: 403, body: {} });
    await open().orders.create({ shippingTotal: 4 });
    const listless = readProfile('{"extends":"brief","resources":{"orders":{"list":null}}}');
    await open(listless).orders.create({ shippingTotal: 5 });
    expect(written()).toEqual([{ shippingTotal: 3 }, { shippingTotal: 4 }, { shippingTotal: 5 }]);
    expect(readings()).toBe(2);
  });

  it('is not made while nobody can see its names, and is later', async () => {
    const { orders } = open();
    rows = [{ ...ORDER, shippingAmount: 1 }];
    const usual = list;
    list = () => ({ status: 503, body: {} });
    await expect(orders.create({ shippingTotal: 3 })).rejects.toMatchObject({ class: 'transient' });
    list = usual;
    await orders.create({ shippingTotal: 3 });
    expect(written()).toEqual([{ shippingAmount: 3 }]);
  });

  it('costs one more request for all of a run, and none where each field has one name', async () => {
    const { orders, payments } = open();
    rows = [{ ...ORDER, shippingAmount: 1 }];
    await Promise.all([1, 2, 3].map(async (each) => await orders.create({ shippingTotal: each })));
    await payments.create({ orderId: '1', amount: 3 });
    expect([readings(), written().length]).toEqual([1, 4]);
  });

  it('of cef has its lines under the names of the reference, or of other orders', async () => {
    const line = { sku: 'TS', quantity: 2, unitPrice: 9.5, tax: 1, discount: 0.5 };
    await open(CEF).orders.create({ lineItems: [line] });
    rows = [{ ID: 1, SalesItems: [{ Sku: 'A', TotalQuantity: 1, UnitCorePrice: 3, Tax: 1 }] }];
    await open(CEF).orders.create({ lineItems: [line, line] });
    const other = { Sku: 'TS', TotalQuantity: 2, UnitCorePrice: 9.5, Tax: 1, Discount: 0.5 };
    expect(written()).toEqual([
      { SalesItems: [{ Sku: 'TS', Quantity: 2, UnitPrice: 9.5, Tax: 1, Discount: 0.5 }] },
      { SalesItems: [other, other] },
    ]);
  });
});

describe('the name of a customer of cef', () => {
  const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' };

  it('is one field, as the reference has it, and nobody gets the name of another', async () => {
    await open(CEF).customers.create(ada);
    rows = [{ ID: 1, Contact: { FullName: 'Grace Hopper' } }];
    await open(CEF).customers.create({ email: 'b@example.com', lastName: 'Byron' });
    expect(written()).toEqual([
      { Contact: { Email1: 'ada@example.com', FullName: 'Ada Byron' } },
      { Contact: { Email1: 'b@example.com', FullName: 'Byron' } },
    ]);
  });

  it('keeps the part that is not changed', async () => {
    record = { ID: 7, Contact: { FullName: 'Ada King' } };
    await open(CEF).customers.update(7, { lastName: 'Byron' });
    expect(written()).toEqual([{ Contact: { FullName: 'Ada Byron' } }]);
  });

  it('is two fields where the deployment has them', async () => {
    rows = [{ ID: 1, Contact: { FirstName: 'Grace', LastName: 'Hopper' } }];
    await open(CEF).customers.create(ada);
    expect(written()).toEqual([
      { Contact: { Email1: 'ada@example.com', FirstName: 'Ada', LastName: 'Byron' } },
    ]);
  });
});
