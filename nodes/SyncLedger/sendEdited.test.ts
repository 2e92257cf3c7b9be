import type { IDataObject } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { hintsOf, keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { retryItem } from '../SyncLedgerTrigger/poll';

useOwnLedger();

async function bury(...ids: string[]): Promise<IDataObject[]> {
  const claimed = await ledger(
    'claim',
    ids.map((id) => order(id)),
  );
  const failed = claimed
    .output(0)
    .map((item) => ({ ...item, error: 'No such country', details: { class: 'validation' } }));
  await ledger('fail', failed);
  return (await ledger('listDead', [{}], { returnAll: true })).output();
}

const changed = (letter: IDataObject | undefined, more: IDataObject) => ({
  ...letter,
  document: { ...(letter?.document as IDataObject), ...more },
});

const due = async () => await (await openLedger()).due({ limit: 5, visibilityMs: 1 });

describe('Send Edited', () => {
  test('takes a dead letter as it is listed with its document changed, and sends it once', async () => {
    const [letter] = await bury('1');
    const run = await ledger('sendEdited', [changed(letter, { country: 'DE' })]);
    expect(run.output()).toMatchObject([
      { ledger: { number: '1', key: keyOf('1'), state: 'pending', changed: true } },
    ]);
    const [record] = await due();
    const retry = record ? retryItem(record).json : {};
    expect(retry).toMatchObject({ order_number: '1', country: 'DE', source: { event: 'retry' } });
    const [item] = (await ledger('claim', [retry])).output(0);
    expect(item).toMatchObject({ country: 'DE', claim: { outcome: 'retry' } });
    await ledger('complete', [{ ...item, salesorder: { id: 'g' } }]);
    expect((await ledger('claim', [order('1')])).output(1)).toMatchObject([
      { claim: { outcome: 'unchanged' } },
    ]);
    expect((await ledger('claim', [order('1', { total: 11 })])).output(0)).toMatchObject([
      { claim: { outcome: 'changed' } },
    ]);
  });

  test('takes a document that is written in the panel, for the record of the item', async () => {
    await bury('1');
    const document = '{ "order_number": "1", "total": 12 }';
    const run = await ledger('sendEdited', [{ key: keyOf('1') }], { document });
    expect(run.output()).toMatchObject([{ ledger: { changed: true } }]);
    expect(await due()).toMatchObject([{ document: { total: 12, source: order('1').source } }]);
    const [found] = (await ledger('lookUp', [order('1')])).output();
    expect(found?.ledger).toMatchObject({ remark: 'A person changed total' });
  });

  test('touches no record of another flow that has the same key', async () => {
    await bury('1');
    const [claimed] = (
      await ledger('claim', [order('1', { total: 99 })], { flow: 'other' })
    ).output(0);
    await ledger('hold', [claimed ?? {}], { reason: 'Fraud?' });
    const edit = { document: '{ "order_number": "1", "total": 12 }' };
    const several = await ledger('sendEdited', [{ key: keyOf('1') }], edit);
    expect(several.error?.message).toMatch(/waits in 2 flows: .*other/);
    const one = await ledger('sendEdited', [{ key: keyOf('1') }], { ...edit, flows: 'test' });
    expect(one.output()).toMatchObject([{ ledger: { changed: true, state: 'pending' } }]);
    const held = (await ledger('listHeld', [{}], {})).output();
    expect(held).toMatchObject([{ flow: 'other', state: 'held', document: { total: 99 } }]);
    // What is finished, or sent already, is not meant.
    const [number] = (await ledger('requeue', [{ key: keyOf('1') }], { flows: 'other' })).output();
    expect(number).toMatchObject({ ledger: { flow: 'other', state: 'pending' } });
  });

  test.each([
    ['{ "total": ', 'no JSON'],
    ['[]', 'empty'],
    ['', 'empty'],
    [{ total: 1, source: { ...order('2').source } }, 'of another record'],
  ])('refuses %j', async (document, message) => {
    await bury('1');
    const run = await ledger('sendEdited', [{ key: keyOf('1') }], { document } as never);
    expect(run.error?.message).toContain(message);
    expect(await due()).toEqual([]);
  });

  test('says of which records nothing was changed', async () => {
    const letters = await bury('1');
    const run = await ledger('sendEdited', [
      changed(letters[0], { total: 1 }),
      { key: keyOf('9'), document: { total: 1 } },
    ]);
    expect(run.output().map((item) => (item.ledger as IDataObject).changed)).toEqual([true, false]);
    expect(hintsOf(run)).toEqual([expect.stringContaining('1 of 2 records')]);
  });

  test('knows the record by its number, and changes none where several have it', async () => {
    await bury('1');
    const item = { order_number: '1', wanted: 'x' };
    const parameters = {
      recordFrom: 'number',
      numberField: 'order_number',
      document: '{ "total": 12 }',
    };
    const [found] = (await ledger('lookUp', [item], parameters)).output();
    expect(found?.ledger).toMatchObject({ known: true, number: '1', key: keyOf('1') });
    const run = await ledger('sendEdited', [item], parameters);
    expect(run.output()).toMatchObject([{ ledger: { key: keyOf('1'), changed: true } }]);
    const other = { ...order('1').source, store: 'second' };
    await ledger('claim', [{ ...order('1'), source: other }]);
    const both = await ledger('discard', [item, { key: 'x', order_number: '7' }], parameters, {
      onError: 'continueErrorOutput',
    });
    expect(both.output(1)).toMatchObject([
      { error: expect.stringContaining('2 records have the number 1') as string },
      { error: expect.stringContaining('no record with the number 7') as string },
    ]);
  });
});
