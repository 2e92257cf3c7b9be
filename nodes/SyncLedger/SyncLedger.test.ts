import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { SqliteDatabase } from '../../core/ledger/sqlite/database';
import { runWorkflow, START_TYPE } from '../../test/engine';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { errorItem, resultItem } from '../shared/items';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

async function claimed(...orders: object[]): Promise<IDataObject[]> {
  return (await ledger('claim', orders)).output(0);
}

const written = (item: object): object => ({ ...item, salesorder: { id: 'g' } });

describe('Claim', () => {
  test('puts out what is to be sent by the first output and the rest by the second', async () => {
    const run = await ledger('claim', [order('1'), order('2'), order('1')]);
    expect(run.error).toBeUndefined();
    expect(run.output(0)).toEqual(
      ['1', '2'].map((id) => ({
        ...order(id),
        claim: {
          key: keyOf(id),
          token: expect.any(String),
          attempt: 1,
          outcome: 'new',
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      })),
    );
    expect(run.output(1)).toEqual([{ ...order('1'), claim: { key: keyOf('1'), outcome: 'busy' } }]);
    expect(run.items('Node', 1)[0]?.pairedItem).toEqual({ item: 2 });
  });

  test('sees a change of the document, not of its source or a former claim', async () => {
    await ledger('complete', (await claimed(order('1'))).map(written));
    const again = { ...order('1'), claim: { key: 'old' } };
    const other = { ...again, source: { ...again.source, event: 'order.changed' } };
    expect((await ledger('claim', [again, other])).output(1)).toMatchObject([
      { claim: { outcome: 'unchanged' } },
      { claim: { outcome: 'unchanged' } },
    ]);
    expect(await claimed(order('1', { total: 11 }))).toMatchObject([
      { claim: { outcome: 'changed' } },
    ]);
  });

  test('compares what the options say, and refuses what is older', async () => {
    const options = { ignoreFields: 'note, items.seen', versionField: 'changed_at' };
    const first = order('1', { note: 'a', items: [{ seen: 1 }], changed_at: '2026-02-02' });
    const { output } = await ledger('claim', [first], { options });
    await ledger('complete', output(0).map(written));
    const inputs = [
      { ...first, note: 'b', items: [{ seen: 2 }] },
      { ...first, total: 11, changed_at: '2026-02-01' },
    ];
    expect((await ledger('claim', inputs, { options })).output(1)).toMatchObject([
      { claim: { outcome: 'unchanged' } },
      { claim: { outcome: 'stale' } },
    ]);
    const only = { options: { compareFields: 'total' } };
    await ledger('complete', (await ledger('claim', [first], only)).output(0).map(written));
    const noted = { ...first, note: 'c', changed_at: '2026-02-03' };
    expect((await ledger('claim', [noted], only)).output(1)).toHaveLength(1);
  });

  /** The order as its trigger puts it out, with more in its source. */
  const read = (source: object, more: object = {}) => {
    const plain = order('1', more);
    return { ...plain, source: { ...plain.source, ...source } };
  };

  const outcomes = async (input: object, options?: object): Promise<unknown> => {
    const run = await ledger('claim', [input], options && { options: { ...options } });
    const [item] = [...run.output(0), ...run.output(1)];
    return (item?.claim as IDataObject | undefined)?.outcome;
  };

  test('takes the version from the source of the item, and what moves by itself for no change', async () => {
    const source = { version: '7', volatile: ['LastUpdate', 'shipments.LastUpdate'] };
    const first = read(source, { LastUpdate: 1, shipments: [{ LastUpdate: 1 }] });
    await ledger('complete', (await claimed(first)).map(written));
    const moved = read(
      { ...source, version: '8' },
      { LastUpdate: 2, shipments: [{ LastUpdate: 2 }] },
    );
    expect(await outcomes(moved)).toBe('unchanged');
    const older = read({ ...source, version: '6' }, { total: 11 });
    expect(await outcomes(older)).toBe('stale');
    expect(await outcomes(older, { versionField: '' })).toBe('stale');
    expect(await outcomes(read(source, { total: 11 }), { versionField: 'nothing' })).toBe(
      'changed',
    );
  });

  test('compares items without a version in their source as it did before there was one', async () => {
    const dated = { version: '2026-02-02T00:00:00Z' };
    await ledger('complete', (await claimed(read(dated))).map(written));
    const old = order('1', { total: 11, update_date: '2026-02-01T00:00:00Z' });
    const retry = { ...old, source: { ...old.source, event: 'retry', flow: 'test' } };
    expect(await outcomes(retry)).toBe('stale');
    expect(await outcomes(old, { versionField: 'update_date' })).toBe('stale');
    expect(await outcomes(old, { versionField: '={{ $json.update_date }}' })).toBe('stale');
    expect(await outcomes(old, { versionField: '' })).toBe('changed');
  });

  test('gives an order the hash that it has in ledgers of earlier releases', async () => {
    const plain = order('1', { update_date: '2026-02-02', items: [{ id: 7, price: 1.5 }] });
    const hash = '8795f8f9eec8ba6f6acd00d5d50de27f67069ab170d58fc27344af36eee423ec';
    expect(await claimed(plain)).toMatchObject([{ claim: { hash } }]);
    const later = { ...plain, source: { ...plain.source, version: '2026-02-02', readAt: 'x' } };
    const again = await ledger('claim', [later], { flow: 'other' });
    expect(again.output(0)).toMatchObject([{ claim: { hash } }]);
  });

  test('takes the identity from fields, by path or by expression', async () => {
    const parameters = { recordFrom: 'fields', platform: 'erp', store: 'de', kind: 'item' };
    const input = [{ sku: { code: 'A-7' } }];
    const byPath = await ledger('claim', input, { ...parameters, idField: 'sku.code' });
    expect(byPath.output(0)).toMatchObject([{ claim: { key: 'erp:de:item:A-7' } }]);
    const idField = '={{ $json.sku.code }}';
    const byValue = await ledger('claim', input, { ...parameters, idField });
    expect(byValue.output(1)).toMatchObject([{ claim: { key: 'erp:de:item:A-7' } }]);
  });

  test('keeps flows apart, and sends a retry back to the flow it is of', async () => {
    await ledger('claim', [order('1')]);
    const other = await ledger('claim', [order('1')], { flow: 'other' });
    expect(other.output(0)).toHaveLength(1);
    const retry = order('1');
    const marked = { ...retry, source: { ...retry.source, event: 'retry', flow: 'other' } };
    expect((await ledger('claim', [marked], { flow: 'third' })).output(1)).toHaveLength(1);
  });

  test('claims the others before it stops at an item without source', async () => {
    const run = await ledger('claim', [{ total: 1 }, order('1')]);
    expect(run.error?.message).toContain('"source"');
    const { total } = await (await openLedger()).statistics();
    expect(total.states.in_flight).toBe(1);
  });

  test.each([
    ['continueErrorOutput', 2],
    ['continueRegularOutput', 1],
  ] as const)('with %s puts the failed item out by output %i', async (onError, output) => {
    const run = await ledger('claim', [order('1'), { total: 1 }], {}, { onError });
    expect(run.output(0)).toHaveLength(1);
    expect(run.output(output)).toEqual([
      {
        ...(onError === 'continueErrorOutput' && { total: 1 }),
        error: expect.stringContaining('source'),
        details: expect.objectContaining({ class: 'validation', fix: expect.any(String) }),
      },
    ]);
  });
});

describe('Complete', () => {
  test('settles by the claim and links the row', async () => {
    const items = await claimed(order('1'), order('2'));
    const sent = items.map((item, place) => ({
      ...item,
      salesorder: { id: `guid-${place}`, outcome: 'created' },
    }));
    const run = await ledger('complete', sent, { options: { outcomeField: 'salesorder.outcome' } });
    expect(run.output()).toMatchObject(
      sent.map((item, place) => ({
        ...item,
        ledger: {
          key: keyOf(String(place + 1)),
          state: 'done',
          outcome: 'created',
          target: { system: 'dataverse', table: 'salesorder', id: `guid-${place}` },
        },
      })),
    );
    expect(await claimed(order('1', { total: 11 }))).toMatchObject([
      { claim: { outcome: 'changed', target: { id: 'guid-0' } } },
    ]);
  });

  test('names the field and the repair when there is no claim', async () => {
    const run = await ledger('complete', [{ total: 1 }], {}, { onError: 'continueErrorOutput' });
    expect(run.output(1)).toMatchObject([
      { error: expect.stringContaining('"claim"'), details: { class: 'validation' } },
    ]);
    const skipped = { claim: { key: 'k', outcome: 'busy' } };
    const other = await ledger('complete', [skipped]);
    expect(other.error?.message).toContain('busy');
  });

  test('does not believe that an item without a target was sent', async () => {
    const items = await claimed(order('1'), order('2'));
    const sent = [items[0] ?? {}, written(items[1] ?? {})];
    const run = await ledger('complete', sent, {}, { onError: 'continueErrorOutput' });
    expect(run.output(0)).toMatchObject([{ ledger: { key: keyOf('2'), state: 'done' } }]);
    expect(run.output(1)).toMatchObject([
      { error: expect.stringContaining('"salesorder.id"'), details: { class: 'validation' } },
    ]);
    const withoutId = await ledger('complete', sent.slice(0, 1), { targetIdField: '' });
    expect(withoutId.output()).toMatchObject([{ ledger: { state: 'done' } }]);
  });

  test('says so when the lease was lost, and when newer content waits', async () => {
    const lost = { claim: { key: 'k', token: 'gone' }, salesorder: { id: 'g' } };
    expect((await ledger('complete', [lost])).output()).toMatchObject([
      { ledger: { key: 'k', state: 'lost-lease' } },
    ]);
    const items = await claimed(order('1'));
    await ledger('claim', [order('1', { total: 11 })]);
    expect((await ledger('complete', items.map(written))).output()).toMatchObject([
      { ledger: { state: 'retry', superseded: true } },
    ]);
  });
});

/** Fails every item, as a node of this package does. */
class Refuses implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Refuses',
    name: 'refuses',
    group: ['transform'],
    version: 1,
    description: 'Fails',
    defaults: { name: 'Refuses' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  };

  execute: INodeType['execute'] = async function () {
    return [
      this.getInputData().map((item, index) =>
        item.json.order_number === '1'
          ? errorItem(new Error('It broke'), index)
          : resultItem({ ...item.json, salesorder: { id: 'g' } }, index),
      ),
    ];
  };
}

