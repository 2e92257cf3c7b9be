import { DateTime } from 'luxon';

import { isCalendarDay, wallTime, writtenDate } from './calendar';
import { Unreadable } from './unreadable';

export interface DateForm {
  /** IANA name of the zone of a date that names none; without it such a date is no moment. */
  zone?: string;
  /** Form of a text that is not ISO 8601, in Luxon's tokens: `M/d/yyyy HH:mm:ss`. Then no other is read. */
  format?: string;
  /** Which one is meant where clocks are put back and an hour comes twice. Default `first`. */
  repeated?: 'first' | 'last';
}

/** A day alone as `2026-03-01`, or a moment in milliseconds since 1970. */
export type DayOrMoment = string | number;

/** The common form, which is read without anything else: this is where mapping many orders spends its time. */
const USUAL =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-][01]\d:?[0-5]\d)$/;

/** In UTC already, as most shops write it. */
const USUAL_IN_UTC = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:Z|\+00:?00)$/;

/** The second that a text in the usual form names in UTC, as `2026-05-31T12:00:00Z`; of any other text nothing is said. */
export function utcSecondIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !USUAL_IN_UTC.test(value)) return undefined;
  if (!USUAL.test(value) || !hasItsDay(value)) return undefined;
  return `${value.slice(0, 10)}T${value.slice(11, 19)}Z`;
}

/** Whether the month has that day, of which `Date` does not ask: it makes 2 March of 30 February. */
function hasItsDay(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || isCalendarDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), day);
}

/** Seconds, from 1973 on, or milliseconds: no shop has orders from before 1973 in milliseconds. */
const LEAST_SECONDS = 1e8;
const LEAST_MILLISECONDS = 1e11;
const END_OF_9999 = 253_402_300_800_000;

function fromUnix(value: number): number | undefined {
  const size = Math.abs(value);
  if (size < LEAST_SECONDS) return undefined;
  const moment = Math.floor(size < LEAST_MILLISECONDS ? value * 1000 : value);
  return Math.abs(moment) < END_OF_9999 ? moment : undefined;
}

function fromNumber(value: number): DayOrMoment | undefined {
  return fromUnix(value) ?? dayAlone(String(value));
}

function isoDay(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** 20260301 is the first of March, and not a moment of August 1970. */
function dayAlone(text: string): string | undefined {
  const date = writtenDate(text);
  return date && date.time === undefined ? isoDay(wallTime(date)) : undefined;
}

function inZone(wall: number, zone: string, repeated: DateForm['repeated']): number {
  if (zone === 'UTC') return wall;
  const moment = DateTime.fromMillis(wall, { zone: 'UTC' }).setZone(zone, { keepLocalTime: true });
  return (repeated === 'last' ? moment.getPossibleOffsets().at(-1) : moment)?.toMillis() ?? wall;
}

/** E-mail's form (RFC 2822), which names day, month, four digits of the year, time and zone. */
const MAIL = /^(?:[A-Z]{3}, *)?\d{1,2} [A-Z]{3} \d{4} \d\d:\d\d(?::\d\d)? /i;

function fromText(text: string, { zone, repeated }: DateForm): DayOrMoment | undefined {
  const date = writtenDate(text);
  if (date) {
    const wall = wallTime(date);
    if (date.time === undefined) return isoDay(wall);
    if (date.offset !== undefined) return wall - date.offset;
    return zone === undefined ? undefined : inZone(wall, zone, repeated);
  }
  if (/^\d{9,13}$/.test(text)) return fromUnix(Number(text));
  if (!MAIL.test(text)) return undefined;
  const moment = DateTime.fromRFC2822(text);
  return moment.isValid ? moment.toMillis() : undefined;
}

const withoutQuoted = (format: string): string => format.replace(/'[^']*'/g, '');

/** Whether a form has a token of Luxon that says a time; what stands in quotes is text. */
function namesTime(format: string): boolean {
  return /[HhmsSutTfFXx]/.test(withoutQuoted(format));
}

/** Whether a form names a year; one that does not would give every date the year that it is now. */
export function namesYear(format: string): boolean {
  return /[yGkoDfFXx]/.test(withoutQuoted(format));
}

function fromFormat(text: string, format: string, zone = 'UTC'): DayOrMoment | undefined {
  const moment = DateTime.fromFormat(text, format, { zone, locale: 'en' });
  const { year, month, day } = moment;
  if (!moment.isValid || !isCalendarDay(year, month, day)) return undefined;
  return namesTime(format) ? moment.toMillis() : moment.toISODate();
}

/** What a date says, which is not to be mixed up: a day alone is the same day in every zone. */
export function dayOrMomentIn(value: unknown, form: DateForm): DayOrMoment | undefined {
  const { format, zone } = form;
  if (typeof value === 'string') {
    if (format !== undefined) return fromFormat(value.trim(), format, zone);
    if (USUAL.test(value) && hasItsDay(value)) return Date.parse(value);
    return fromText(value.trim(), form);
  }
  if (typeof value === 'number') return fromNumber(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime();
  return undefined;
}

/**
 * A moment in milliseconds since 1970, read from ISO 8601, Unix seconds or milliseconds, the form of e-mail, or the one
 * that is said. A day alone is its first moment in the zone that is said. What does not name year, month and day in a
 * way that can be read only once is none, such as 03/04/2026 or 1/2/26.
 */
export function momentIn(value: unknown, form: DateForm): number | undefined {
  const read = dayOrMomentIn(value, form);
  if (typeof read !== 'string') return read;
  if (form.zone === undefined) return undefined;
  const date = writtenDate(read);
  return date && inZone(wallTime(date), form.zone, form.repeated);
}

/** @throws Unreadable where it is no date, or empty */
export function readMoment(value: unknown, form: DateForm): number {
  const moment = momentIn(value, form);
  if (moment !== undefined) return moment;
  throw new Unreadable('a date', value, { example: '2026-10-31T14:00:00Z' });
}

export function isZone(zone: string): boolean {
  return DateTime.utc().setZone(zone).isValid;
}
