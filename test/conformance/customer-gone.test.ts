import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode } from '../engine';
import { keyOf, ledger, order, useOwnLedger } from '../support/ledger';
import { dataverseClient, dataverseCredential } from './dataverse-on-sandbox';

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

  const write = async (
    parameters: object,
    input: ReturnType<NodeRun['output']>,
  ): Promise<NodeRun> =>
    await runNode({
      nodeType: new Dynamics365(),
      parameters: { columnsSource: 'field', ...parameters },
      credentialTypes: [new DynamicsDataverseApi()],
      credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
      input,
      onError: 'continueErrorOutput',
    });

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
    const claimed = await ledger('claim', [document]);
    const contact = { resource: 'contact', operation, match: 'email', columnsField: 'contact' };
    const options = { options: { outputField: 'written' } };
    const written = await write({ ...contact, ...options }, claimed.output(0));
    const sales = { resource: 'salesOrder', operation: 'upsert', columnsField: 'salesorder' };
    const orders = await write({ ...sales, ...options }, written.output(0));
    const failed = orders.output(1).map((error) => ({ ...claimed.output(0)[0], ...error }));
    if (failed.length > 0) await ledger('fail', failed);
    const target = { targetSystem: 'dataverse', targetTable: 'salesorder' };
    const done = orders.output(0);
    if (done.length > 0) {
      await ledger('complete', done, { ...target, targetIdField: 'written.id' });
    }
    return orders;
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
      expect(second.output(0)).toMatchObject([{ written: { outcome: 'created' } }]);
      const rows = sandbox.services.dataverse.rows('salesorders') ?? [];
      expect(rows).toMatchObject([{ name: 'Web 2', _customerid_value: CONTACT }]);
    },
  );
});
