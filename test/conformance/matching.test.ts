import type { IDataObject } from 'n8n-workflow';

import { compileMapping } from '../../core/mapping/compile';
import { DOCUMENTS, findPreset } from '../../core/presets';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode } from '../engine';
import { dataverseClient, dataverseCredential } from './dataverse-on-sandbox';

const preset = findPreset('xcart.order', 'dataverse.salesorder');
const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });
const SOURCE = { platform: 'xcart', store: 'main' };
const KIM = '7b1f9a06-0000-5000-8000-0000000000c1';

/** An order of the shop as Commerce Map puts it out. */
function orderOf(id: number, customer: object): IDataObject {
  const order = {
    id,
    order_number: String(id),
    currency: 'USD',
    sub_total: 5,
    total: 5,
    items: [{ id, sku: 'HMR-16', name: 'Hammer', item_net_price: 5, amount: 1 }],
    billing_address: { firstname: 'Kim', lastname: 'Smith', country_code: 'US' },
    surcharges: [],
    ...customer,
  };
  const result = mapping?.map(order, { source: SOURCE });
  if (!result?.ok) throw result?.error ?? new Error('there is no such preset');
  return {
    ...result.document,
    source: { ...SOURCE, kind: 'order', id: String(id) },
  } as IDataObject;
}

describe('customers on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  const contacts = (): IDataObject[] =>
    (sandbox.services.dataverse.rows('contacts') ?? []) as unknown as IDataObject[];

  async function run(operation: object, input: IDataObject[]): Promise<NodeRun> {
    return await runNode({
      nodeType: new Dynamics365(),
      parameters: { columnsSource: 'field', ...operation } as never,
      credentialTypes: [new DynamicsDataverseApi()],
      credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
      input,
      onError: 'continueErrorOutput',
    });
  }

  /** The customer step and the order, as the template has them. */
  async function send(orders: IDataObject[], rules: object = {}): Promise<NodeRun> {
    const matched = await run(
      {
        resource: 'contact',
        operation: 'match',
        columnsField: 'contact',
        options: { outputField: 'writtenContact' },
        ...rules,
      },
      orders,
    );
    await run(
      {
        resource: 'salesOrder',
        operation: 'upsert',
        columnsField: 'salesorder',
        options: { outputField: 'result' },
      },
      matched.output(0),
    );
    return matched;
  }

  const outcomes = (matched: NodeRun) =>
    matched.output(0).map(({ writtenContact }) => (writtenContact as IDataObject)['outcome']);

  test('customer zero: two guests are two contacts', async () => {
    await send(
      ['p1@example.com', 'p2@example.com'].map((email, index) =>
        orderOf(index + 1, { customer_id: 0, email }),
      ),
    );
    expect(contacts().map((row) => row['emailaddress1'])).toEqual([
      'p1@example.com',
      'p2@example.com',
    ]);
  });

  const kim = async (more: object = {}) =>
    await dataverseClient(sandbox).create('contacts', {
      contactid: KIM,
      firstname: 'Kim',
      lastname: 'Smith',
      emailaddress1: 'kim@example.com',
      ...more,
    });

  test('one person three ways: one contact by the default rule, and the orders are theirs', async () => {
    await kim({ telephone1: 'entered by a person' });
    const guest = await send([orderOf(1, { email: 'Kim@Example.com' })]);
    const customer = await send([orderOf(2, { customer_id: 4711, email: 'kim@example.com' })]);
    expect([...outcomes(guest), ...outcomes(customer)]).toEqual(['matched', 'matched']);
    expect(contacts()).toMatchObject([{ contactid: KIM, telephone1: 'entered by a person' }]);
    const orders = sandbox.services.dataverse.rows('salesorders') ?? [];
    expect(orders.map((row) => row['_customerid_value'])).toEqual([KIM, KIM]);
  });

  test('a guest and a customer of one run who share an address become one', async () => {
    await send([
      orderOf(1, { email: 'new@example.com' }),
      orderOf(2, { customer_id: 4711, email: 'new@example.com' }),
    ]);
    expect(contacts()).toHaveLength(1);
    expect(sandbox.services.dataverse.rows('salesorders')).toHaveLength(2);
  });

  test('always new, where the user says so', async () => {
    await kim();
    await send([orderOf(1, { email: 'kim@example.com' })], { match: 'new' });
    expect(contacts()).toHaveLength(2);
  });

  test('by e-mail and name: another name is another person', async () => {
    await kim({ firstname: 'Alex' });
    await send([orderOf(1, { email: 'kim@example.com' })], { match: 'emailAndName' });
    expect(contacts()).toHaveLength(2);
  });

  test.each([
    ['oldest', KIM],
    ['newest', KIM.replace(/1$/, '2')],
  ])('of several the %s', async (whenSeveral, expected) => {
    await kim({ overriddencreatedon: '2020-01-01T00:00:00Z' });
    await kim({ contactid: KIM.replace(/1$/, '2'), overriddencreatedon: '2024-01-01T00:00:00Z' });
    const matched = await send([orderOf(1, { email: 'kim@example.com' })], { whenSeveral });
    expect(matched.output(0)).toMatchObject([
      { writtenContact: { id: expected, outcome: 'matched', matchedBy: 'email' } },
    ]);
  });

  test('several are held where a person is to decide, without anything personal', async () => {
    await kim();
    await kim({ contactid: KIM.replace(/1$/, '2') });
    const order = orderOf(1, { email: 'kim@example.com' });
    const held = await send([order], { whenSeveral: 'hold' });
    expect(held.output(1)).toMatchObject([{ details: { class: 'held', code: 'SEVERAL_MATCH' } }]);
    expect(String(held.output(1)[0]?.['error'])).not.toContain('kim');
    expect(sandbox.services.dataverse.rows('salesorders')).toEqual([]);
  });

  test('asks once for all, however many there are', async () => {
    const orders = Array.from({ length: 300 }, (_, index) =>
      orderOf(index + 1, { email: `p${index}${index === 7 ? "'%" : ''}@example.com` }),
    );
    const match = { resource: 'contact', operation: 'match', columnsField: 'contact', options: {} };
    await run(match, orders);
    expect(contacts()).toHaveLength(300);
    sandbox.context.counters.reset();
    const guests = Array.from({ length: 300 }, (_, index) =>
      orderOf(index + 1, {
        customer_id: 9000 + index,
        email: `p${index}${index === 7 ? "'%" : ''}@example.com`,
      }),
    );
    const again = await run(match, guests);
    expect(new Set(again.output(0).map(({ outcome }) => outcome))).toEqual(new Set(['matched']));
    const { requests, operations } = sandbox.context.counters.snapshot().dataverse;
    expect(Object.keys(operations).filter((name) => /create|update|upsert/.test(name))).toEqual([]);
    expect(requests).toBeLessThanOrEqual(10);
  });
});
