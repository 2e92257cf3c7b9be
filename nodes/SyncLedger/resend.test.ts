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
    expect(await look({})).toEqual(['101', '103']);
    expect(await look({ outcome: 'any' })).toEqual(['101', '102', '103']);
    expect(await look({ numbers: '103, 101' })).toEqual(['101', '103']);
    expect(await look({ outcome: 'skipped' })).toEqual(['102']);
    expect(await look({ outcome: 'done' }, { flows: 'test' })).toEqual(['101']);
    expect(await look({ finishedAfter: '2020-01-01T00:00:00Z' })).toHaveLength(2);
    expect(await look({ finishedBefore: '2020-01-01' })).toEqual([]);
    expect(await look({}, { limit: 1 })).toEqual(['101']);
    const limited = await ledger('resend', [{}], { limit: 1, onlyLook: false });
    expect(hintsOf(limited)[0]).toContain('There are more');
    expect(await due()).toHaveLength(1);
  });

  test.each([
    ['numbers', '={{ $json.number }}', 'Numbers'],
    ['numbers', ' ', 'Numbers'],
    ['finishedAfter', '={{ $json.since }}', 'Finished After'],
    ['finishedBefore', '', 'Finished Before'],
  ])('a filter that says nothing sends nothing: %s %j', async (name, value, label) => {
    await send('1');
    const run = await ledger('resend', [{}], { onlyLook: false, filters: { [name]: value } });
    expect(run.error?.message).toBe(
      `The filter ${label} is empty, and would send all that is finished`,
    );
    expect(await due()).toEqual([]);
  });

  test('takes the numbers of all items, and once', async () => {
    for (const id of ['1', '2', '3']) await send(id);
    const filters = { numbers: '={{ $json.number }}' };
    const run = await ledger('resend', [{ number: '101' }, { number: '103' }], { filters });
    expect(numbersOf(run.output())).toEqual(['101', '103']);
    const differing = { finishedAfter: '={{ $json.since }}' };
    const refused = await ledger('resend', [{ since: '2020-01-01' }, { since: '2021-01-01' }], {
      filters: differing,
    });
    expect(refused.error?.message).toContain('differ from item to item');
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
    const left = await ledger('resend', [{}], { onlyLook: false });
    expect(left.output()).toMatchObject([{ state: 'done', hasDocument: false, changed: false }]);
    expect(hintsOf(left)[0]).toContain('They are left as they are');
    const waits = { onlyLook: false, waitForSource: true };
    const run = await ledger('resend', [{}], waits);
    expect(run.output()).toMatchObject([{ state: 'pending', hasDocument: false, changed: true }]);
    expect(hintsOf(run)[0]).toContain(
      'Of 1 record more the ledger keeps no document any more. Bring',
    );
    expect(await due()).toEqual([]);
    expect((await ledger('claim', [numbered('1')])).output(0)).toMatchObject([
      { claim: { outcome: 'retry' } },
    ]);
  });
});
