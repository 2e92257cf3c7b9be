import type { IDataObject } from 'n8n-workflow';

import { factOf } from '../../core/ledger/memory';
import { openLedger } from '../../core/ledger/open';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { retryItem } from '../SyncLedgerTrigger/poll';

useOwnLedger();

async function claimed(...orders: object[]): Promise<IDataObject[]> {
  return (await ledger('claim', orders)).output(0);
}

const unpaid = { state: { action: 'hold', reason: 'Not paid yet' } };

async function hold(...ids: string[]): Promise<IDataObject[]> {
  const items = await claimed(...ids.map((id) => order(id)));
  const run = await ledger(
    'hold',
    items.map((item) => ({ ...item, ...unpaid })),
  );
  expect(run.error).toBeUndefined();
  return run.output();
}

async function lookUp(id: string): Promise<IDataObject> {
  const [found] = (await ledger('lookUp', [order(id)])).output();
  return found?.ledger as IDataObject;
}

describe('Hold', () => {
  test('keeps records with the reason that Route by State gave, and puts the items out', async () => {
    expect(await hold('1', '2')).toMatchObject([
      {
        ...order('1'),
        ledger: { key: keyOf('1'), state: 'held', reason: 'Not paid yet' },
      },
      { ...order('2'), ledger: { key: keyOf('2'), state: 'held' } },
    ]);
    expect(await lookUp('1')).toMatchObject({
      state: 'held',
      records: [{ error: { class: 'held', message: 'Not paid yet' } }],
    });
  });

  test.each([
    ['a fixed text', { reasonFrom: 'text', reason: 'Fraud review' }, 'Fraud review'],
    ['an expression', { reasonField: '={{ "Order " + $json.order_number }}' }, 'Order 1'],
    ['notes', { reasonField: 'notes' }, 'Two contacts match; Choose one'],
    ['a field that is not there', { reasonField: 'nothing.here' }, 'Held without a reason'],
  ])('takes the reason from %s', async (_from, parameters, reason) => {
    const [item] = await claimed(order('1'));
    const notes = [{ field: 'email', message: 'Two contacts match' }, 'Choose one'];
    const run = await ledger('hold', [{ ...item, notes }], parameters);
    expect(run.output()).toMatchObject([{ ledger: { reason } }]);
  });

  test('wants the claim of the item', async () => {
    const run = await ledger('hold', [order('1')], {}, { onError: 'continueErrorOutput' });
    expect(run.output(1)).toMatchObject([{ error: expect.stringContaining('"claim"') as string }]);
  });
});

test('Claim skips what is held, and takes it by itself when the shop changes it', async () => {
  await hold('1');
  const again = await ledger('claim', [order('1'), order('1', { payment: 'paid' })]);
  expect(again.output(1)).toMatchObject([{ claim: { key: keyOf('1'), outcome: 'held' } }]);
  expect(again.output(0)).toMatchObject([{ payment: 'paid', claim: { outcome: 'changed' } }]);
});

test('Fail holds what waits for a person, and Complete what a node has left', async () => {
  const [first, second] = await claimed(order('1'), order('2'));
  const details = { class: 'held', code: 'SEVERAL_MATCHES', fix: 'Merge the contacts' };
  const failed = await ledger('fail', [{ ...first, error: 'Two contacts match', details }]);
  expect(failed.output()).toMatchObject([
    { ledger: { state: 'held', reason: 'Two contacts match' } },
  ]);
  const left = { outcome: 'held', notes: [{ field: 'name', message: 'Both sides changed it' }] };
  const completed = await ledger('complete', [{ ...second, salesorder: left }], {
    options: { outcomeField: 'salesorder.outcome', remarkField: 'salesorder.notes' },
  });
  expect(completed.output()).toMatchObject([
    { ledger: { state: 'held', outcome: 'held', reason: 'Both sides changed it' } },
  ]);
});

test('Complete keeps a remark, and Look Up shows it', async () => {
  const remark = 'Refund of 20.00 USD in the shop';
  const [item] = await claimed(order('1'));
  const run = await ledger('complete', [{ ...item, salesorder: { id: 'g' }, told: remark }], {
    options: { remarkField: 'told' },
  });
  expect(run.output()).toMatchObject([{ ledger: { state: 'done', remark } }]);
  expect(await lookUp('1')).toMatchObject({ state: 'done', remark, records: [{ remark }] });
});

