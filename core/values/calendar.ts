/** What day and moment have in common: the forms of ISO 8601, and which days there are. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Years before 1000 are two or three digits that something has filled up. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const last = month === 2 && isLeapYear(year) ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1000 && year <= 9999 && day >= 1 && day <= last;
}

/** A date as it is written: the day, the time of day in milliseconds, and what its zone is ahead of UTC. */
export interface WrittenDate {
  year: number;
  month: number;
  day: number;
  /** undefined: a day alone. */
  time?: number;
  /** undefined: no zone is named. */
  offset?: number;
}

const EXTENDED =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)?(?: ?(Z|[+-][01]\d(?::?[0-5]\d)?))?)?$/i;
const BASIC =
  /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(?:[.,](\d+))?)?(Z|[+-][01]\d(?::?[0-5]\d)?)?)?$/i;

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const ahead = Number(zone.slice(1, 3)) * HOUR + Number(zone.slice(3).replace(':', '')) * MINUTE;
  return zone.startsWith('-') ? -ahead : ahead;
}

/** A date in a form of ISO 8601 that names year, month and day, also with a blank for the T; undefined for any other. */
export function writtenDate(text: string): WrittenDate | undefined {
  const match = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = match;
  const date: WrittenDate = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isCalendarDay(date.year, date.month, date.day)) return undefined;
  if (hour !== undefined) {
    const seconds = Number(second) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
    date.time = Number(hour) * HOUR + Number(minute) * MINUTE + seconds;
  }
  if (zone !== undefined) date.offset = offsetOf(zone);
  return date;
}

const two = (number: number): string => String(number).padStart(2, '0');

export function dayText({ year, month, day }: WrittenDate): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/** As if it were in UTC, in milliseconds since 1970. */
export function wallTime({ year, month, day, time = 0 }: WrittenDate): number {
  return Date.UTC(year, month - 1, day) + time;
}

/** Dates that stand for none: of MySQL, of PHP that read one of those, of .NET. Some programs write 0. */
const NEVER = /^(?:0000-00-00|-0001-11-30|0001-01-01)(?:[T ]00:00:00(?:[.+-][\d:]*|Z)?)?$/;

export function isNoDate(value: unknown): boolean {
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' || text === '0' || NEVER.test(text);
  }
  return value === undefined || value === null || value === 0;
}
