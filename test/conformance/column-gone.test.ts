import { ledger, order, useOwnLedger } from '../support/ledger';
import { throughLedger, useSandbox, writeNode } from './claimedWrites';

/** A column is removed in Dynamics 365, and a row of the mapping still fills it. */

const CONTACT = '7b1f9a06-0000-5000-8000-0000000000c1';

useOwnLedger();

const sandbox = useSandbox();

const contactOf = (number: string) => ({
  contact: { contactid: CONTACT, lastname: 'S', new_gone: 'x' },
  ...order(number),
});

test('the orders wait until the row is mended, and are no dead letters', async () => {
  await throughLedger(['1'].map(contactOf), 'contact', async (claimed) => {
    const parameters = { resource: 'contact', operation: 'upsert', columnsField: 'contact' };
    return await writeNode(
      sandbox(),
      { ...parameters, options: { outputField: 'result' } },
      claimed,
    );
  });
  const [found] = (await ledger('lookUp', [order('1')])).output(0);
  expect(found).toMatchObject({ ledger: { state: 'retry' } });
  expect(JSON.stringify(found)).toContain('The row \\"contact.new_gone\\" of the mapping');
});
