/** What people are told of what stopped, and what they have done with it by a form. */
import type { IDataObject } from 'n8n-workflow';
import { tryToParseJsonToFormFields } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { DISCARD, SEND_AGAIN } from '../../core/report/form';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';

useOwnLedger();

const details = { class: 'validation', fix: 'Create the product' };

async function claimed(...ids: string[]): Promise<IDataObject[]> {
  const orders = ids.map((id) => {
    const { source, ...document } = order(id, { customer: 'Ann Buyer' });
    return { ...document, source: { ...source, number: `10${id}` } };
  });
  return (await ledger('claim', orders)).output(0);
}

async function fail(error: string, ...ids: string[]): Promise<IDataObject[]> {
  const items = await claimed(...ids);
  return (
    await ledger(
      'fail',
      items.map((item) => ({ ...item, error, details })),
    )
  ).output();
}

async function hold(...ids: string[]): Promise<void> {
  const items = await claimed(...ids);
  await ledger('hold', items, { reasonFrom: 'text', reason: 'Not paid yet' });
}

const onLedger = async (parameters: IDataObject = {}): Promise<IDataObject[]> =>
  (
    await ledger('report', [{}, {}], { reportOn: 'ledger', ...parameters } as Parameters<
      typeof ledger
    >[2])
  ).output();

async function states(): Promise<Record<string, number>> {
  const { total } = await (await openLedger()).statistics();
  return Object.fromEntries(Object.entries(total.states).filter(([, count]) => count > 0));
}

describe('Write Report on input items', () => {
  test('makes one message of all that Fail gave up, without anything of the customer', async () => {
    const items = await fail('No product AB', '1', '2');
    const [waiting = {}] = await claimed('3');
    const retry = await ledger('fail', [
      { ...waiting, error: 'Slow', details: { class: 'transient' } },
    ]);
    const run = await ledger('report', [...retry.output(), ...items], {
      link: 'https://n8n.example/form/1',
    });
    expect(run.output()).toEqual([
      {
        subject: '2 orders not sent: No product AB',
        text: expect.stringMatching(
          /Repair: Create the product\nNumbers: 101, 102\n[^]*https:\/\/n8n\.example\/form\/1$/,
        ) as string,
        html: expect.stringContaining('<a href="https://n8n.example/form/1">') as string,
        dead: 2,
        held: 0,
        heldByMapping: 0,
        records: [
          expect.objectContaining({ number: '101', state: 'dead' }),
          expect.objectContaining({ number: '102' }),
        ],
      },
    ]);
    expect(JSON.stringify(run.output())).not.toContain('Ann Buyer');
  });

  test('takes what List Dead Letters lists, and puts out nothing where all goes on', async () => {
    await fail('No product AB', '1');
    const listed = await ledger('listDead', [{}]);
    expect((await ledger('report', listed.output())).output()).toMatchObject([
      { subject: 'Order 101 not sent: No product AB', records: [{ number: '101' }] },
    ]);
    const [item = {}] = await claimed('2');
    const retry = await ledger('fail', [{ ...item, error: 'x', details: { class: 'transient' } }]);
    expect((await ledger('report', retry.output())).output()).toEqual([]);
  });
});

test('Write Report tells what the trigger says of a row, and not what Fail says of each of its orders', async () => {
  const said = {
    key: 'xcart:main:order:1',
    number: '101',
    state: 'retry',
    reason: 'The row "X" …',
  };
  const ofFail = { ledger: { ...said, heldByMapping: true } };
  const run = await ledger('report', [ofFail, { ...said, flow: 'w1', heldByMapping: 12 }]);
  expect(run.output()).toMatchObject([
    {
      subject: '12 orders waiting: The row "X" …',
      dead: 0,
      heldByMapping: 12,
      records: [{ number: '101', records: 12, isForPerson: true }],
    },
  ]);
  expect((await ledger('report', [ofFail])).output()).toEqual([]);
});

