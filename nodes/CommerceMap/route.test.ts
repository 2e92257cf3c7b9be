import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { factOf } from '../../core/ledger/memory';
import type { ClaimOutcome } from '../../core/ledger/ledger';
import { openLedger } from '../../core/ledger/open';
import { type NodeRun, runNode } from '../../test/engine';
import { ledger, order, useOwnLedger } from '../../test/support/ledger';
import { CommerceMap } from './CommerceMap.node';

useOwnLedger();

const [WRITE, REFUND, CANCEL, HOLD] = [0, 1, 2, 3];

function mapped(state: object, more: object = {}): IDataObject {
  return {
    salesorder: { name: 'X-Cart 1001' },
    contact: { firstname: 'Ada' },
    state: {
      number: '1001',
      payment: 'paid',
      paymentCode: 'P',
      paymentName: 'Paid',
      shipping: 'unfulfilled',
      shippingCode: 'N',
      shippingName: 'New',
      total: 138.07,
      currency: 'USD',
      ...state,
    },
    ...more,
  };
}

const payment = (paymentCode: string, paymentName = paymentCode): object => ({
  payment: 'unknown',
  paymentCode,
  paymentName,
});

async function route(
  input: object[],
  table: INodeParameters = {},
  onError?: 'continueErrorOutput',
): Promise<NodeRun> {
  return await runNode({
    nodeType: new CommerceMap(),
    parameters: {
      operation: 'route',
      from: 'xcart.order',
      to: 'dataverse.salesorder',
      ...table,
    },
    input,
    onError,
  });
}

const counts = (run: NodeRun): number[] =>
  [WRITE, REFUND, CANCEL, HOLD].map((output) => run.output(output).length);

describe('Route by State', () => {
  test('puts out each order by the state that it has in the shop, with what was decided and why', async () => {
    const run = await route([
      mapped({}),
      mapped({ refunded: 20 }),
      mapped(payment('C', 'Cancelled')),
      mapped(payment('Q', 'Awaiting Payment')),
      mapped({ shippingCode: 'WFA', shippingName: 'Waiting for Approval' }),
    ]);
    expect(counts(run)).toEqual([1, 1, 1, 2]);
    expect(run.output(WRITE)[0]).toEqual(
      mapped({ action: 'write', reason: 'Payment is Paid: written' }),
    );
    expect(run.output(REFUND)[0]).toMatchObject({
      refund: { amount: 20, total: 20, currency: 'USD' },
      state: { action: 'refund', remark: 'Refund of 20.00 USD in the shop (20.00 of 138.07)' },
    });
    expect(run.output(CANCEL)[0]).toMatchObject({ state: { action: 'cancel' } });
    expect(run.output(HOLD)[0]).toMatchObject({
      state: {
        action: 'hold',
        reason:
          'Payment is Awaiting Payment: held until that changes. Change this in Route by State.',
      },
    });
  });

  test('decides by the one status of a shop that has no others', async () => {
    const ordered = (order: string, orderCode: string, orderName: string) => ({
      salesorder: { name: '3dcart AB-1042' },
      state: { number: 'AB-1042', order, orderCode, orderName, total: 10, currency: 'USD' },
    });
    const orders = [
      ordered('open', '2', 'Processing'),
      ordered('cancelled', '5', 'Cancel'),
      ordered('onHold', '11', 'Unpaid'),
      ordered('unknown', '8', 'Custom 1'),
      ordered('unknown', '13', '13'),
    ];
    expect(counts(await route(orders, { from: 'threedcart.order' }))).toEqual([1, 0, 1, 3]);
    const table = { from: 'threedcart.order', orderCustom1: 'write', orderUnpaid: 'draft' };
    expect(counts(await route(orders, table))).toEqual([3, 0, 1, 1]);
  });

  test('decides nothing where a status of the shop differs from item to item', async () => {
    const rows = [{ status: '={{ $json.state.paymentCode }}', action: 'write' }];
    const run = await route([mapped(payment('Q')), mapped(payment('C'))], {
      otherStatuses: { rows },
    });
    expect(run.error?.message).toMatch(/^Other Statuses differs from item to item/);
    expect(counts(run)).toEqual([0, 0, 0, 0]);
  });

  test('does what its drop-downs say', async () => {
    const run = await route(
      [mapped(payment('Q')), mapped(payment('D')), mapped({ shippingCode: 'NBA' })],
      {
        paymentAwaitingPayment: 'write',
        paymentDeclined: 'cancel',
        shippingNewBackordered: 'hold',
      },
    );
    expect(counts(run)).toEqual([1, 0, 1, 1]);
  });

  test('knows the statuses of the merchant by their names or codes, and holds others', async () => {
    const rows = [
      { status: ' wire Transfer', axis: 'any', action: 'write' },
      { status: 'lay', axis: 'payment', action: 'cancel' },
      { status: 'Sent in part', axis: 'shipping', action: 'hold' },
    ];
    const run = await route(
      [
        mapped(payment('WT', 'Wire Transfer')),
        mapped(payment('LAY', 'Layaway')),
        mapped({ shippingCode: 'SIP', shippingName: 'Sent in Part' }),
        mapped({ shippingCode: 'LAY', shippingName: 'Layaway' }),
        mapped(payment('ODD', 'Odd')),
      ],
      { otherStatuses: { rows } },
    );
    expect(counts(run)).toEqual([2, 0, 1, 2]);
    const any = await route([mapped(payment('ODD'))], { paymentAnyOther: 'write' });
    expect(counts(any)).toEqual([1, 0, 0, 0]);
  });

  test('writes drafts as the target has them, and the order when it is one', async () => {
    const table = { paymentAwaitingPayment: 'draft' };
    const run = await route([mapped(payment('Q')), mapped({})], table);
    expect(run.output(WRITE)).toMatchObject([
      { salesorder: { name: 'X-Cart 1001', statuscode: 2 }, state: { action: 'draft' } },
      { salesorder: { name: 'X-Cart 1001', statuscode: 1 }, state: { action: 'write' } },
    ]);
    const repaid = mapped({ ...payment('Q'), refunded: 5 });
    const [draft] = (await route([repaid], table)).output(REFUND);
    expect(draft).toMatchObject({ salesorder: { statuscode: 2 }, refund: { amount: 5 } });
    const usual = await route([mapped({})]);
    expect(usual.output(WRITE)[0]?.salesorder).toEqual({ name: 'X-Cart 1001' });
  });

  test('fails what has no state, by the error output alone', async () => {
    const run = await route(
      [{ salesorder: {} }, mapped({ total: 'much' }), mapped({})],
      {},
      'continueErrorOutput',
    );
    expect(counts(run)).toEqual([1, 0, 0, 0]);
    expect(run.output(4)).toMatchObject([
      { error: expect.stringContaining('no field "state"') as string },
      { error: expect.stringContaining('"state.total"') as string },
    ]);
  });

  test('names a row without a status', async () => {
    const rows = [{ status: ' ', action: 'write' }];
    const run = await route([mapped({})], { otherStatuses: { rows } });
    expect(run.error?.message).toContain('Status 1 under Other Statuses');
  });
});