describe('Fail', () => {
  test('receives what comes down the error branch, with claim and reason', async () => {
    const node = (name: string, type: string, parameters: INode['parameters'] = {}) => ({
      name,
      type,
      parameters,
    });
    const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
    const run = await runWorkflow({
      nodeTypes: { 'x.syncLedger': new SyncLedger(), 'x.refuses': new Refuses() },
      input: [order('1'), order('2')],
      workflow: {
        nodes: [
          node('Start', START_TYPE),
          node('Claim', 'x.syncLedger', { operation: 'claim' }),
          { ...node('Send', 'x.refuses'), onError: 'continueErrorOutput' },
          node('Complete', 'x.syncLedger', { operation: 'complete' }),
          node('Fail', 'x.syncLedger', { operation: 'fail' }),
        ],
        connections: {
          Start: { main: [to('Claim')] },
          Claim: { main: [to('Send')] },
          Send: { main: [to('Complete'), to('Fail')] },
        },
      },
    });
    expect(run.error).toBeUndefined();
    expect(run.json('Complete')).toMatchObject([{ ledger: { key: keyOf('2'), state: 'done' } }]);
    expect(run.json('Fail')).toMatchObject([
      {
        order_number: '1',
        error: 'It broke',
        ledger: { key: keyOf('1'), state: 'retry', nextAttempt: expect.stringMatching(/Z$/) },
      },
    ]);
  });

  test.each([
    [{ error: 'No such product', details: { class: 'not-found' } }, 'dead', 'No such product'],
    [{ error: { message: 'Bad', httpCode: '422' } }, 'dead', 'Bad'],
    [{ error: { message: 'Slow down', httpCode: '429' } }, 'retry', 'Slow down'],
    [{ error: 'Anything' }, 'retry', 'Anything'],
    [{}, 'retry', 'The failed node gave no reason'],
  ])('understands %j', async (failed, state, message) => {
    const [item] = await claimed(order('1'));
    const run = await ledger('fail', [{ ...item, ...failed }]);
    expect(run.output()).toMatchObject([{ ...failed, ledger: { state } }]);
    const [[view] = []] = await (await openLedger()).lookUp([{ key: keyOf('1') }]);
    expect(view?.error?.message).toBe(message);
  });

  test('gives up after the attempts it was told', async () => {
    const [item] = await claimed(order('1'));
    const run = await ledger('fail', [{ ...item, error: 'x', details: { class: 'transient' } }], {
      options: { maxAttempts: 1 },
    });
    expect(run.output()).toMatchObject([{ ledger: { state: 'dead' } }]);
  });
});

