import type { IDataObject } from 'n8n-workflow';

import { dataverseClient } from './dataverse-on-sandbox';
import { orderOf, resultsOf, useCustomers } from './matching-on-sandbox';

const on = useCustomers();
const EMAIL = 'buyer@example.com';
const ACME = '7b1f9a06-0000-4000-8000-0000000000aa';

const orderFor = (id: number, company: string, more: object = {}): IDataObject =>
  orderOf(id, {
    email: EMAIL,
    billing_address: {
      firstname: 'Kim',
      lastname: 'Smith',
      country_code: 'US',
      custom_fields: [{ name: 'company', value: company }],
    },
    ...more,
  });

const enterAccount = async (more: object = {}) =>
  await dataverseClient(on.sandbox).create('accounts', {
    accountid: ACME,
    name: 'Acme Inc.',
    emailaddress1: EMAIL,
    ...more,
  });

/** The steps of account, contact and order, one after the other; results of the first. */
async function send(orders: IDataObject[], rules: object = {}): Promise<IDataObject[]> {
  const matched = await on.run(
    {
      resource: 'account',
      operation: 'match',
      columnsField: 'account',
      options: { outputField: 'writtenAccount' },
      ...rules,
    },
    orders,
  );
  expect(matched.output(1)).toEqual([]);
  await on.send(matched.output(0));
  return matched.output(0).map(({ writtenAccount }) => writtenAccount as IDataObject);
}

const accounts = () => on.rows('accounts').map(({ name }) => name);
const customersOfOrders = () => on.rows('salesorders').map((row) => row['_customerid_value']);

describe('companies', () => {
  test('of the same address and name are the account that is there, for order and contact', async () => {
    await enterAccount({ telephone1: 'entered by a person' });
    const order = orderFor(1, ' ACME  inc.', { email: 'Buyer@Example.com' });
    expect(await send([order])).toMatchObject([
      { id: ACME, outcome: 'matched', matchedBy: 'emailAndName' },
    ]);
    expect(on.rows('accounts')).toMatchObject([
      { name: 'Acme Inc.', telephone1: 'entered by a person' },
    ]);
    expect(customersOfOrders()).toEqual([ACME]);
    expect(on.rows()).toMatchObject([{ _parentcustomerid_value: ACME }]);
  });

  test('of one guest who buys for two are two, in one run and in later ones', async () => {
    const [acme, beta] = await send([orderFor(1, 'Acme Inc.'), orderFor(2, 'Beta LLC')]);
    expect(acme?.['id']).not.toBe(beta?.['id']);
    await send([orderFor(3, 'Beta LLC')]);
    await send([orderFor(4, 'Acme Inc.')]);
    expect(accounts()).toEqual(['Acme Inc.', 'Beta LLC']);
    const [first, second, third, fourth] = customersOfOrders();
    expect([first, second]).toEqual([acme?.['id'], beta?.['id']]);
    expect([third, fourth]).toEqual([second, first]);
  });

  test('are one by e-mail alone, where the user says so, and keep the name', async () => {
    await send([orderFor(1, 'Acme Inc.'), orderFor(2, 'Beta LLC')], { match: 'email' });
    await send([orderFor(3, 'Beta LLC')], { match: 'email', whenMatched: 'update' });
    expect(accounts()).toEqual(['Acme Inc.']);
    expect(on.rows('salesorders')).toHaveLength(3);
  });

  test('of the same name and another address are no match', async () => {
    await enterAccount({ emailaddress1: 'office@example.com' });
    expect(await send([orderFor(1, 'Acme Inc.')])).toMatchObject([{ outcome: 'created' }]);
    expect(on.rows('accounts')).toHaveLength(2);
  });

  test('are found by the first e-mail address only', async () => {
    await enterAccount({ emailaddress1: 'office@example.com', emailaddress2: EMAIL });
    await send([orderFor(1, 'Acme Inc.')], { match: 'email' });
    expect(on.rows('accounts')).toHaveLength(2);
  });

  test('of a customer who signs in stay the same when he renames his company', async () => {
    const renamed = (id: number, company: string) => orderFor(id, company, { customer_id: 4711 });
    await send([renamed(1, 'Acme Inc.')]);
    await send([renamed(2, 'Acme Group')]);
    expect(accounts()).toEqual(['Acme Group']);
  });
});

test('a guest whose address is written with a combining accent is known by it', async () => {
  const email = 'jose\u0301@example.com';
  await on.send([orderOf(1, { email })]);
  const matched = await on.send([orderOf(2, { email }, 'Pat Smith')]);
  expect(resultsOf(matched)).toMatchObject([{ outcome: 'matched' }]);
  expect(on.rows()).toMatchObject([{ firstname: 'Kim' }]);
});
