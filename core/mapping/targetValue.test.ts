import { targetValue, type TargetValue } from './targetValue';

const DELIVERY = [
  { value: 100000000, label: 'Standard' },
  { value: 100000001, label: 'Next Day' },
];
const WRAPPED = [
  { value: 1, label: 'Wrapped' },
  { value: 0, label: 'Plain' },
];

type Case = [type: TargetValue['type'], value: unknown, taken: unknown, choices?: typeof DELIVERY];

// Jest takes a parameter that a row leaves out for its callback: the rows are read as a rest.
const TAKEN: Case[] = [
  ['text', 1042, '1042'],
  ['text', true, 'true'],
  ['text', ' as it is ', ' as it is '],
  ['number', '12.50', 12.5],
  ['number', ' ', undefined],
  ['integer', '7.0', 7],
  ['boolean', 'yes', true],
  ['boolean', 'N', false],
  ['boolean', 0, false],
  ['boolean', 'plain', false, WRAPPED],
  ['boolean', 'Wrapped', true, WRAPPED],
  ['day', 1772366400, '2026-03-01'],
  ['day', '2026-03-01T23:30:00Z', '2026-03-01'],
  ['day', '2026-03-01T23:30:00-05:00', '2026-03-02'],
  ['day', '2026-03-01', '2026-03-01'],
  ['day', '0000-00-00', undefined],
  ['moment', 1772366400, '2026-03-01T12:00:00Z'],
  ['moment', '2026-03-01', '2026-03-01T00:00:00Z'],
  ['moment', 0, undefined],
  ['choice', 'next day', 100000001, DELIVERY],
  ['choice', '100000000', 100000000, DELIVERY],
  // Newer than what is known of the column.
  ['choice', 100000009, 100000009, DELIVERY],
  ['choice', '3', 3],
  ['choices', ['Standard', 'Next Day', 'standard'], '100000000,100000001', DELIVERY],
  ['choices', 'Next Day, 100000000', '100000001,100000000', DELIVERY],
  ['choices', [], undefined, DELIVERY],
];

test.each(TAKEN)('%s takes %j as %j', (...[type, value, taken, choices]) => {
  expect(targetValue({ type, choices })(value)).toEqual(taken);
});

const REFUSED: Case[] = [
  ['text', [1], 'expected text, found a list'],
  ['text', { a: 1 }, 'expected text, found an object'],
  ['number', 'many', 'expected a number, found text'],
  // 1.234 in half the world, and 1234 in the other.
  ['number', '1,234', 'expected a number, found text'],
  ['integer', 7.5, 'expected a whole number, found a number with decimals'],
  ['boolean', 'perhaps', 'expected yes or no, found text'],
  ['boolean', 2, 'expected yes or no, found a number'],
  ['day', 'soon', 'expected a date, found text'],
  ['moment', '03/04/2026', 'expected a date, found text'],
  ['choice', 'Drone', 'there is no choice "Drone"; there are Standard, Next Day', DELIVERY],
  ['choice', 'x'.repeat(30), 'there is no choice of this value; there are', DELIVERY],
  ['choice', ['Standard'], 'there is no choice of this value', DELIVERY],
  ['choice', 'Standard', 'there is no choice "Standard"'],
  ['choices', ['Standard', 'Drone'], 'there is no choice "Drone"', DELIVERY],
];

test.each(REFUSED)('%s refuses %j', (...[type, value, message, choices]) => {
  expect(() => targetValue({ type, choices })(value)).toThrow(String(message));
});