describe('dead letters', () => {
  async function bury(...ids: string[]): Promise<void> {
    const items = await claimed(...ids.map((id) => order(id)));
    const details = { class: 'validation', fix: 'Correct the address' };
    await ledger(
      'fail',
      items.map((item) => ({ ...item, error: 'Bad address', details })),
    );
  }

  test('are listed with reason and document, and requeued as listed', async () => {
    await bury('1', '2');
    const list = await ledger('listDead', [{}, {}], { returnAll: true });
    expect(list.output()).toHaveLength(2);
    expect(list.output()).toContainEqual(
      expect.objectContaining({
        key: keyOf('1'),
        flow: 'test',
        state: 'dead',
        attempts: 1,
        error: { class: 'validation', message: 'Bad address', fix: 'Correct the address' },
        document: order('1'),
        createdAt: expect.stringMatching(/Z$/),
      }),
    );
    const requeued = await ledger('requeue', list.output().slice(0, 1));
    expect(requeued.output()).toMatchObject([{ ledger: { state: 'pending', changed: true } }]);
    const rest = await ledger('discard', [{}], { which: 'all' });
    expect(rest.output()).toMatchObject([{ state: 'skipped', changed: true }]);
    expect((await ledger('listDead', [{}])).output()).toEqual([]);
  });

  test('a key that is not known changes nothing', async () => {
    const run = await ledger('requeue', [{ key: 'xcart:main:order:9' }]);
    expect(run.output()).toMatchObject([{ ledger: { state: 'unknown', changed: false } }]);
  });
});

