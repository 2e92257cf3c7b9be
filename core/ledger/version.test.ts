import { compareVersions, isOlder, newest } from './version';

test.each([
  ['2026-01-01', '2026-01-02'],
  ['2026-01-01T10:00:00Z', '2026-01-01T10:00:01Z'],
  ['2026-01-01T11:00:00+02:00', '2026-01-01T10:00:00Z'],
  ['2026-01-01 09:59:59', '2026-01-01 10:00:00'],
  ['2026-01-01T09:59:59Z', '2026-01-01 10:00:00'],
  ['9', '10'],
  ['1700000000', '1700000001'],
  ['v1', 'v2'],
  ['2026-01-01T10:00:00.1234567Z', '2026-01-01T10:00:00.1234568Z'],
])('%s is older than %s', (older, newer) => {
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(newest(older, newer)).toBe(newer);
  expect(newest(newer, older)).toBe(newer);
});

test('two spellings of one moment are the same version', () => {
  expect(compareVersions('2026-01-01T10:00:00Z', '2026-01-01T12:00:00+02:00')).toBe(0);
});

test('nothing is older than, or newer than, no version', () => {
  expect(isOlder(undefined, '2')).toBe(false);
  expect(isOlder('1', undefined)).toBe(false);
  expect(newest(undefined, '1')).toBe('1');
});
