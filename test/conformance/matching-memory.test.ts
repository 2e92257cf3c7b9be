import type { IDataObject } from 'n8n-workflow';

import { identityOf } from '../../core/commerce/identity';
import type { NodeRun } from '../engine';
import { ledger, useOwnLedger } from '../support/ledger';
import { dataverseClient } from './dataverse-on-sandbox';
import { orderOf, resultsOf, SOURCE, useCustomers } from './matching-on-sandbox';

/** Orders with claims: the ledger remembers which row a customer was taken for. */

useOwnLedger();
const on = useCustomers();

const EMAIL = 'kim@example.com';
const OLDER = { overriddencreatedon: '2001-01-01T00:00:00Z' };
const CUSTOMER = identityOf({ ...SOURCE, kind: 'customer', id: '4711' });
const GUEST = identityOf({ ...SOURCE, kind: 'guest', id: EMAIL });

const customer = (id: number) => orderOf(id, { customer_id: 4711, email: EMAIL });
const guest = (id: number, name?: string) => orderOf(id, { email: EMAIL }, name);

/** Claims the orders, sends them with their customers, and notes them as done. */
async function send(orders: IDataObject[], rules: object = {}): Promise<NodeRun> {
  const claimed = await ledger('claim', orders);
  const matched = await on.send(claimed.output(0), rules);
  const target = { targetSystem: 'dataverse', targetTable: 'salesorder' };
  await ledger('complete', matched.output(0), { ...target, targetIdField: 'writtenContact.id' });
  const failed = matched
    .output(1)
    .map((error, index) => ({ ...claimed.output(0)[index], ...error }));
  if (failed.length > 0) await ledger('fail', failed);
  return matched;
}

const idsOf = (matched: NodeRun): unknown[] => resultsOf(matched).map(({ id }) => id);
const asPerson = () => dataverseClient(on.sandbox);
/** A contact with orders cannot be deleted. */
async function remove(id: string): Promise<void> {
  for (const { salesorderid } of on.rows('salesorders'))
    await asPerson().delete('salesorders', String(salesorderid));
  await asPerson().delete('contacts', id);
}
const deactivate = async (id: string) =>
  await asPerson().update('contacts', id, { statecode: 1, statuscode: 2 });

describe('a customer who was taken for a contact before', () => {
  test.each(['oldest', 'newest', 'hold'])(
    'stays that one when others get his address: %s',
    async (whenSeveral) => {
      const kim = await on.enter(1);
      expect(idsOf(await send([customer(1)], { whenSeveral }))).toEqual([kim]);
      await on.enter(2, OLDER);
      await on.enter(3, { overriddencreatedon: '2099-01-01T00:00:00Z' });
      const again = await send([customer(2)], { whenSeveral });
      expect(resultsOf(again)).toEqual([{ id: kim, outcome: 'matched', matchedBy: 'memory' }]);
      expect(on.rows()).toHaveLength(3);
    },
  );

  test('stays that one when a person gives it another address and another name', async () => {
    const kim = await on.enter(1);
    await send([customer(1)], { match: 'emailAndName' });
    await asPerson().update('contacts', kim, {
      emailaddress1: 'kim@work.example.com',
      lastname: 'Smith-Lee',
    });
    const again = await send([customer(2)], { match: 'emailAndName' });
    expect(idsOf(again)).toEqual([kim]);
    expect(on.rows()).toHaveLength(1);
  });

  test.each([
    ['deleted', remove],
    ['made inactive', deactivate],
  ])('is looked for again when it was %s', async (_, takeAway) => {
    const kim = await on.enter(1);
    await send([customer(1)]);
    const other = await on.enter(2);
    await takeAway(kim);
    expect(resultsOf(await send([customer(2)]))).toMatchObject([
      { id: other, outcome: 'matched', matchedBy: 'email' },
    ]);
    await takeAway(other);
    expect(resultsOf(await send([customer(3)]))).toMatchObject([
      { id: CUSTOMER, outcome: 'created' },
    ]);
    await on.enter(3, OLDER);
    expect(idsOf(await send([customer(4)]))).toEqual([CUSTOMER]);
  });

  test('is looked for again by another rule, and the first rule has its memory still', async () => {
    const kim = await on.enter(1, { firstname: 'Alex' });
    await send([customer(1)]);
    expect(idsOf(await send([guest(2)], { match: 'emailAndName' }))).toEqual([GUEST]);
    await on.enter(2, OLDER);
    expect(idsOf(await send([customer(3)]))).toEqual([kim]);
  });

  test('was released from several by a choice, and is not held again', async () => {
    await on.enter(1);
    const oldest = await on.enter(2, OLDER);
    expect((await send([customer(1)], { whenSeveral: 'hold' })).output(1)).toHaveLength(1);
    await send([customer(2)], { whenSeveral: 'oldest' });
    expect(idsOf(await send([customer(3)], { whenSeveral: 'hold' }))).toEqual([oldest]);
  });
});

describe('guests who share an address', () => {
  test.each(['emailAndName', 'new'])(
    'stay their contacts by %s, whatever a person calls them',
    async (match) => {
      const both = [guest(1), guest(2, 'Pat Smith')];
      const [kim, pat] = idsOf(await send(both, { match }));
      expect([kim, pat]).toEqual([GUEST, expect.not.stringMatching(GUEST)]);
      await asPerson().update('contacts', GUEST, { firstname: 'Kimberly' });
      expect(idsOf(await send([guest(3, 'Pat Smith'), guest(4)], { match }))).toEqual([pat, kim]);
      expect(on.rows().map(({ firstname }) => firstname)).toEqual(['Kimberly', 'Pat']);
    },
  );
});

describe('what it costs', () => {
  const count = 300;
  const customers = (from: number) =>
    Array.from({ length: count }, (_, index) =>
      orderOf(from + index, { customer_id: 9000 + index, email: `p${index}@example.com` }),
    );

  test('one look for all customers of a run, known or not, and no write', async () => {
    for (let index = 0; index < count; index += 1)
      await on.enter(index, { emailaddress1: `p${index}@example.com` });
    await on.match((await ledger('claim', customers(1))).output(0));
    on.sandbox.context.counters.reset();
    const claimed = await ledger('claim', [...customers(1001), guest(5000)]);
    const matched = await on.match(claimed.output(0));
    const results = resultsOf(matched);
    expect(results.filter(({ matchedBy }) => matchedBy === 'memory')).toHaveLength(count);
    const { byRoute, operations } = on.sandbox.context.counters.snapshot().dataverse;
    // The look, and the one new customer.
    expect(byRoute['POST $batch']).toBe(1);
    expect(
      Object.entries(operations).filter(([name]) => /create|update|upsert/.test(name)),
    ).toEqual([[expect.stringContaining('contact'), 1]]);
  });

  test('without claims nothing is remembered, and the rule decides each time', async () => {
    const kim = await on.enter(1);
    expect(idsOf(await on.send([customer(1)]))).toEqual([kim]);
    const older = await on.enter(2, OLDER);
    expect(idsOf(await on.send([customer(2)]))).toEqual([older]);
  });
});
