import type { ParameterReader } from './parameters';
import { countOf, flagOf, readLimit, typedOptions } from './typed';

const reader = (parameters: Record<string, unknown>): ParameterReader =>
  ((name: string) => parameters[name]) as unknown as ParameterReader;

test.each([
  [{ returnAll: 'false', limit: '5' }, 5],
  [{ returnAll: 'no', limit: 7 }, 7],
  [{ returnAll: 'true', limit: '' }, Infinity],
])('the limit of %j is %j', (parameters, expected) => {
  expect(readLimit(reader(parameters), 0)).toBe(expected);
});

test.each<[Record<string, unknown>, string]>([
  [{ returnAll: 'perhaps', limit: 5 }, 'Return All takes yes or no'],
  [{ returnAll: '', limit: 5 }, 'Return All takes yes or no, not nothing'],
  [{ returnAll: false, limit: '' }, 'Limit takes a whole number from 1 on, not nothing'],
  [{ returnAll: false, limit: 0 }, 'Limit takes a whole number from 1 on'],
  [{ returnAll: false, limit: '1,5' }, 'Limit takes a whole number from 1 on, not "1,5"'],
  [{ returnAll: false, limit: [] }, 'Limit takes a whole number from 1 on, not a list'],
])('%j is refused', (parameters, message) => {
  expect(() => readLimit(reader(parameters), 0)).toThrow(message);
});

test('options have the types of their fields, and are left out where they are empty', () => {
  const types = { skip: 'flag', empty: 'flag', size: 'count' } as const;
  const given = { skip: 'off' as unknown, empty: ' ', size: '100', text: 'off' };
  expect(typedOptions(given, types)).toEqual({ skip: false, size: 100, text: 'off' });
  expect(() => typedOptions({ ...given, size: '1e' }, types)).toThrow('Size takes a whole number');
});

test('a position may be 0', () => {
  expect(countOf('position', '0', 0)).toBe(0);
  expect(flagOf('x', 1)).toBe(true);
});
