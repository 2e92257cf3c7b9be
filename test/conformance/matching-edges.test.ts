import { identityOf } from '../../core/commerce/identity';
import { dataverseClient } from './dataverse-on-sandbox';
import { orderOf, resultsOf, SOURCE, useCustomers } from './matching-on-sandbox';

const on = useCustomers();
const EMAIL = 'kim@example.com';
const guest = (id: number, name?: string) => orderOf(id, { email: EMAIL }, name);
const customer = (id: number, name?: string) =>
  orderOf(id, { customer_id: 4711, email: EMAIL }, name);
const names = (): unknown[] => on.rows().map((row) => `${row['firstname']} ${row['lastname']}`);

const BY_EMAIL = { match: 'email' };
const BY_NAME = { match: 'emailAndName' };
const ALWAYS_NEW = { match: 'new' };

describe('one after the other, guests and customers of one address are these contacts', () => {
  const cases: [string, ReturnType<typeof guest>[], object, string[]][] = [
    ['a guest twice', [guest(1), guest(2)], BY_EMAIL, ['Kim Smith']],
    ['a guest twice', [guest(1), guest(2)], BY_NAME, ['Kim Smith']],
    ['a guest twice', [guest(1), guest(2)], ALWAYS_NEW, ['Kim Smith']],
    ['a guest of another name', [guest(1), guest(2, 'Pat Smith')], BY_EMAIL, ['Kim Smith']],
    [
      'a guest of another name',
      [guest(1), guest(2, 'Pat Smith'), guest(3), guest(4, 'Pat Smith')],
      BY_NAME,
      ['Kim Smith', 'Pat Smith'],
    ],
    [
      'a guest of another name',
      [guest(1), guest(2, 'Pat Smith'), guest(3, 'Pat Smith'), guest(4)],
      ALWAYS_NEW,
      ['Kim Smith', 'Pat Smith'],
    ],
    ['a guest who registers', [guest(1), customer(2), guest(3)], BY_EMAIL, ['Kim Smith']],
    ['a guest who registers', [guest(1), customer(2), guest(3)], BY_NAME, ['Kim Smith']],
    [
      'a guest who registers',
      [guest(1), customer(2), guest(3)],
      ALWAYS_NEW,
      ['Kim Smith', 'Kim Smith'],
    ],
    ['a customer who does not sign in', [customer(1), guest(2)], BY_EMAIL, ['Kim Smith']],
    ['a customer who does not sign in', [customer(1), guest(2)], BY_NAME, ['Kim Smith']],
    [
      'a customer and a guest of another name',
      [customer(1), guest(2, 'Pat Smith'), customer(3), guest(4, 'Pat Smith')],
      BY_NAME,
      ['Kim Smith', 'Pat Smith'],
    ],
    [
      'two customers',
      [customer(1), orderOf(2, { customer_id: 4712, email: EMAIL })],
      ALWAYS_NEW,
      ['Kim Smith', 'Kim Smith'],
    ],
  ];

  test.each(cases)('%s, each order in a run of its own %#', async (_, orders, rules, right) => {
    for (const order of orders) await on.send([order], rules);
    expect(names().sort()).toEqual(right);
    expect(on.rows('salesorders')).toHaveLength(orders.length);
  });

  test.each(cases)('%s, all orders in one run %#', async (_, orders, rules, right) => {
    await on.send(orders, rules);
    expect(names().sort()).toEqual(right);
    expect(on.rows('salesorders')).toHaveLength(orders.length);
  });
});

describe('a guest of another name', () => {
  const own = identityOf({ ...SOURCE, kind: 'guest', id: EMAIL });

  test.each(['oldest', 'newest', 'hold'])(
    'stays the contact made from his address, though others have it, %s',
    async (whenSeveral) => {
      await on.send([guest(1)]);
      await on.enter(1, { overriddencreatedon: '2020-01-01T00:00:00Z' });
      await on.enter(2, { overriddencreatedon: '2099-01-01T00:00:00Z' });
      const matched = await on.send([guest(2, 'Pat Smith')], { ...BY_EMAIL, whenSeveral });
      expect(resultsOf(matched)).toMatchObject([{ id: own, outcome: 'matched' }]);
      expect(on.rows('salesorders').map((row) => row['_customerid_value'])).toEqual([own, own]);
    },
  );

  test('renames nobody, also where what matches is updated', async () => {
    await on.send([guest(1)], BY_EMAIL);
    const update = { ...BY_EMAIL, whenMatched: 'update' };
    expect(resultsOf(await on.send([guest(2, 'Pat Jones')], update))).toMatchObject([
      { id: own, outcome: 'updated', notes: [{ message: 'kept: the contact has another name' }] },
    ]);
    expect(names()).toEqual(['Kim Smith']);
  });
});

