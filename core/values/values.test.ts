import fc from 'fast-check';
import { DateTime, FixedOffsetZone } from 'luxon';

import { dayAt, dayIn, type DecimalSeparator, momentIn, numberIn, utcSecondIn } from '.';

/** How a number is written in some places of the world, and what stands there before the decimals. */
const PLACES: Array<[string, DecimalSeparator]> = [
  ['en-US', '.'],
  ['de-DE', ','],
  ['fr-FR', ','],
  ['de-CH', '.'],
  ['sv-SE', ','],
  ['es-ES', ','],
];

const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map((n) => n / 100);

describe.each(PLACES)('what a formatter prints in %s', (place, separator) => {
  const other = separator === '.' ? ',' : '.';
  const money = new Intl.NumberFormat(place, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });

  test('is read back where the separator of that place is said', () => {
    const any = new Intl.NumberFormat(place, { maximumFractionDigits: 4 });
    const whole = fc.integer({ min: -9_007_199_254_740, max: 9_007_199_254_740 });
    fc.assert(
      fc.property(fc.oneof(cents, whole), (number) => {
        expect(numberIn(any.format(number), separator)).toBe(number + 0);
        expect(numberIn(money.format(number), separator)).toBe(number + 0);
      }),
    );
  });

  test('is refused or the same where the other one is said, or none', () => {
    fc.assert(
      fc.property(cents, (number) => {
        const text = money.format(number);
        expect([undefined, number + 0]).toContain(numberIn(text, other));
        expect([undefined, number + 0]).toContain(numberIn(text));
      }),
    );
  });
});

test('a text is no number, or the one that it prints as', () => {
  const digits = fc.stringMatching(/^[+-]?\d{0,18}[.,]?\d{0,6}(?:e[+-]?\d{1,3})?$/);
  fc.assert(
    fc.property(fc.oneof(digits, fc.string({ maxLength: 12 })), (text) => {
      const number = numberIn(text);
      if (number === undefined) return;
      expect(text.trim()).not.toBe('');
      expect(number).toBe(Number(text) + 0);
      expect(Math.abs(number)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    }),
  );
});

const ZONES = Intl.supportedValuesOf('timeZone');
const zone = fc.constantFrom(...ZONES);
const instant = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2199-12-31T23:59:59Z'),
  noInvalidDate: true,
});

describe('dates', () => {
  test('a day alone is that day, wherever one is', () => {
    fc.assert(
      fc.property(instant, zone, zone, (date, from, into) => {
        const day = date.toISOString().slice(0, 10);
        expect(dayIn(day, { zone: from, into })).toBe(day);
        expect(dayIn(day.replaceAll('-', ''), { zone: from, into })).toBe(day);
      }),
    );
  });

  test('the first moment of a day lies in that day, in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (date, where) => {
        const day = date.toISOString().slice(0, 10);
        const moment = momentIn(day, { zone: where }) ?? NaN;
        // Where a whole day was left out, such as 30 December 2011 in Samoa, the next one is as near as can be.
        const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
        expect([day, next]).toContain(dayAt(moment, where));
      }),
    );
  });

  test('a moment is read back from each form of ISO 8601', () => {
    const write: Array<(moment: DateTime) => string | null> = [
      (moment) => moment.toISO(),
      (moment) => moment.toISO({ format: 'basic' }),
      (moment) => moment.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZZ"),
      (moment) => moment.toFormat('yyyy-MM-dd HH:mm:ss.SSS ZZ'),
    ];
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(instant, offset, fc.constantFrom(...write), (date, minutes, form) => {
        const moment = DateTime.fromJSDate(date).setZone(FixedOffsetZone.instance(minutes));
        expect(momentIn(form(moment), {})).toBe(date.getTime());
      }),
    );
  });

  test('a second that is written in UTC is the same whether it is taken over or read', () => {
    const write = (date: Date) => date.toISOString().slice(0, 19);
    const end = fc.constantFrom('Z', '+00:00', '+0000', '+01:00', '.5Z', '');
    fc.assert(
      fc.property(instant, end, fc.constantFrom('T', ' '), (date, zoned, between) => {
        const written = write(date).replace('T', between) + zoned;
        const second = utcSecondIn(written);
        if (second === undefined) return;
        expect(second).toBe(`${write(new Date(momentIn(written, {}) ?? NaN))}Z`);
      }),
    );
    expect(utcSecondIn('2026-05-31 12:00:00+00:00')).toBe('2026-05-31T12:00:00Z');
    for (const none of [
      '2026-02-30T12:00:00Z',
      '2026-05-31T24:00:00Z',
      '2026-05-31T12:00:00+01:00',
    ]) {
      expect(utcSecondIn(none)).toBeUndefined();
    }
  });

  test('a time without a zone is what the clocks of the zone that is said show then', () => {
    fc.assert(
      fc.property(instant, zone, (date, where) => {
        const written = date.toISOString().slice(0, 19);
        expect(momentIn(written, {})).toBeUndefined();
        const moment = momentIn(written, { zone: where }) ?? NaN;
        const shown = DateTime.fromMillis(moment, { zone: where });
        const expected = DateTime.fromISO(written, { zone: where });
        expect(shown.toMillis()).toBe(expected.toMillis());
      }),
    );
  });
});
