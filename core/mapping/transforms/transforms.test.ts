import { compileTransform } from '../chain';
import type { Scope } from '../scope';
import type { TransformCall } from '../spec';
import { parseAddress } from './address';
import { TRANSFORMS } from './index';
import { splitName } from './name';

const SCOPE: Scope = {
  value: {},
  root: {},
  parent: undefined,
  index: 0,
  run: { context: {}, problems: [], notes: [], tell: () => {}, pending: [] },
};

function apply(call: TransformCall, value: unknown): unknown {
  return compileTransform(call, 0)(value, SCOPE);
}

test('every transform can be listed: a name, words for people, options with defaults or choices', () => {
  expect(new Set(TRANSFORMS.map(({ name }) => name)).size).toBe(TRANSFORMS.length);
  for (const { name, displayName, description, options } of TRANSFORMS) {
    expect(name).toMatch(/^[a-z][A-Za-z0-9]+$/);
    expect(displayName).not.toBe('');
    expect(description).not.toMatch(/\.$/);
    for (const option of options) {
      expect(option.description).not.toBe('');
      if (option.choices && option.default !== undefined)
        expect(option.choices).toContain(option.default);
    }
  }
});

test.each<[TransformCall, unknown, unknown]>([
  ['trim', '  a   b ', 'a b'],
  ['text', 42, '42'],
  ['upper', 'aß', 'ASS'],
  ['lower', 'ÄB', 'äb'],
  [{ type: 'truncate', length: 3 }, 'abcdef', 'abc'],
  [{ type: 'truncate', length: 4 }, '👍👍👍', '👍👍'],
  [{ type: 'truncate', length: 3 }, '👍👍', '👍'],
  [{ type: 'truncate', length: 9 }, 'abc', 'abc'],
  [{ type: 'replace', search: '.', with: '-' }, 'a.b.c', 'a-b-c'],
  [{ type: 'replace', search: 'b' }, 'abc', 'ac'],
  [{ type: 'pad', length: 6 }, 42, '000042'],
  [{ type: 'prefix', text: 'X-', after: '!' }, 'a', 'X-a!'],
  [{ type: 'line', number: 2 }, '1 Main St\r\n Apt 4', 'Apt 4'],
  [{ type: 'line', number: 3 }, 'one', undefined],
  ['number', '12.50', 12.5],
  ['number', '1,234.50', 1234.5],
  [{ type: 'number', decimalSeparator: ',' }, '1.234,50', 1234.5],
  [{ type: 'number', decimalSeparator: ',' }, '12,50', 12.5],
  [{ type: 'number', decimals: 1 }, 0.25, 0.2],
  ['number', ' ', undefined],
  ['integer', '7', 7],
  [{ type: 'integer', decimalSeparator: ',' }, '1.234', 1234],
  ['negate', '-4.10', 4.1],
  ['negate', 0, 0],
  [{ type: 'convertCurrency', from: 'EUR', to: 'USD', rates: { EUR: 1.1 } }, ' ', undefined],
  ['boolean', 'E', true],
  ['boolean', 'No', false],
  ['boolean', 0, false],
  [{ type: 'money', currency: 'USD' }, '2.345', 2.34],
  [{ type: 'money', currency: 'JPY' }, 2.5, 2],
  [{ type: 'money', rounding: 'up' }, 1.001, 1.01],
  [{ type: 'money', decimalSeparator: ',' }, '1.234,505', 1234.5],
  ['currency', ' usd', 'USD'],
  [{ type: 'convertCurrency', from: 'EUR', to: 'USD', rates: { EUR: 1.085 } }, 10, 10.85],
  [{ type: 'convertCurrency', from: 'USD', to: 'USD' }, 10, 10],
  [{ type: 'convertCurrency', from: 'EUR', to: 'JPY', rate: 160.5 }, 1, 160],
  [{ type: 'convertCurrency', from: 'USD', to: 'EUR', rate: 2, direction: 'divide' }, 5, 2.5],
  ['dateTime', '2026-05-31T14:00:00+02:00', '2026-05-31T12:00:00Z'],
  ['dateTime', 1714644000, '2024-05-02T10:00:00Z'],
  ['dateTime', '1714644000', '2024-05-02T10:00:00Z'],
  ['dateTime', 1714644000000, '2024-05-02T10:00:00Z'],
  ['dateTime', '2026-05-31 12:00:00', '2026-05-31T12:00:00Z'],
  [
    { type: 'dateTime', sourceZone: 'America/New_York' },
    '2026-01-15T09:00:00',
    '2026-01-15T14:00:00Z',
  ],
  [
    { type: 'dateTime', sourceZone: 'America/New_York' },
    '2026-07-15T09:00:00',
    '2026-07-15T13:00:00Z',
  ],
  [{ type: 'dateTime', sourceFormat: 'M/d/yyyy' }, '9/16/2026', '2026-09-16T00:00:00Z'],
  ['date', '2026-05-31T23:30:00Z', '2026-05-31'],
  [{ type: 'date', zone: 'Europe/Berlin' }, '2026-05-31T23:30:00Z', '2026-06-01'],
  [{ type: 'date', format: 'dd.MM.yyyy' }, '2026-05-31T23:30:00Z', '31.05.2026'],
  ['date', '2026-05-31', '2026-05-31'],
  [{ type: 'date', zone: 'America/New_York' }, '2026-03-01', '2026-03-01'],
  [{ type: 'date', zone: 'America/New_York', format: 'M/d/yyyy' }, '2026-03-01', '3/1/2026'],
  [{ type: 'date', zone: 'Pacific/Auckland', sourceFormat: 'd.M.yyyy' }, '1.3.2026', '2026-03-01'],
  ['date', 20260301, '2026-03-01'],
  ['date', '0000-00-00 00:00:00', undefined],
  ['dateTime', 0, undefined],
  [{ type: 'phone', country: 'US' }, '(512) 555-0100', '+15125550100'],
  [{ type: 'phone', country: 'us', format: 'national' }, '+15125550100', '(512) 555-0100'],
  ['phone', '+49 30 1234567', '+49301234567'],
  [{ type: 'phone', country: 'US' }, '(512) 555-0100 ext 42', '+15125550100 ext. 42'],
  ['phone', 'call me', 'call me'],
  ['country', 'us', 'US'],
  ['country', 'DEU', 'DE'],
  ['country', '840', 'US'],
  ['country', 'UK', 'GB'],
  ['country', 'united states', 'US'],
  [{ type: 'country', format: 'name' }, 'DE', 'Germany'],
  [{ type: 'country', format: 'alpha3' }, 'Germany', 'DEU'],
  [{ type: 'country', format: 'numeric' }, 'US', '840'],
  ['state', 'Texas', 'TX'],
  ['state', 'tx', 'TX'],
  [{ type: 'state', country: 'CA', format: 'name' }, 'on', 'Ontario'],
  [{ type: 'state', country: 'DE' }, 'Bayern', 'Bayern'],
  [{ type: 'address', part: 'postalCode' }, '1 Main St, Austin, TX 78701, US', '78701'],
  ['harmoniseStreet', '12 NORTH MAIN STREET.', '12 N Main St'],
  ['harmoniseStreet', '12 n Main St', '12 N Main St'],
  ['nameSplit', 'Ada Byron', 'Byron'],
  [{ type: 'nameSplit', part: 'first' }, 'Ada Byron', 'Ada'],
  [
    'stripHtml',
    '<p>A &amp; B</p><script>x()</script><p>caf&eacute;&nbsp;<b>1</b></p>',
    'A & B\ncafé 1',
  ],
  ['stripHtml', '<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
  ['stripHtml', '1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  [{ type: 'lookup', table: { P: 1 } }, 'P', 1],
  [{ type: 'lookup', table: { P: 1 }, otherwise: 'keep' }, 'Q', 'Q'],
  [{ type: 'lookup', table: { P: 1 }, otherwise: 'empty' }, 'Q', undefined],
  [
    { type: 'identity', kind: 'order', platform: 'xcart', store: 'main' },
    1042,
    '65337355-c90e-5faf-b29d-a12b26ae3324',
  ],
])('%j makes of %j: %j', (call, value, expected) => {
  expect(apply(call, value)).toEqual(expected);
});

test.each<[TransformCall, unknown, string]>([
  ['upper', { a: 1 }, 'expected text, found an object'],
  ['number', 'abc', 'expected a number'],
  ['number', '12,50', 'expected a number'],
  ['number', '12a', 'expected a number'],
  ['number', '1,2345', 'expected a number'],
  ['number', true, 'expected a number'],
  ['number', [5], 'expected a number'],
  [{ type: 'number', decimalSeparator: ',' }, '12.50', 'expected a number'],
  ['money', '1,234.50', 'expected a number'],
  ['money', 1e21, 'expected a number, found a number beyond 2^53'],
  ['negate', 1e21, 'expected a number, found a number beyond 2^53'],
  [{ type: 'truncate', length: -1 }, 'abc', 'is not a whole number from 1 on'],
  [{ type: 'truncate', length: 2.5 }, 'abc', 'is not a whole number from 1 on'],
  [{ type: 'number', decimals: -1 }, 1, 'is not a whole number from 0 on'],
  [{ type: 'line', number: 0 }, 'abc', 'is not a whole number from 1 on'],
  ['integer', '9007199254740993', 'expected a whole number'],
  ['integer', 1.5, 'expected a whole number'],
  ['boolean', 'maybe', 'expected yes or no'],
  [{ type: 'number', min: 0 }, -1, '-1 is below 0'],
  [{ type: 'money', max: 10 }, 10.01, '10.01 is above 10'],
  ['currency', 'dollars', 'expected a currency code'],
  [
    { type: 'convertCurrency', from: 'GBP', to: 'USD', rates: { EUR: 1 } },
    1,
    'no exchange rate from GBP to USD',
  ],
  [{ type: 'convertCurrency', from: 'EUR', to: 'USD', rate: 0 }, 1, 'not above 0'],
  [{ type: 'convertCurrency', from: 'EUR', to: 'USD', rate: '1,08' }, 1, 'is not a number'],
  ['dateTime', 'yesterday', 'expected a date'],
  ['date', '2026-02-30T00:00:00', 'expected a date'],
  ['date', '2026-02-30T00:00:00Z', 'expected a date'],
  ['date', '03/04/2026', 'expected a date'],
  ['date', '26-03-01', 'expected a date'],
  ['dateTime', '12:30', 'expected a date'],
  [{ type: 'date', sourceFormat: 'd.M.' }, '1.3.', 'names no year'],
  [{ type: 'phone', strict: true }, 'call me', 'expected a phone number'],
  ['country', 'Atlantis', 'expected a country'],
  [{ type: 'lookup', table: { P: 1 } }, 'constructor', 'no entry for "constructor"'],
  [{ type: 'identity', kind: 'order', platform: 'xcart', store: ' ' }, 1, 'without "store"'],
  [{ type: 'identity', kind: 'ordre', platform: 'xcart', store: 'a' }, 1, 'Did you mean "order"?'],
])('%j refuses %j', (call, value, message) => {
  expect(() => apply(call, value)).toThrow(message);
});

describe('an address in one line', () => {
  test.each([
    [
      '1 Main St, Austin, TX 78701, US',
      { line1: '1 Main St', city: 'Austin', state: 'TX', postalCode: '78701', country: 'US' },
    ],
    [
      '1 Main St, Apt 4, Austin, Texas 78701-1234',
      { line1: '1 Main St', line2: 'Apt 4', city: 'Austin', state: 'TX', postalCode: '78701-1234' },
    ],
    [
      '1 Main St, Austin TX 78701',
      { line1: '1 Main St', city: 'Austin', state: 'TX', postalCode: '78701' },
    ],
    [
      'Unter den Linden 5, 10117 Berlin, Germany',
      { line1: 'Unter den Linden 5', city: 'Berlin', postalCode: '10117', country: 'DE' },
    ],
    [
      '5 Bay St, Toronto, ON M5J 2R8, Canada',
      { line1: '5 Bay St', city: 'Toronto', state: 'ON', postalCode: 'M5J 2R8', country: 'CA' },
    ],
    [
      '10 Downing Street, London SW1A 2AA, United Kingdom',
      { line1: '10 Downing Street', city: 'London', postalCode: 'SW1A 2AA', country: 'GB' },
    ],
    ['1 Ocean Ave, San Diego, CA', { line1: '1 Ocean Ave', city: 'San Diego', state: 'CA' }],
    ['Just a street', { line1: 'Just a street' }],
  ])('%s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });
});

test.each([
  ['Ada Byron', { first: 'Ada', last: 'Byron' }],
  ['Byron, Ada', { first: 'Ada', last: 'Byron' }],
  ['Ludwig van Beethoven', { first: 'Ludwig', last: 'van Beethoven' }],
  ['Martin Luther King Jr.', { first: 'Martin Luther', last: 'King' }],
  ['King, Jr.', { last: 'King' }],
  ['Plato', { last: 'Plato' }],
])('the name %s', (text, expected) => {
  expect(splitName(text)).toEqual(expected);
});
