import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import type { NodeRun } from '../engine';
import { keyOf, ledger, order, useOwnLedger } from '../support/ledger';
import { throughLedger, writeNode } from './claimedWrites';
import { dataverseClient } from './dataverse-on-sandbox';

/** A customer is deleted in Dynamics 365, and orders again what the ledger takes for written. */

const CONTACT = '7b1f9a06-0000-5000-8000-0000000000c1';

useOwnLedger();

describe('a customer who was deleted in Dynamics 365', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  /** Claims an order, writes its customer and the order, and tells the ledger what became of it. */
  async function send(number: number, operation: string): Promise<NodeRun> {
    const document = {
      contact: { contactid: CONTACT, lastname: 'S', emailaddress1: 's@example.com' },
      salesorder: {
        salesorderid: `7b1f9a06-0000-5000-8000-00000000010${number}`,
        name: `Web ${number}`,
        transactioncurrency: 'USD',
        contactid: CONTACT,
        order_details: [{ productnumber: 'HMR-16', quantity: 1, priceperunit: 5 }],
      },
      ...order(String(number)),
    };
    const contact = { resource: 'contact', operation, match: 'email', columnsField: 'contact' };
    const sales = { resource: 'salesOrder', operation: 'upsert', columnsField: 'salesorder' };
    return await throughLedger([document], 'salesorder', async (claimed) => {
      const customers = { ...contact, options: { outputField: 'customer' } };
      const written = await writeNode(sandbox, customers, claimed);
      const orders = { ...sales, options: { outputField: 'result' } };
      return await writeNode(sandbox, orders, written.output(0));
    });
  }

  test.each(['upsert', 'match'])(
    'is there again with the next order, by %s, at the second try at the latest',
    async (operation) => {
      await send(1, operation);
      const person = dataverseClient(sandbox);
      await person.delete('salesorders', '7b1f9a06-0000-5000-8000-000000000101');
      await person.delete('contacts', CONTACT);
      const first = await send(2, operation);
      expect(first.output(1).map(({ details }) => details)).toEqual(
        operation === 'match' ? [] : [expect.objectContaining({ class: 'conflict' })],
      );
      // As when its time has come.
      await ledger('requeue', [{ key: keyOf('2') }]);
      const second = first.output(0).length > 0 ? first : await send(2, operation);
      expect(second.output(0)).toMatchObject([{ result: { outcome: 'created' } }]);
      const rows = sandbox.services.dataverse.rows('salesorders') ?? [];
      expect(rows).toMatchObject([{ name: 'Web 2', _customerid_value: CONTACT }]);
    },
  );
});
