import { orderOf, resultsOf, useCustomers } from './matching-on-sandbox';
import type { NodeRun } from '../engine';

const KIM = '7b1f9a06-0000-4000-8000-000000000001';
const OTHER = '7b1f9a06-0000-4000-8000-000000000002';

describe('customers on the sandbox', () => {
  const on = useCustomers();
  const contacts = () => on.rows();
  const { send } = on;
  const outcomes = (matched: NodeRun) => resultsOf(matched).map(({ outcome }) => outcome);

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

  const kim = async (more: object = {}) => await on.enter(1, more);

  test('one person three ways: one contact by the default rule, and the orders are theirs', async () => {
    await kim({ telephone1: 'entered by a person' });
    const guest = await send([orderOf(1, { email: 'Kim@Example.com' })]);
    const customer = await send([orderOf(2, { customer_id: 4711, email: 'kim@example.com' })]);
    expect([...outcomes(guest), ...outcomes(customer)]).toEqual(['matched', 'matched']);
    expect(contacts()).toMatchObject([{ contactid: KIM, telephone1: 'entered by a person' }]);
    const orders = on.rows('salesorders');
    expect(orders.map((row) => row['_customerid_value'])).toEqual([KIM, KIM]);
  });

  test('a guest and a customer of one run who share an address become one', async () => {
    await send([
      orderOf(1, { email: 'new@example.com' }),
      orderOf(2, { customer_id: 4711, email: 'new@example.com' }),
    ]);
    expect(contacts()).toHaveLength(1);
    expect(on.rows('salesorders')).toHaveLength(2);
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
    ['newest', OTHER],
  ])('of several the %s', async (whenSeveral, expected) => {
    await kim({ overriddencreatedon: '2020-01-01T00:00:00Z' });
    await kim({ contactid: OTHER, overriddencreatedon: '2024-01-01T00:00:00Z' });
    const matched = await send([orderOf(1, { email: 'kim@example.com' })], { whenSeveral });
    expect(matched.output(0)).toMatchObject([
      { writtenContact: { id: expected, outcome: 'matched', matchedBy: 'email' } },
    ]);
  });

  test('asks once for all, however many there are', async () => {
    const orders = Array.from({ length: 300 }, (_, index) =>
      orderOf(index + 1, { email: `p${index}${index === 7 ? "'%" : ''}@example.com` }),
    );
    await on.match(orders);
    expect(contacts()).toHaveLength(300);
    on.sandbox.context.counters.reset();
    const guests = Array.from({ length: 300 }, (_, index) =>
      orderOf(index + 1, {
        customer_id: 9000 + index,
        email: `p${index}${index === 7 ? "'%" : ''}@example.com`,
      }),
    );
    const again = await on.match(guests);
    expect(new Set(outcomes(again))).toEqual(new Set(['matched']));
    const { requests, operations } = on.sandbox.context.counters.snapshot().dataverse;
    expect(Object.keys(operations).filter((name) => /create|update|upsert/.test(name))).toEqual([]);
    expect(requests).toBeLessThanOrEqual(10);
  });
});
