import { DateTime } from 'luxon';

import { dayText, writtenDate } from './calendar';
import { type DateForm, dayOrMomentIn } from './moment';
import { Unreadable } from './unreadable';

/** The day that it is at a moment in a zone, such as `2026-03-01`. */
export function dayAt(moment: number, zone: string): string {
  if (zone === 'UTC') return new Date(moment).toISOString().slice(0, 10);
  return DateTime.fromMillis(moment, { zone }).toISODate() ?? '';
}

/** What the clock shows at a moment in a zone, such as `14:03:22`. */
export function timeAt(moment: number, zone: string): string {
  return DateTime.fromMillis(moment, { zone }).toFormat('HH:mm:ss');
}

/**
 * A calendar day, such as `2026-03-01`. A day alone is that day wherever one is; a moment is the day that it is in the
 * zone that is said, and where none is said the day as it is written.
 */
export function dayIn(
  value: unknown,
  { zone, ...form }: DateForm & { into?: string } = {},
): string | undefined {
  const { into } = form;
  const read = dayOrMomentIn(value, { ...form, zone: zone ?? 'UTC' });
  if (typeof read !== 'number') return read;
  if (into !== undefined) return dayAt(read, into);
  const date = typeof value === 'string' ? writtenDate(value.trim()) : undefined;
  return date ? dayText(date) : dayAt(read, 'UTC');
}

/** @throws Unreadable where it is no date, or empty */
export function readDay(value: unknown, form: DateForm & { into?: string } = {}): string {
  const day = dayIn(value, form);
  if (day !== undefined) return day;
  throw new Unreadable('a date', value, { example: '2026-10-31' });
}
