import type { IDataObject } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { hintsOf, keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { retryItem } from '../SyncLedgerTrigger/poll';

useOwnLedger();

/** X-Cart counts ids and numbers apart. */
const numbered = (id: string) => {
  const plain = order(id);
  return { ...plain, source: { ...plain.source, number: `10${id}` } };
};

async function send(id: string, outcome = 'created', flow = 'test'): Promise<void> {
  const [item] = (await ledger('claim', [numbered(id)], { flow })).output(0);
  const run = await ledger('complete', [{ ...item, salesorder: { id: 'g', outcome } }], {
    options: { outcomeField: 'salesorder.outcome' },
  });
  expect(run.error).toBeUndefined();
}

const numbersOf = (items: IDataObject[]) => items.map(({ number }) => number);
const due = async () => await (await openLedger()).due({ limit: 10, visibilityMs: 1 });

describe('Resend', () => {
  test('only looks at first, and says how many', async () => {
    await send('1');
    await send('2');
    const run = await ledger('resend', [{}, {}]);
    expect(run.output()).toMatchObject([
      { number: '101', state: 'done', changed: false, hasDocument: true, key: keyOf('1') },
      { number: '102', finished: expect.stringMatching(/Z$/) as string },
    ]);
    expect(hintsOf(run)).toEqual([
      '2 records would be sent again. Turn off <b>Only Look</b> to send.',
    ]);
    expect(await due()).toEqual([]);
  });

  test('sends what is unchanged again, by the trigger of retries and past Claim', async () => {
    await send('1');
    const run = await ledger('resend', [{}], { onlyLook: false });
    expect(run.output()).toMatchObject([{ number: '101', state: 'pending', changed: true }]);
    expect(hintsOf(run)[0]).toContain('1 record will be sent again');
    const [record] = await due();
    const again = await ledger('claim', [record ? retryItem(record).json : {}]);
    expect(again.output(0)).toMatchObject([
      {
        ...order('1'),
        source: { event: 'retry' },
        claim: { outcome: 'retry', target: { id: 'g' } },
      },
    ]);
  });

  test('takes what the filters say, and no more than the limit', async () => {
    await send('1');
    await send('2', 'skipped');
    await send('3', 'created', 'other');
    const look = async (filters: IDataObject, more: IDataObject = {}) =>
      numbersOf((await ledger('resend', [{}], { filters, ...more } as never)).output());
    expect(await look({})).toEqual(['101', '102', '103']);
    expect(await look({ numbers: '103, 101' })).toEqual(['101', '103']);
    expect(await look({ outcome: 'skipped' })).toEqual(['102']);
    expect(await look({ outcome: 'done' }, { flows: 'test' })).toEqual(['101']);
    expect(await look({ finishedAfter: '2020-01-01T00:00:00Z' })).toHaveLength(3);
    expect(await look({ finishedBefore: '2020-01-01' })).toEqual([]);
    expect(await look({}, { limit: 2 })).toEqual(['101', '102']);
    const limited = await ledger('resend', [{}], { limit: 2, onlyLook: false });
    expect(hintsOf(limited)[0]).toContain('There are more');
    expect(await due()).toHaveLength(2);
  });

  test('says what was not found, and refuses what is no date', async () => {
    await send('1');
    const missing = await ledger('resend', [{}], { filters: { numbers: '101, 999' } });
    expect(hintsOf(missing)[0]).toContain('Nothing finished has the number 999');
    const none = await ledger('resend', [{}], { filters: { numbers: '999' } });
    expect(hintsOf(none)).toEqual(['No finished records in any flow match the filters.']);
    const odd = await ledger('resend', [{}], { filters: { finishedAfter: 'soon' } });
    expect(odd.error?.message).toBe('Finished After is no date');
  });

  test('says so where the document has to come from its source', async () => {
    await send('1');
    await (await openLedger()).purge({ documentsOlderThanMs: -1 });
    const run = await ledger('resend', [{}], { onlyLook: false });
    expect(run.output()).toMatchObject([{ hasDocument: false, changed: true }]);
    expect(hintsOf(run)[0]).toContain('keeps no document of 1 of them');
    expect(await due()).toEqual([]);
    expect((await ledger('claim', [numbered('1')])).output(0)).toMatchObject([
      { claim: { outcome: 'retry' } },
    ]);
  });
});
