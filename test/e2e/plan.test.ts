import { comparePlan, type Planned } from './plan';

const ID = 'aaaaaaaa-0000-4000-8000-000000000001';
const BUYER = 'bbbbbbbb-0000-4000-8000-000000000002';

const order = (more: object = {}) => ({
  ...{ salesorderid: ID, name: 'X-Cart 1', _customerid_value: null, modifiedon: '1', ...more },
});

const update = (more: Partial<Planned> = {}): Planned => ({
  ...{ action: 'update', table: 'salesorders', id: ID },
  columns: [
    { column: 'customerid_contact', before: null, after: { table: 'contacts', id: BUYER } },
  ],
  ...more,
});

const changed = {
  before: { salesorders: [order()] },
  after: { salesorders: [order({ _customerid_value: BUYER, modifiedon: '2' })] },
};

it('finds nothing wrong where all came as it was said', () => {
  const { wrong, counts } = comparePlan([update()], changed);
  expect([wrong, counts]).toEqual([[], { 'update salesorders': 1 }]);
});

it.each<[string, Planned[], RegExp]>([
  ['what nobody had said', [], /_customerid_value: became .* nobody had said so/],
  [
    'another value than was said',
    [update({ columns: [{ column: 'name', before: 'X-Cart 1', after: 'X-Cart 2' }] })],
    /name: said "X-Cart 2", is "X-Cart 1" after/,
  ],
  [
    'another value than was there',
    [update({ columns: [{ column: 'name', before: 'X-Cart 0', after: 'X-Cart 1' }] })],
    /name: said "X-Cart 0", is "X-Cart 1" before/,
  ],
  [
    'a row that was not made',
    [update(), { action: 'create', table: 'contacts', id: BUYER, columns: [] }],
    /contacts .*: was said to be made, and is not there/,
  ],
])('finds %s', (_, plan, sentence) => {
  expect(comparePlan(plan, changed).wrong).toContainEqual(expect.stringMatching(sentence));
});

it('finds a row that was made or deleted unsaid', () => {
  const { before, after } = changed;
  const made = comparePlan([], { before: {}, after });
  expect(made.wrong).toEqual([`salesorders ${ID}: was made, and nobody had said so`]);
  const deleted = comparePlan([], { before, after: {} });
  expect(deleted.wrong).toEqual([`salesorders ${ID}: was deleted, and nobody had said so`]);
});
