import type { IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { CLARITY_CREDENTIALS } from '../../sandbox/clarity/credentials';
import { startTestShop, type TestShop } from '../../sandbox/clarity/test-shop';
import { runNode } from '../../test/engine';
import { inDollars, presetMapper } from '../../test/support/presetMapper';
import { Clarity } from './Clarity.node';

let shop: TestShop;
/** Paid and untouched, refunded in part, refunded as a whole. */
let ids: string[];

beforeAll(async () => {
  shop = await startTestShop();
  const [paid, part, whole] = shop.clarity.place({ count: 3, state: 'paid' });
  if (!paid || !part || !whole) throw new Error('The shop has placed no orders');
  shop.clarity.refund(part, 5.5);
  shop.clarity.refund(part, 1.25);
  shop.clarity.refund(whole);
  ids = [paid, part, whole].map(({ orderId }) => orderId);
});

afterAll(async () => await shop.close());

const CREDENTIALS: Record<string, IDataObject> = {
  brief: { authentication: 'apiKey', apiKey: CLARITY_CREDENTIALS.apiKey },
  cef: {
    authentication: 'session',
    userName: CLARITY_CREDENTIALS.userName,
    password: CLARITY_CREDENTIALS.password,
  },
};

async function run(profile: string, parameters: IDataObject, input: object[]) {
  const { url } = shop;
  const clarityApi = { ...CREDENTIALS[profile], apiUrl: url, profile, storeName: 'main' };
  const done = await runNode({
    nodeType: new Clarity(),
    parameters: { resource: 'order', ...parameters } as never,
    credentialTypes: [new ClarityApi()],
    credentials: { clarityApi },
    input,
  });
  expect(done.error).toBeUndefined();
  return done.output();
}

const order = { __rl: true, mode: 'id', value: '={{ $json.wanted }}' };
const toCommon = presetMapper('clarity.order', 'commerce.order', inDollars('clarity'));

/** Type and amount of each payment of the common order. */
function moves(document: object): unknown[] {
  const { payments = [] } = toCommon(document) as { payments?: IDataObject[] };
  return payments.map(({ type, amount }) => [type, Number(amount)]);
}

describe.each(['brief', 'cef'])('Add Payments (%s)', (profile) => {
  it('puts what was paid and given back into the orders that need it, and so into the common order', async () => {
    const read = await run(
      profile,
      { operation: 'get', order },
      ids.map((wanted) => ({ wanted })),
    );
    const claimed = read.map((json, index) => ({
      ...json,
      claim: { outcome: index === 0 ? 'new' : 'changed' },
    }));
    const output = await run(profile, { operation: 'addPayments', for: 'changed' }, claimed);
    // A new order says itself what was paid, and is not asked for.
    expect(output[0]).toEqual(claimed[0]);
    const totals = read.map(({ totalAmount }) => Number(totalAmount));
    expect(output.map(moves)).toEqual([
      [['sale', totals[0]]],
      [
        ['sale', totals[1]],
        ['refund', 5.5],
        ['refund', 1.25],
      ],
      [
        ['sale', totals[2]],
        ['refund', totals[2]],
      ],
    ]);
    // What the order says itself does not change with it.
    expect(output.map(({ totalAmount }) => Number(totalAmount))).toEqual(totals);
  });

  it('says of an item that it is no order', async () => {
    const { url } = shop;
    const clarityApi = { ...CREDENTIALS[profile], apiUrl: url, profile, storeName: 'main' };
    const done = await runNode({
      nodeType: new Clarity(),
      parameters: { resource: 'order', operation: 'addPayments', for: 'all' },
      credentialTypes: [new ClarityApi()],
      credentials: { clarityApi },
      input: [{ salesorder: {} }],
      onError: 'continueErrorOutput',
    });
    expect(done.output(1)).toMatchObject([
      { error: expect.stringContaining('"orderId" is missing') as string },
    ]);
  });
});

test.each<[object, boolean]>([
  [{ status: 'refunded' }, true],
  [{ status: 'shipped', paymentInfo: { status: 'partiallyRefunded' } }, true],
  [{ paymentInfo: { status: 'Zurückgezahlt' } }, true],
  [{ status: 'shipped', paymentInfo: { status: 'captured' } }, false],
  [{ status: null, paymentInfo: null }, false],
])('of %j money may have been given back: %j', async (document, isAsked) => {
  const asked = jest.spyOn(shop.clarity.store, 'all');
  const [output] = await run('brief', { operation: 'addPayments', for: 'changed' }, [
    { orderId: ids[1], ...document },
  ]);
  expect(asked.mock.calls.length > 0).toBe(isAsked);
  expect(output?.['payments'] !== undefined).toBe(isAsked);
  asked.mockRestore();
});