describe('e-mail addresses', () => {
  const ODD = [
    'kim+shop@example.com',
    "o'hara@example.com",
    '50%off@example.com',
    'a&b=c#d@example.com',
    'under_score@example.com',
    'slash/back\\slash@example.com',
    'josé.müller@example.com',
    '用户@例子.example',
    '"quoted [x]"@example.com',
    '{curly}`~!$*?^|@example.com',
  ];

  const itemOf = (email: string, index: number) => ({
    contact: {
      contactid: identityOf({ ...SOURCE, kind: 'customer', id: String(7000 + index) }),
      lastname: 'Smith',
      emailaddress1: email,
    },
    source: SOURCE,
  });

  test('are found with odd characters, in any case and with blanks around them', async () => {
    const entered = new Map<string, string>();
    for (const [index, email] of ODD.entries())
      entered.set(email, await on.enter(index + 1, { emailaddress1: email }));
    await on.enter(98, { emailaddress1: 'underXscore@example.com' });
    await on.enter(99, { emailaddress1: '50percentoff@example.com' });
    const asked = ODD.map((email, index) => itemOf(`  ${email.toUpperCase()} `, index));
    const matched = await on.match(asked);
    expect(matched.output(1)).toEqual([]);
    expect(resultsOf(matched).map(({ id }) => id)).toEqual([...entered.values()]);
    // Alone each is asked for in another way than among many.
    for (const [index, email] of ODD.entries()) {
      const alone = await on.match([itemOf(email, index)]);
      expect(resultsOf(alone)).toMatchObject([{ id: entered.get(email), outcome: 'matched' }]);
    }
    expect(on.rows()).toHaveLength(ODD.length + 2);
  });

  test('of wildcards match nobody else', async () => {
    await on.enter(1, { emailaddress1: 'underXscore@example.com' });
    await on.enter(2, { emailaddress1: '50percentoff@example.com' });
    const asked = ['under_score@example.com', '50%off@example.com'].map(itemOf);
    expect(resultsOf(await on.match(asked)).map(({ outcome }) => outcome)).toEqual([
      'created',
      'created',
    ]);
  });

  test('are asked for once, also 1,500 of them', async () => {
    const count = 1500;
    const long = 'a-rather-long-name-of-a-mailbox';
    const addresses = Array.from({ length: count }, (_, index) => `${long}${index}@example.com`);
    const client = dataverseClient(on.sandbox);
    await client.batch(
      addresses.map((emailaddress1) => ({
        method: 'POST' as const,
        path: 'contacts',
        body: { lastname: 'Smith', emailaddress1 },
      })),
    );
    on.sandbox.context.counters.reset();
    const matched = await on.match(addresses.map(itemOf));
    expect(new Set(resultsOf(matched).map(({ outcome }) => outcome))).toEqual(new Set(['matched']));
    expect(new Set(resultsOf(matched).map(({ id }) => id)).size).toBe(count);
    const { byRoute } = on.sandbox.context.counters.snapshot().dataverse;
    expect(byRoute).toEqual({ 'POST $batch': 1 });
  });
});

test('several are held with their number and what to do, without anything personal', async () => {
  await on.enter(1);
  await on.enter(2);
  await on.enter(3);
  const held = await on.send([guest(1)], { whenSeveral: 'hold' });
  const [item] = held.output(1);
  expect(item?.details).toMatchObject({ class: 'held', code: 'SEVERAL_MATCH' });
  expect(item?.error).toContain('3 contacts');
  const { fix } = item?.details as { fix: string };
  expect(fix).toMatch(/Merge them in Dynamics 365.*When Several Match.*requeue/);
  const told = JSON.stringify([item?.error, item?.details]).toLowerCase();
  for (const personal of ['kim', 'smith', '@']) expect(told).not.toContain(personal);
  expect(on.rows('salesorders')).toEqual([]);
});
