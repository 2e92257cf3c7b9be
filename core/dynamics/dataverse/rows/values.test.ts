import type { Column } from '../../tables';
import { Misfit, toWireValue } from './values';

function column(type: Column['type'], more: Partial<Column> = {}): Column {
  const can = { required: false, creatable: true, updatable: true, readable: true };
  return { name: 'new_x', displayName: 'X', type, ...can, ...more };
}

const TAGS = {
  choices: [
    { value: 7, label: 'Web' },
    { value: 8, label: 'Gift, wrapped' },
  ],
};
const YES_NO = {
  choices: [
    { value: 0, label: 'Bill' },
    { value: 1, label: 'Do Not Bill' },
  ],
};

test.each<[Column['type'], unknown, unknown, Partial<Column>?]>([
  ['money', ' ', null],
  ['money', '12.50', 12.5],
  ['decimal', '1e3', 1000],
  ['integer', '\t', null],
  ['integer', '7.0', 7],
  ['boolean', ' ', null],
  ['boolean', 'No', false],
  ['boolean', 'do not bill', true, YES_NO],
  ['boolean', 'Bill', false, YES_NO],
  ['choice', '  ', null, TAGS],
  ['choice', ' web ', 7, TAGS],
  ['choice', '42', 42],
  ['choices', [], null, TAGS],
  ['choices', '', null, TAGS],
  ['choices', [null, ''], null, TAGS],
  ['choices', 7, '7', TAGS],
  ['choices', ['Web', 7, '8'], '7,8', TAGS],
  ['choices', 'Gift, wrapped', '8', TAGS],
  ['choices', 'web,,8', '7,8', TAGS],
  ['date', '2026-03-01', '2026-03-01'],
  ['date', '2026-03-01T23:30:00-05:00', '2026-03-01'],
  ['date', '2026-03-01T00:30:00+02:00', '2026-03-01'],
  ['date', new Date('2026-03-01T00:00:00Z'), '2026-03-01'],
  ['date', '0000-00-00', null],
  ['datetime', ' ', null],
  ['datetime', '0000-00-00 00:00:00', null],
  ['datetime', '2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['datetime', '2026-03-01 10:00:00', '2026-03-01T10:00:00.000Z'],
  ['datetime', '2026-03-01T10:00:00+0200', '2026-03-01T08:00:00.000Z'],
  ['string', '', ''],
  ['string', ' ', ' '],
  ['string', 42, '42'],
  ['memo', false, 'false'],
  [
    'uniqueidentifier',
    '{6D81597F-0F9F-E711-8122-000D3AA2331C}',
    '6d81597f-0f9f-e711-8122-000d3aa2331c',
  ],
])('%s: %j is written as %j', (type, value, wire, more = {}) => {
  expect(toWireValue(value, column(type, more))).toBe(wire);
});

test.each<[Column['type'], unknown, string, Partial<Column>?]>([
  ['money', '12,50', 'takes a number such as 12.5, not "12,50"'],
  ['money', true, 'takes a number such as 12.5, not a boolean'],
  ['decimal', '0x10', 'takes a number such as 12.5, not "9a99"'],
  ['decimal', [5], 'takes a number such as 12.5, not a list'],
  ['integer', 1.5, 'takes a whole number, not a number with decimals'],
  ['bigint', '9007199254740993', 'takes a whole number'],
  ['boolean', 'maybe', 'takes yes or no, not "aaaaa"'],
  ['boolean', [true], 'takes yes or no, not a list'],
  ['choice', 'Nope', 'has no choice "Nope"; it has 7 (Web)', TAGS],
  ['choice', true, 'has no choice a boolean', TAGS],
  ['choice', [7], 'has no choice a list', TAGS],
  ['choices', 'Web;Gift', 'has no choice "Web;Gift"', TAGS],
  ['date', '2026-02-30', 'takes a date such as 2026-10-31, not "9999-99-99"'],
  ['date', '2026-02-30T10:00:00Z', 'takes a date'],
  ['datetime', '03/04/2026', 'takes a date such as 2026-10-31T14:00:00Z, not "99/99/9999"'],
  ['datetime', 'Ada Byron', 'not "aaa aaaaa"'],
  ['string', { a: 1 }, 'takes text, not an object'],
  ['string', ['a'], 'takes text, not a list'],
  ['string', NaN, 'takes text'],
  ['uniqueidentifier', '42', 'takes a GUID, not "99"'],
])('%s: %j is refused', (type, value, message, more = {}) => {
  const write = () => toWireValue(value, column(type, more));
  expect(write).toThrow(Misfit);
  expect(write).toThrow(message);
});