test('Link, then Look Up by record and by target', async () => {
  const item = { ...order('1'), salesorder: { id: 'g1' } };
  await ledger('link', [item], { options: { writtenField: 'total' } });
  const known = {
    known: true,
    key: keyOf('1'),
    state: 'done',
    target: { system: 'dataverse', table: 'salesorder', id: 'g1', targetHash: expect.any(String) },
  };
  const byRecord = await ledger('lookUp', [item, order('2')]);
  expect(byRecord.output().map((found) => found.ledger)).toMatchObject([
    known,
    { known: false, records: [] },
  ]);
  const byTarget = await ledger('lookUp', [item], { lookUpBy: 'target' });
  expect(byTarget.output()).toMatchObject([{ ledger: known }]);
});

test('watermarks: a default at first, the newest of many items, only forward', async () => {
  const first = await ledger('getWatermark', [{}], { valueIfNone: '2026-01-01' });
  expect(first.output()).toEqual([{ flow: 'test', watermark: '2026-01-01' }]);
  const value = '={{ $json.at }}';
  await ledger('setWatermark', [{ at: '2026-01-03' }, { at: '2026-01-02' }], { value });
  const back = await ledger('setWatermark', [{ at: '2026-01-01' }], { value });
  expect(back.output()).toMatchObject([{ ledger: { watermark: '2026-01-03' } }]);
  const forced = { value, onlyForward: false };
  await ledger('setWatermark', [{ at: '2026-01-01' }], forced);
  expect((await ledger('getWatermark', [{}])).output()).toMatchObject([
    { watermark: '2026-01-01' },
  ]);
});

test('Statistics count all flows, or one', async () => {
  await claimed(order('1'));
  await ledger('claim', [order('1')], { flow: 'other' });
  const all = await ledger('statistics', [{}]);
  expect(all.output()).toMatchObject([
    { states: { in_flight: 2 }, due: 0, flows: [{ flow: 'other' }, { flow: 'test' }] },
  ]);
  const one = await ledger('statistics', [{}], { flows: '$workflow' });
  expect(one.output()).toMatchObject([{ states: { in_flight: 1 } }]);
});

test('claims 1,000 orders in one transaction that writes, behind one that reads', async () => {
  const lines = Array.from({ length: 3 }, (_, place) => ({ sku: `S${place}`, amount: 1 }));
  const orders = Array.from({ length: 1000 }, (_, id) => order(String(id), { items: lines }));
  await claimed(order('first'));
  const transactions = jest.spyOn(SqliteDatabase.prototype, 'transaction');
  expect(await claimed(...orders)).toHaveLength(1000);
  expect(transactions.mock.calls.map(([kind]) => kind)).toEqual(['DEFERRED', 'IMMEDIATE']);
  transactions.mockRestore();
});
