import { DateTime } from 'luxon';
import { ApiError } from './errors';

/** How bodies tell times: in the store's zone, which they do not name. Texts of this form sort by time. */
const BODY = "yyyy-MM-dd'T'HH:mm:ss";

const inZone = (date: Date, zone: string): DateTime => DateTime.fromJSDate(date, { zone });

export const storeTime = (date: Date, zone: string): string => inZone(date, zone).toFormat(BODY);

/** The text of `ShipmentShippedDate`, such as `9/16/2013`. */
export const shippedDate = (date: Date, zone: string): string =>
  inZone(date, zone).toFormat('M/d/yyyy');

/** How webhooks tell when they were made. */
export const webhookTime = (date: Date, zone: string): string =>
  inZone(date, zone).toFormat('MM/dd/yyyy HH:mm');

/** One second later than a time of the store. */
export const secondAfter = (time: string): string =>
  DateTime.fromISO(time, { zone: 'utc' }).plus({ seconds: 1 }).toFormat(BODY);

const FILTER =
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})(?:\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?))?$/;

export interface FilterDate {
  /** `yyyy-MM-dd`. */
  day: string;
  /** `HH:mm:ss`; absent where only a day was given. */
  time?: string;
}

/** A date in a filter: `mm/dd/yyyy` and perhaps `hh:mm:ss`, in the store's zone. Anything else is refused. */
export function filterDate(name: string, text: string): FilterDate {
  const parts = FILTER.exec(text.trim())?.groups;
  const { month = '', day = '', year = '', time } = parts ?? {};
  const date = DateTime.fromObject({ year: Number(year), month: Number(month), day: Number(day) });
  if (parts === undefined || !date.isValid) {
    throw new ApiError(400, `The value '${text}' is not valid for ${name}.`);
  }
  const [hour = '', minute = '', second = '00'] = time?.split(':') ?? [];
  return {
    day: date.toFormat('yyyy-MM-dd'),
    time: time === undefined ? undefined : `${hour.padStart(2, '0')}:${minute}:${second}`,
  };
}