describe('Write Report on the ledger', () => {
  test('counts what stopped and makes a form of it that n8n takes', async () => {
    await fail('It costs $& and $1 <b>', '1', '2');
    await hold('3');
    const [report] = await onLedger();
    expect(report).toMatchObject({
      subject: '2 orders not sent',
      dead: 2,
      held: 1,
      waiting: 0,
    });
    // As the Form node puts it into its own text, and reads it.
    const fields = tryToParseJsonToFormFields(
      '{{ x }}'.replace('{{ x }}', String(report?.formFields)),
    );
    expect(fields).toMatchObject([
      {
        fieldType: 'html',
        html: expect.stringContaining('It costs $&amp; and $1 &lt;b&gt;') as string,
      },
      {
        fieldName: 'which',
        fieldOptions: {
          values: expect.arrayContaining([
            { option: 'All 2 that were not sent' },
            { option: '101 · It costs $& and $1 <b>' },
            { option: '103 · held · Not paid yet' },
          ]) as object[],
        },
      },
      { fieldName: 'action', defaultValue: SEND_AGAIN },
      { fieldName: 'asOf', fieldType: 'hiddenField' },
    ]);
  });

  test('says that all is well, or nothing, as it is told', async () => {
    const [report] = await onLedger();
    expect(report).toMatchObject({ subject: 'All well: nothing waits for you', records: [] });
    expect(tryToParseJsonToFormFields(String(report?.formFields))).toMatchObject([
      { fieldType: 'html' },
    ]);
    expect(await onLedger({ whenAllIsWell: false })).toEqual([]);
    await hold('1');
    expect(await onLedger({ whenAllIsWell: false })).toEqual([]);
    const [asked = {}] = await claimed('2');
    const conflict = { class: 'held', code: 'CONFLICT', fix: 'Decide' };
    await ledger('fail', [{ ...asked, error: 'Both sides changed', details: conflict }]);
    expect(await onLedger({ whenAllIsWell: false })).toMatchObject([
      { subject: '1 order to decide' },
    ]);
  });
});

test('what asks a person is told however much is held behind it', async () => {
  const [asked = {}] = await claimed('1');
  const conflict = { class: 'held', code: 'CONFLICT', fix: 'Decide' };
  await ledger('fail', [{ ...asked, error: 'Both sides changed', details: conflict }]);
  const open = await openLedger();
  const unpaid = Array.from({ length: 1001 }, (_, id) => ({
    flow: 'test',
    key: keyOf(`unpaid ${id}`),
    hash: 'a',
    payload: {},
  }));
  const outcomes = await open.claim(unpaid, { leaseMs: 60_000 });
  await open.complete(
    outcomes.map((outcome) => ({
      token: 'token' in outcome ? outcome.token : '',
      outcome: 'held',
      remark: 'Not paid yet',
    })),
  );
  const [report] = await onLedger({ whenAllIsWell: false });
  expect(report).toMatchObject({ subject: '1 order to decide', held: 1002 });
  expect((report?.records as IDataObject[])[0]).toMatchObject({ number: '101' });
  const which = ['101 · held · Both sides changed'];
  const answer = { which, action: SEND_AGAIN, asOf: new Date().toISOString() };
  expect((await ledger('reviseChosen', [answer])).output()).toMatchObject([
    { subject: '1 order will be sent again' },
  ]);
});

describe('Send Again or Discard Chosen', () => {
  const revise = async (answer: object) => await ledger('reviseChosen', [answer]);
  const now = () => new Date().toISOString();

  test('sends again what was ticked, and says so by number', async () => {
    await fail('No product AB', '1', '2');
    const answer = { which: ['101 · No product AB'], action: SEND_AGAIN, asOf: now() };
    expect((await revise(answer)).output()).toMatchObject([
      {
        subject: '1 order will be sent again',
        text: expect.stringContaining('101.') as string,
        records: [{ number: '101', key: keyOf('1'), flow: 'test' }],
      },
    ]);
    expect(await states()).toEqual({ pending: 1, dead: 1 });
    const again = (await revise(answer)).output();
    expect(again).toMatchObject([
      { subject: 'Nothing was changed', text: expect.stringContaining('1 of what was') as string },
    ]);
    expect(await states()).toEqual({ pending: 1, dead: 1 });
  });

  test('discards all of a state, but nothing that stopped since the page was opened', async () => {
    await fail('No product AB', '1', '2');
    await hold('3');
    const asOf = now();
    await new Promise((done) => setTimeout(done, 5));
    await fail('No product AB', '4');
    const run = await revise({ which: ['All 2 that were not sent'], action: DISCARD, asOf });
    expect(run.output()).toMatchObject([{ subject: '2 orders discarded' }]);
    expect(await states()).toEqual({ skipped: 2, dead: 1, held: 1 });
  });

  test('does nothing without a tick, and refuses what no form of its own says', async () => {
    await fail('No product AB', '1');
    expect((await revise({})).output()).toMatchObject([{ subject: 'Nothing was changed' }]);
    for (const answer of [{ action: 'Delete', asOf: now() }, { action: DISCARD }]) {
      const run = await revise({ which: ['All 2 that were not sent'], ...answer });
      expect(run.error?.message).toContain('The form has not said');
    }
    expect(await states()).toEqual({ dead: 1 });
  });
});
