import { keyOf, order, useOwnLedger } from '../support/ledger';
import { throughLedger, useSandbox, writeNode } from './claimedWrites';

/** A mapping of one's own gives several orders one primary key. */

const ROW = '7b1f9a06-0000-5000-8000-000000000101';
const CONTACT = '7b1f9a06-0000-5000-8000-0000000000c1';

useOwnLedger();

const sandbox = useSandbox();

const documentOf = (number: number) => ({
  salesorder: {
    salesorderid: ROW,
    name: `Web ${number}`,
    contactid: CONTACT,
    transactioncurrency: 'USD',
    order_details: [{ productnumber: 'HMR-16', quantity: number, priceperunit: 5 }],
  },
  ...order(String(number)),
});

const send = async (...numbers: number[]) =>
  await throughLedger(numbers.map(documentOf), 'salesorder', async (claimed) => {
    const customer = { contact: { contactid: CONTACT, lastname: 'S' } };
    await writeNode(
      sandbox(),
      { resource: 'contact', operation: 'upsert', columnsField: 'contact' },
      [customer],
    );
    const sales = { resource: 'salesOrder', operation: 'upsert', columnsField: 'salesorder' };
    return await writeNode(sandbox(), { ...sales, options: { outputField: 'result' } }, claimed);
  });

const named = () =>
  (sandbox().services.dataverse.rows('salesorders') ?? []).map(({ name }) => name);

const refusal = (second: number, first: number) => ({
  error: expect.stringContaining(
    `"salesorderid" of order ${second} (${keyOf(String(second))}) is also that of order ${first} (${keyOf(String(first))})`,
  ),
});

test('of one run only the first is written', async () => {
  const written = await send(1, 2);
  expect(written.output(0)).toMatchObject([{ result: { outcome: 'created' } }]);
  expect(written.output(1)).toMatchObject([refusal(2, 1)]);
  expect(named()).toEqual(['Web 1']);
});
