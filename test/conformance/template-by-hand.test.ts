import type { IDataObject } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { doorsOf } from '../../scripts/n8n/doors';
import { NODES } from '../../workflows/templates/orderToCash';
import { useOwnLedger } from '../support/ledger';
import { templateFlow } from './template-on-sandbox';

/** The template as a person runs it in the editor, and then as it runs published, on the sandbox. */

const ORDERS = 4;

useOwnLedger();

describe('the template, from Claim on', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  const xCart = async (parameters: object): Promise<IDataObject[]> =>
    await templateFlow(sandbox, 'xcart').orders(parameters);

  async function placeOrders(): Promise<void> {
    const wish = { count: ORDERS, lines: 2, paid: true };
    await doorsOf(sandbox.control.url)('POST', '/xcart/orders', wish);
    const [first] = await xCart({ operation: 'getAll', limit: 1 });
    const order = { __rl: true, mode: 'id', value: String(first?.id) };
    await xCart({ operation: 'updatePaymentStatus', order, paymentStatus: 'D' });
  }

  const run = async (input: object[], mode?: 'manual') =>
    await templateFlow(sandbox, 'xcart').run(input, mode);

  const states = async () => (await (await openLedger()).statistics()).total.states;
  const outcomesOf = (items: IDataObject[]) =>
    items.map(({ ledger }) => {
      const { state, would } = ledger as IDataObject;
      return would === undefined ? state : `${String(state)}: ${String(would)}`;
    });

  test('by hand it writes to its end, holds nothing, and what it has written is not sent again', async () => {
    await placeOrders();
    const orders = await xCart({ operation: 'getAll', limit: ORDERS, simplify: false });
    const byHand = await run(orders, 'manual');
    expect(byHand.json('Keep what failed')).toEqual([]);
    expect(outcomesOf(byHand.json('Mark as done'))).toEqual(['done', 'done', 'done']);
    expect(outcomesOf(byHand.json('Hold with its reason'))).toEqual(['not-taken: held']);
    expect(await states()).toMatchObject({ done: ORDERS - 1, held: 0, in_flight: 0 });
    const written = sandbox.services.dataverse.rows('salesorders');
    expect(written).toHaveLength(ORDERS - 1);

    const published = await run(orders);
    expect(published.json(NODES.claim, 0)).toHaveLength(1);
    expect(outcomesOf(published.json('Hold with its reason'))).toEqual(['held']);
    expect(sandbox.services.dataverse.rows('salesorders')).toEqual(written);
  });
});
