import type { Column } from '../../tables';
import { filterOf } from './conditions';

const ID = '11111111-1111-1111-1111-11111111111a';
const CHOICES = [
  { value: 7, label: 'Web' },
  { value: 8, label: 'A, B' },
];

const column = (type: Column['type'], more: Partial<Column> = {}): Column =>
  ({ name: type, displayName: type, type, creatable: true, updatable: true, ...more }) as Column;

const COLUMNS: Column[] = [
  column('string'),
  column('money'),
  column('date'),
  column('datetime'),
  column('boolean'),
  column('choice', { choices: CHOICES }),
  column('choices', { choices: CHOICES }),
  column('lookup'),
  column('uniqueidentifier'),
];

const filter = (name: string, operator: string, value: unknown): string | undefined =>
  filterOf([{ column: name, operator, value: value as string }], 'all', COLUMNS);

const oneOf = (name: string, ...values: string[]): string =>
  `Microsoft.Dynamics.CRM.In(PropertyName='${name}',PropertyValues=${JSON.stringify(values)})`;

test.each<[string, string, unknown, string]>([
  ['string', 'eq', 'a\u0001b', "string eq 'ab'"],
  ['string', 'contains', 'half \ud83d', "contains(string,'half ')"],
  ['string', 'in', ['a\u0001', 'b'], oneOf('string', 'a', 'b')],
  ['string', 'startsWith', 12, "startswith(string,'12')"],
  ['money', 'gt', '1e3', 'money gt 1000'],
  ['money', 'in', [1.5, ' 2 ', null, ''], oneOf('money', '1.5', '2')],
  ['date', 'in', '2026-03-01, 2026-03-02', oneOf('date', '2026-03-01', '2026-03-02')],
  ['boolean', 'eq', 'off', 'boolean eq false'],
  ['choice', 'in', 'Web,8', oneOf('choice', '7', '8')],
  ['choice', 'in', 'A, B', oneOf('choice', '8')],
  ['choices', 'eq', ['Web', 7], "choices eq '7'"],
  ['lookup', 'eq', `{${ID.toUpperCase()}}`, `_lookup_value eq ${ID}`],
  ['lookup', 'in', [`{${ID.toUpperCase()}}`], oneOf('lookup', ID)],
  ['string', 'empty', '', 'string eq null'],
])('%s %s %j', (name, operator, value, expected) => {
  expect(filter(name, operator, value)).toBe(expected);
});

test.each<[string, string, unknown, string]>([
  ['string', 'contains', {}, 'string takes text, not an object'],
  ['money', 'in', ['12,50'], 'money takes a number'],
  ['money', 'in', [true], 'money takes a number'],
  ['date', 'in', ['2026-02-30'], 'date takes a date'],
  ['datetime', 'ge', '03/04/2026', 'datetime takes a date'],
  ['boolean', 'in', [2], 'boolean takes yes or no'],
  ['choice', 'in', '9', 'choice has no choice "9"'],
  ['lookup', 'eq', 'Contoso', 'lookup takes a GUID'],
  ['uniqueidentifier', 'in', ['x'], 'uniqueidentifier takes a GUID'],
])('%s %s %j is refused', (name, operator, value, message) => {
  expect(() => filter(name, operator, value)).toThrow(message);
});

test.each(COLUMNS.map(({ name }) => name))('nothing compares with nothing: %s', (name) => {
  for (const operator of ['eq', 'ne', 'gt', 'contains', 'endsWith', 'in']) {
    for (const value of [null, undefined, '', ' ', '\u0001', operator === 'in' ? [] : '']) {
      expect(() => filter(name, operator, value)).toThrow(
        `The condition on ${name} has no value to compare with`,
      );
    }
  }
});
