/** Fields that hold for the whole run: what one item says must not be done with all of them. */
import type { INodeParameters } from 'n8n-workflow';

import { ledger, order, useOwnLedger } from '../../test/support/ledger';

useOwnLedger();

const items = ['1', '2'].map((id, index) => ({
  ...order(id),
  flow: ['orders', 'refunds'][index],
  minutes: index + 1,
  flag: index === 0,
  date: `2026-01-0${index + 1}`,
}));

const FLAG = '={{ $json.flag }}';
const NAMED = { platform: 'xcart', store: 'main', kind: 'order', idField: 'order_number' };
const COUNT = '={{ $json.minutes }}';

test.each<[string, INodeParameters, string]>([
  ['claim', { flow: '={{ $json.flow }}' }, 'Flow'],
  ['claim', { options: { leaseMinutes: COUNT } }, 'Lease Minutes'],
  ['fail', { options: { maxAttempts: COUNT } }, 'Maximum Attempts in Options'],
  ['setWatermark', { value: '={{ $json.date }}', onlyForward: FLAG }, 'Only Forward'],
  ['listDead', { limit: COUNT }, 'Limit'],
  ['listDead', { flows: '={{ $json.flow }}' }, 'Flow Name or ID'],
  // n8n shows the fields of all choices then, and asks for those that are required.
  ['discard', { ...NAMED, which: "={{ $json.flag ? 'all' : 'held' }}" }, 'Records'],
  ['resend', { onlyLook: FLAG }, 'Only Look'],
  ['resend', { waitForSource: FLAG }, 'Wait for Their Source'],
  ['report', { link: '={{ $json.date }}' }, 'Link to Repair'],
  ['report', { reportOn: 'ledger', whenAllIsWell: FLAG }, 'Report When All Is Well'],
  ['report', { options: { maxNumbers: COUNT } }, 'Numbers per Reason in Options'],
  ['moveStore', { store: 'xcart:main', newAddress: '={{ $json.flow }}' }, 'New Address'],
])('%s with %j says that it differs', async (operation, parameters, name) => {
  const { error } = await ledger(operation, items, parameters);
  expect(error?.message).toMatch(`${name} differs from item to item, and holds for the whole run`);
});

test('claim compares of each item the fields that are named for it', async () => {
  const options = { compareFields: "={{ $json.order_number === '1' ? 'total' : 'note' }}" };
  const claim = async (more: object) =>
    await ledger('claim', [order('1', more), order('2', more)], { options });
  const first = (await claim({ note: 'a' })).output(0);
  await ledger('complete', first, { targetIdField: '' });
  const again = await claim({ note: 'b' });
  expect(again.output(0)).toMatchObject([{ order_number: '2', claim: { outcome: 'changed' } }]);
  expect(again.output(1)).toMatchObject([{ order_number: '1', claim: { outcome: 'unchanged' } }]);
});
