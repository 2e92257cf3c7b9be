import { storeZone } from './zone';

const { momentOf, dayOf } = storeZone('America/New_York');
const iso = (date: string) => new Date(momentOf(date) ?? NaN).toISOString();

test('reads dates by the clock on the wall of the store, summer and winter', () => {
  expect(iso('2026-11-25 14:03:22')).toBe('2026-11-25T19:03:22.000Z');
  expect(iso('2026-07-25T14:03:22')).toBe('2026-07-25T18:03:22.000Z');
  expect(iso('2026-07-25')).toBe('2026-07-25T04:00:00.000Z');
});

test('takes a zone that a date names all the same', () => {
  expect(iso('2026-11-25T14:03:22Z')).toBe('2026-11-25T14:03:22.000Z');
  expect(iso('2026-11-25T14:03:22+02:00')).toBe('2026-11-25T12:03:22.000Z');
});

test('takes the later of the two where an hour comes twice, so that nothing seems older than it is', () => {
  expect(iso('2026-11-01 00:59:59')).toBe('2026-11-01T04:59:59.000Z');
  expect(iso('2026-11-01 01:30:00')).toBe('2026-11-01T06:30:00.000Z');
  expect(iso('2026-11-01 02:00:00')).toBe('2026-11-01T07:00:00.000Z');
});

test('tells what is no date', () => {
  for (const text of ['', ' ', 'soon', '2026-13-01', '0000-00-00 00:00:00', null, undefined]) {
    expect(momentOf(text)).toBeUndefined();
  }
});

test('knows the day that it is in the store', () => {
  expect(dayOf(new Date('2026-11-26T04:59:59Z'))).toBe('2026-11-25');
  expect(dayOf(new Date('2026-11-26T05:00:00Z'))).toBe('2026-11-26');
  expect(storeZone('Asia/Kolkata').dayOf(new Date('2026-11-25T18:30:00Z'))).toBe('2026-11-26');
});

test('knows what the clock shows in the store', () => {
  expect(storeZone('America/New_York').timeOf(new Date('2026-11-26T04:59:09Z'))).toBe('23:59:09');
  expect(storeZone('Asia/Kolkata').timeOf(new Date('2026-11-25T18:30:00Z'))).toBe('00:00:00');
});

test('refuses what is no zone, and says how one is written', () => {
  expect(() => storeZone('Moon/Dark')).toThrow(/"Moon\/Dark" is not a time zone/);
  expect(storeZone(' Europe/Berlin ').dayOf(new Date(0))).toBe('1970-01-01');
});
