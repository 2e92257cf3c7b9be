import fc from 'fast-check';

import { namedIdentity } from '../../../commerce/identity';
import {
  decideAll,
  type MatchDecision,
  fold,
  type MatchRules,
  type Party,
  type Wanted,
} from './decide';

const id = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const BY_EMAIL: MatchRules = { match: 'email', several: 'oldest' };
const BY_NAME: MatchRules = { match: 'emailAndName', several: 'oldest' };
const ALWAYS_NEW: MatchRules = { match: 'new', several: 'oldest' };

const customer = (key: number, more: Partial<Wanted> = {}): Wanted => ({
  key: id(key),
  email: 'kim@example.com',
  name: 'kim lee',
  keyedByEmail: false,
  ...more,
});
const guest = (more: Partial<Wanted> = {}): Wanted => customer(1, { keyedByEmail: true, ...more });

const party = (number: number, more: Partial<Party> = {}): Party => ({
  id: id(number),
  email: 'kim@example.com',
  name: 'kim lee',
  createdOn: `2026-01-${String(number % 28).padStart(2, '0')}T00:00:00Z`,
  active: true,
  ...more,
});

const PERSON = party(9);

function decide(wanted: Wanted, found: Party[], rules: MatchRules): MatchDecision {
  const [decision] = decideAll([wanted], found, rules);
  if (!decision) throw new Error('There is no decision');
  return decision;
}

const idsOf = (decisions: MatchDecision[]): string[] =>
  decisions.map((decision) => (decision.found === 'several' ? '' : decision.id));

describe('one customer', () => {
  test('whose own row is there is that row, whoever else has the address', () => {
    for (const rules of [BY_EMAIL, BY_NAME, ALWAYS_NEW]) {
      expect(decide(customer(2), [PERSON, party(2, { email: undefined })], rules)).toEqual({
        found: 'own',
        id: id(2),
        active: true,
      });
    }
  });

  test('is whom the rule finds', () => {
    const other = party(9, { name: 'pat lee' });
    expect(decide(customer(2), [PERSON], BY_EMAIL)).toMatchObject({ found: 'matched', id: id(9) });
    expect(decide(customer(2), [other], BY_EMAIL)).toMatchObject({ found: 'matched', id: id(9) });
    expect(decide(customer(2), [PERSON], BY_NAME)).toMatchObject({ by: 'emailAndName' });
    expect(decide(customer(2), [other], BY_NAME)).toEqual({ found: 'none', id: id(2) });
    expect(decide(customer(2), [PERSON], ALWAYS_NEW)).toEqual({ found: 'none', id: id(2) });
  });

  test('of no address, or of no name where names count, is nobody else', () => {
    const nameless = party(9, { name: undefined });
    expect(decide(customer(2, { email: undefined }), [PERSON], BY_EMAIL).found).toBe('none');
    expect(decide(customer(2, { name: undefined }), [nameless], BY_NAME).found).toBe('none');
  });

  test('is the newest, the oldest, or a question to a person', () => {
    const found = [party(3), party(1), party(2), party(4, { active: false })];
    const by = (several: MatchRules['several']) =>
      decide(customer(20), found, { match: 'email', several });
    expect(by('oldest')).toMatchObject({ id: id(1), among: 3 });
    expect(by('newest')).toMatchObject({ id: id(3), among: 3 });
    expect(by('hold')).toEqual({ found: 'several', count: 3, by: 'email' });
    expect(decide(customer(20), [PERSON], { match: 'email', several: 'hold' })).not.toHaveProperty(
      'among',
    );
  });

  test('is nobody who is inactive, but for his own row where there is no other', () => {
    const inactive = party(2, { active: false });
    expect(decide(customer(5), [inactive], BY_EMAIL)).toEqual({ found: 'none', id: id(5) });
    expect(decide(customer(2), [inactive, PERSON], BY_EMAIL)).toMatchObject({ id: id(9) });
    expect(decide(customer(2), [inactive], BY_EMAIL)).toEqual({
      found: 'own',
      id: id(2),
      active: false,
    });
  });
});

describe('one who was taken for a row before', () => {
  const before = (key: number, more: Partial<Wanted> = {}) =>
    customer(key, { chosen: id(8), ...more });
  const chosen = party(8, { name: 'pat lee', email: undefined });

  test.each([BY_EMAIL, BY_NAME, ALWAYS_NEW])('stays that one by $match', (rules) => {
    expect(decide(before(2), [party(3), chosen, PERSON], rules)).toEqual({
      found: 'matched',
      id: id(8),
      by: 'memory',
      keepsName: false,
    });
    expect(decide(before(1, { keyedByEmail: true }), [chosen], rules)).toMatchObject({
      id: id(8),
      keepsName: true,
    });
  });

  test('is his own row before that, and another where it is gone or inactive', () => {
    expect(decide(before(2), [chosen, party(2)], BY_EMAIL)).toMatchObject({ found: 'own' });
    expect(decide(before(2), [PERSON], BY_EMAIL)).toMatchObject({ id: id(9), by: 'email' });
    const inactive = { ...chosen, active: false };
    expect(decide(before(2), [inactive, PERSON], BY_EMAIL)).toMatchObject({ id: id(9) });
    expect(decide(before(2), [inactive], BY_EMAIL)).toEqual({ found: 'none', id: id(2) });
  });

  test('is nobody who was made in the place of a row that is gone', () => {
    const kim = guest({ chosen: id(1) });
    const decisions = decideAll([guest({ name: 'pat lee' }), kim], [], BY_NAME);
    expect(decisions).toEqual([
      { found: 'none', id: id(1) },
      { found: 'none', id: namedIdentity(id(1), 'kim lee') },
    ]);
  });
});