describe('a refund', () => {
  const request = { flow: 'orders', key: 'xcart:main:order:1', payload: {} };

  async function claimed(hash: string): Promise<ClaimOutcome & { token: string }> {
    const opened = await openLedger();
    const [claim] = await opened.claim([{ ...request, hash }], { leaseMs: 60_000 });
    if (!claim || !('token' in claim)) throw new Error(`not claimed: ${claim?.outcome}`);
    return claim;
  }

  const amountOf = async (refunded: number, claim: object): Promise<unknown> => {
    const run = await route([mapped({ refunded }, { claim })]);
    const [item] = [...run.output(WRITE), ...run.output(REFUND)];
    return (item?.refund as IDataObject | undefined)?.amount;
  };

  test('is put out once; a further one with its own amount', async () => {
    const ledger = await openLedger();
    const first = await claimed('a');
    expect(await amountOf(20, first)).toBe(20);
    await ledger.complete([{ ...first, outcome: 'done', facts: ['refund'] }]);
    const second = await claimed('b');
    expect(await amountOf(20, second)).toBeUndefined();
    await ledger.complete([{ ...second, outcome: 'done' }]);
    expect(await amountOf(25, await claimed('c'))).toBe(5);
  });

  test('comes again where what follows has failed', async () => {
    const ledger = await openLedger();
    const first = await claimed('a');
    expect(await amountOf(20, first)).toBe(20);
    const details = { class: 'transient', retryAfterMs: 0 } as const;
    await ledger.fail([{ token: first.token, message: 'no', details }]);
    expect(await amountOf(20, await claimed('b'))).toBe(20);
    const [memory] = await ledger.recall([factOf(request, 'refund')]);
    expect(memory?.confirmed).toBeUndefined();
  });

  test('is named on the claim, for Complete to confirm it with the record', async () => {
    const run = await route([mapped({ refunded: 20 }, { claim: await claimed('a') })]);
    expect(run.output(REFUND)[0]?.claim).toMatchObject({ facts: ['refund'] });
  });

  test('that a test run has told and written is not told again', async () => {
    const look = async (total: number): Promise<IDataObject> => {
      const run = await ledger('claim', [order('1', { total })], {}, { mode: 'manual' });
      return run.output(0)[0]?.claim as IDataObject;
    };
    const run = await route([mapped({ refunded: 20 }, { claim: await look(1) })]);
    const [told] = run.output(REFUND);
    expect(told).toMatchObject({ refund: { amount: 20 } });
    expect(await amountOf(20, await look(1))).toBe(20);
    const written = { ...told, salesorder: { id: 'g' } };
    await ledger('complete', [written], {}, { mode: 'manual' });
    expect(await amountOf(20, await look(2))).toBeUndefined();
  });
});