describe('List Held and Requeue', () => {
  test('lists what is held with reason and document, and requeues it as listed', async () => {
    await hold('1', '2');
    const list = await ledger('listHeld', [{}], { returnAll: true });
    expect(list.output()).toHaveLength(2);
    expect(list.output()).toContainEqual(
      expect.objectContaining({
        key: keyOf('1'),
        flow: 'test',
        state: 'held',
        document: order('1'),
        createdAt: expect.stringMatching(/Z$/) as string,
      }),
    );
    expect((await ledger('listDead', [{}])).output()).toEqual([]);
    const requeued = await ledger('requeue', list.output().slice(0, 1));
    expect(requeued.output()).toMatchObject([{ ledger: { state: 'pending', changed: true } }]);
    expect((await ledger('listHeld', [{}])).output()).toHaveLength(1);
  });

  test('requeues or discards all that are held, and no dead letter', async () => {
    await hold('1', '2');
    const [dead] = await claimed(order('3'));
    await ledger('fail', [{ ...dead, error: 'Bad', details: { class: 'validation' } }]);
    const requeued = await ledger('requeue', [{}], { which: 'held' });
    expect(requeued.output().map(({ key }) => key)).toEqual(
      expect.arrayContaining([keyOf('1'), keyOf('2')]),
    );
    expect(requeued.output()).toHaveLength(2);
    await hold('4');
    const discarded = await ledger('discard', [{}], { which: 'held' });
    expect(discarded.output()).toMatchObject([{ key: keyOf('4'), state: 'skipped' }]);
    expect((await ledger('requeue', [{}], { which: 'all' })).output()).toMatchObject([
      { key: keyOf('3'), state: 'pending' },
    ]);
  });
});

describe('who wins a conflict', () => {
  test.each(['source', 'target'])('%s: stands in the source of the retry', async (conflicts) => {
    await hold('1');
    await ledger('requeue', [{ key: keyOf('1') }], { conflicts });
    const [due] = await (await openLedger()).due({ limit: 5, visibilityMs: 1 });
    const retry = due && retryItem(due).json;
    expect(retry?.source).toMatchObject({ ...order('1').source, event: 'retry', conflicts });
    const [claim] = await claimed(retry ?? {});
    expect(claim?.source).toMatchObject({ conflicts });
    expect(claim?.claim).not.toHaveProperty('conflicts');
  });

  test('also where the trigger of the shop is faster', async () => {
    await hold('1');
    await ledger('requeue', [{ key: keyOf('1') }], { conflicts: 'target' });
    expect(await claimed(order('1'))).toMatchObject([
      { source: { ...order('1').source, conflicts: 'target' }, claim: { outcome: 'retry' } },
    ]);
  });

  test('does not hold where the ledger says no more of it', async () => {
    const { source } = order('1');
    const [item] = await claimed({ ...order('1'), source: { ...source, conflicts: 'source' } });
    expect(item?.source).toEqual(source);
  });

  test('is the node’s own matter by default', async () => {
    await hold('1');
    await ledger('requeue', [{ key: keyOf('1') }]);
    expect((await claimed(order('1')))[0]?.source).toEqual(order('1').source);
  });
});

test('Statistics count what is held', async () => {
  await hold('1');
  expect((await ledger('statistics', [{}])).output()).toMatchObject([
    { states: { held: 1, in_flight: 0 }, due: 0 },
  ]);
});

test('Complete links nothing to what was skipped: it is not known to be there', async () => {
  const [item] = await claimed(order('1'));
  const sent = [{ ...item, salesorder: { id: 'guid-1', outcome: 'skipped' } }];
  const run = await ledger('complete', sent, { options: { outcomeField: 'salesorder.outcome' } });
  expect(run.output()).toMatchObject([{ ledger: { state: 'skipped' } }]);
  const [again] = await claimed(order('1', { total: 11 }));
  expect(again).toMatchObject({ claim: { outcome: 'changed' } });
  expect(again?.claim).not.toHaveProperty('target');
});

test.each([
  ['created', { total: 20 }],
  ['held', undefined],
])(
  'after "%s" Complete confirms of the facts that the claim names: %j',
  async (outcome, confirmed) => {
    const [item] = await claimed(order('1'));
    const opened = await openLedger();
    const fact = factOf({ flow: 'test', key: keyOf('1') }, 'refund');
    await opened.remember([{ target: fact, document: { total: 20 } }]);
    const told = { ...(item?.claim as IDataObject), facts: ['refund'] };
    await ledger('complete', [{ ...item, claim: told, salesorder: { id: 'guid-1', outcome } }], {
      options: { outcomeField: 'salesorder.outcome' },
    });
    expect((await opened.recall([fact]))[0]?.confirmed).toEqual(confirmed);
  },
);