describe('guests, whose key is made of their address', () => {
  const pat = guest({ name: 'pat lee' });

  test('of another name are the same by e-mail, and leave the name', () => {
    const decision = decide(pat, [party(1)], BY_EMAIL);
    expect(decision).toMatchObject({ found: 'matched', id: id(1), keepsName: true });
    expect(decide(guest(), [party(1)], BY_EMAIL)).toMatchObject({ found: 'own' });
    expect(decide(guest({ name: undefined }), [party(1)], BY_EMAIL)).toMatchObject({
      found: 'own',
    });
  });

  test.each([BY_NAME, ALWAYS_NEW])('of another name are somebody else by $match', (rules) => {
    const key = namedIdentity(id(1), 'pat lee');
    expect(decide(pat, [party(1)], rules)).toEqual({ found: 'none', id: key });
    expect(decide(pat, [party(1), { ...party(3), id: key }], rules)).toMatchObject({
      found: 'own',
      id: key,
    });
    expect(decide(pat, [], rules)).toEqual({ found: 'none', id: id(1) });
  });
});

describe('customers of one run', () => {
  test('who match each other become one', () => {
    const both = [guest(), customer(2)];
    expect(decideAll(both, [], BY_EMAIL)).toMatchObject([
      { found: 'none', id: id(1) },
      { found: 'matched', id: id(1), isNew: true },
    ]);
    expect(idsOf(decideAll(both, [], ALWAYS_NEW))).toEqual([id(1), id(2)]);
    expect(idsOf(decideAll(both, [PERSON], BY_EMAIL))).toEqual([id(9), id(9)]);
  });

  test('who are the same stay the same with another address', () => {
    const orders = [guest(), customer(2), customer(2, { email: 'other@example.com' })];
    expect(idsOf(decideAll(orders, [], BY_EMAIL))).toEqual([id(1), id(1), id(1)]);
    expect(decideAll([customer(2), customer(2)], [], BY_EMAIL)).toMatchObject([
      { found: 'none' },
      { found: 'own', id: id(2), isNew: true },
    ]);
  });

  test('three guests of one address and three names are one by e-mail, and three by name', () => {
    const guests = ['kim lee', 'pat lee', 'sam lee'].map((name) => guest({ name }));
    expect(new Set(idsOf(decideAll(guests, [], BY_EMAIL))).size).toBe(1);
    const byName = idsOf(decideAll(guests, [], BY_NAME));
    expect(new Set(byName).size).toBe(3);
    // Sent again when they are there, each is found.
    const there = guests.map(({ email, name }, index) => ({
      ...party(1),
      id: byName[index] ?? '',
      email,
      name,
    }));
    expect(idsOf(decideAll(guests.toReversed(), there, BY_NAME))).toEqual(byName.toReversed());
  });
});

test('text is compared as people mean it', () => {
  expect(fold('  Kim \t LEE ')).toBe('kim lee');
  expect(fold('Jose\u0301')).toBe(fold('JOSÉ'));
});

describe('for all customers and rows', () => {
  const emails = fc.constantFrom('a@example.com', 'b@example.com', undefined);
  const names = fc.constantFrom('kim', 'pat', undefined);
  const wanted = fc.record({
    key: fc.integer({ min: 1, max: 6 }).map(id),
    email: emails,
    name: names,
    keyedByEmail: fc.boolean(),
  });
  const found = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 20 }).map(id),
      email: emails,
      name: names,
      createdOn: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
      active: fc.boolean(),
    }),
    { selector: (row) => row.id },
  );
  const rules = fc.record({
    match: fc.constantFrom('email', 'emailAndName', 'new'),
    several: fc.constantFrom('newest', 'oldest', 'hold'),
  }) as fc.Arbitrary<MatchRules>;

  test('the order in which rows were found decides nothing', () => {
    fc.assert(
      fc.property(
        fc.array(wanted),
        found,
        rules,
        fc.infiniteStream(fc.nat()),
        (all, rows, by, dice) => {
          const shuffled = rows
            .map((row) => ({ row, at: dice.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ row }) => row);
          expect(decideAll(all, shuffled, by)).toEqual(decideAll(all, rows, by));
        },
      ),
    );
  });

  test('nobody is matched who is inactive, or has another address', () => {
    fc.assert(
      fc.property(wanted, found, rules, (one, rows, by) => {
        const decision = decide(one, rows, by);
        if (decision.found !== 'matched') return;
        const row = rows.find((row) => row.id === decision.id);
        if (decision.id === one.key) return;
        expect(row).toMatchObject({ active: true, email: one.email });
        if (by.match === 'emailAndName') expect(row?.name).toBe(one.name);
        expect(by.match).not.toBe('new');
      }),
    );
  });

  test('a key is made new only once, and only where it is free', () => {
    fc.assert(
      fc.property(fc.array(wanted), found, rules, (all, rows, by) => {
        const made = decideAll(all, rows, by).flatMap((one) =>
          one.found === 'none' ? [one.id] : [],
        );
        expect(new Set(made).size).toBe(made.length);
        for (const row of rows) expect(made).not.toContain(row.id);
      }),
    );
  });
});
