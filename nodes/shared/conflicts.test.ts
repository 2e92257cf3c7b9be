import type { INodePropertyOptions } from 'n8n-workflow';

import { backTo, type ConflictSides, conflictRule, factsOf, FROM_A_SHOP } from './conflicts';

const READ_AT = '2026-11-20T08:00:00.000Z';
const MOMENT = Date.parse('2026-11-19T10:00:00Z');

/** When the source of an item with this version changed it. */
const changedAt = (version?: unknown, readAt?: unknown): number | undefined =>
  factsOf({ json: { source: { version, readAt } } }).changedAt;

test.each([
  ['2026-11-19T10:00:00Z'],
  ['2026-11-19T11:00:00+01:00'],
  // A shop that names no zone is read in the same one on every machine.
  ['2026-11-19 10:00:00'],
  [String(MOMENT / 1000)],
  [String(MOMENT)],
])('the version %p says when the record was changed', (version) => {
  expect(changedAt(version, READ_AT)).toBe(MOMENT);
});

test.each([['17'], ['v2'], [''], [undefined]])(
  'the version %p is no date: the record is as new as it was read',
  (version) => {
    expect(changedAt(version, READ_AT)).toBe(Date.parse(READ_AT));
  },
);

test('nothing is known of an item without a source, or without dates', () => {
  expect(factsOf({ json: {} })).toEqual({});
  expect(changedAt('17')).toBeUndefined();
  expect(factsOf(undefined)).toEqual({});
});

/** Names of the rules by their values, which saved workflows hold. */
const namesOf = (sides: ConflictSides) =>
  Object.fromEntries(
    (conflictRule(sides).options as INodePropertyOptions[]).map(({ name, value }) => [value, name]),
  );

test('the rules name the system that wins, and are saved by the same values on both ways', () => {
  const both = { hold: 'Hold for Review', newest: 'Newest Wins' };
  expect(namesOf(FROM_A_SHOP)).toEqual({
    ...both,
    source: 'Shop Wins',
    target: 'Dynamics 365 Wins',
  });
  expect(namesOf(backTo('3dcart'))).toEqual({
    ...both,
    source: 'Dynamics 365 Wins',
    target: '3dcart Wins',
  });
  expect(namesOf(backTo('X-Cart'))).toMatchObject({ target: 'X-Cart Wins' });
});
