import { DateTime } from 'luxon';

import { validationError } from '../../errors';
import {
  type DateForm,
  dayAt,
  dayOrMomentIn,
  isNoDate,
  isZone,
  momentIn,
  namesYear,
  utcSecondIn,
} from '../../values';
import type { Transform, TransformFunction, TransformOption, TransformOptions } from './types';
import { expected, optionalText, textOption } from './types';

const SOURCE_ZONE: TransformOption = {
  name: 'sourceZone',
  displayName: 'Source Time Zone',
  type: 'string',
  description: 'Zone of a time that names none',
  placeholder: 'e.g. America/New_York',
  default: 'UTC',
};

const SOURCE_FORMAT: TransformOption = {
  name: 'sourceFormat',
  displayName: 'Source Format',
  type: 'string',
  description: 'Where it is neither ISO 8601 nor Unix seconds, in tokens',
  placeholder: 'e.g. M/d/yyyy HH:mm:ss',
};

const ZONE: TransformOption = {
  name: 'zone',
  displayName: 'Target Time Zone',
  type: 'string',
  description: 'Zone to write the date in',
  placeholder: 'e.g. America/New_York',
  default: 'UTC',
};

function checkZone(zone: string, option: string): string {
  if (isZone(zone)) return zone;
  throw validationError(
    `option "${option}": "${zone}" is not a time zone`,
    'Use an IANA name such as America/New_York or Europe/Berlin.',
  );
}

function formOf(options: TransformOptions): DateForm {
  const zone = checkZone(textOption(options, 'sourceZone'), 'sourceZone');
  const format = optionalText(options, 'sourceFormat');
  if (format === undefined) return { zone };
  if (namesYear(format)) return { zone, format };
  throw validationError(
    `option "sourceFormat": "${format}" names no year`,
    'Write tokens such as M/d/yyyy; a date without its year cannot be read.',
  );
}

const notDate = (value: unknown): Error =>
  expected(
    'a date',
    value,
    'Write it as 2026-05-31T12:00:00Z, or name its form in the option Source Format.',
  );

function dateTime(options: TransformOptions): TransformFunction {
  const form = formOf(options);
  return (value) => {
    const written = form.format === undefined ? utcSecondIn(value) : undefined;
    if (written !== undefined) return written;
    const moment = momentIn(value, form);
    if (moment !== undefined) return new Date(moment).toISOString().replace('.000Z', 'Z');
    if (isNoDate(value)) return undefined;
    throw notDate(value);
  };
}

/** A day alone is that day in every zone; a moment is the day that it is in the target's zone. */
function date(options: TransformOptions): TransformFunction {
  const form = formOf(options);
  const zone = checkZone(textOption(options, 'zone'), 'zone');
  const format = optionalText(options, 'format');
  const write = format === undefined ? undefined : writer(format, zone);
  return (value) => {
    const read = dayOrMomentIn(value, form);
    if (read !== undefined) {
      if (write) return write(read);
      return typeof read === 'string' ? read : dayAt(read, zone);
    }
    if (isNoDate(value)) return undefined;
    throw notDate(value);
  };
}

function writer(format: string, zone: string): (date: string | number) => string {
  return (date) => {
    const moment =
      typeof date === 'string'
        ? DateTime.fromISO(date, { zone: 'UTC' })
        : DateTime.fromMillis(date, { zone });
    return moment.toFormat(format, { locale: 'en' });
  };
}

export const DATE_TRANSFORMS: Transform[] = [
  {
    name: 'dateTime',
    displayName: 'Date and Time',
    description:
      'An instant in UTC as 2026-05-31T12:00:00Z, read from ISO 8601, Unix seconds or a given form',
    options: [SOURCE_ZONE, SOURCE_FORMAT],
    compile: dateTime,
  },
  {
    name: 'date',
    displayName: 'Date',
    description:
      'The calendar day as 2026-05-31 (or in another form) in the time zone of your choice',
    options: [
      SOURCE_ZONE,
      SOURCE_FORMAT,
      ZONE,
      {
        name: 'format',
        displayName: 'Format',
        type: 'string',
        description: 'Another form than yyyy-MM-dd, in tokens',
        placeholder: 'e.g. dd.MM.yyyy HH:mm',
      },
    ],
    compile: date,
  },
];
