import { DateTime } from 'luxon';

import { validationError } from '../../errors';
import type { Transform, TransformOption } from './types';
import { expected, optionalText, textOption } from './types';

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

const SOURCE_ZONE: TransformOption = {
  name: 'sourceZone',
  displayName: 'Source Time Zone',
  type: 'string',
  description: 'Zone of a time that names none, such as America/New_York',
  default: 'UTC',
};

const SOURCE_FORMAT: TransformOption = {
  name: 'sourceFormat',
  displayName: 'Source Format',
  type: 'string',
  description: 'Where it is neither ISO 8601 nor Unix seconds: tokens such as M/d/yyyy HH:mm:ss',
};

const ZONE: TransformOption = {
  name: 'zone',
  displayName: 'Target Time Zone',
  type: 'string',
  description: 'Zone to write the date in, such as America/New_York',
  default: 'UTC',
};

function checkZone(zone: string, option: string): string {
  if (DateTime.local().setZone(zone).isValid) return zone;
  throw validationError(
    `option "${option}": "${zone}" is not a time zone`,
    'Use an IANA name such as America/New_York or Europe/Berlin.',
  );
}

/** Unix seconds or milliseconds: no shop has orders before 1973 in milliseconds. */
function fromUnix(value: number): DateTime {
  return Math.abs(value) < 1e11 ? DateTime.fromSeconds(value) : DateTime.fromMillis(value);
}

/** Milliseconds since 1970. The common form is read without Luxon, which costs some ten times as much. */
function instantReader(sourceZone: string, format: string | undefined): (value: unknown) => number {
  return (value) => {
    if (format === undefined && typeof value === 'string' && ISO_WITH_OFFSET.test(value)) {
      const instant = Date.parse(value);
      if (!Number.isNaN(instant)) return instant;
    }
    const moment = readMoment(value, sourceZone, format);
    if (!moment.isValid) {
      throw expected(
        'a date',
        value,
        'Write it as 2026-05-31T12:00:00Z, or name its form in the option Source Format.',
      );
    }
    return moment.toMillis();
  };
}

function readMoment(value: unknown, zone: string, format: string | undefined): DateTime {
  if (typeof value === 'number') return fromUnix(value);
  if (value instanceof Date) return DateTime.fromJSDate(value);
  if (typeof value !== 'string') return DateTime.invalid('not a date');
  const text = value.trim();
  if (format !== undefined) return DateTime.fromFormat(text, format, { zone });
  if (/^\d{9,13}$/.test(text)) return fromUnix(Number(text));
  const iso = DateTime.fromISO(text.replace(' ', 'T'), { zone });
  return iso.isValid ? iso : DateTime.fromRFC2822(text, { zone });
}

export const DATE_TRANSFORMS: Transform[] = [
  {
    name: 'dateTime',
    displayName: 'Date and Time',
    description:
      'An instant in UTC as 2026-05-31T12:00:00Z, read from ISO 8601, Unix seconds or a given form',
    options: [SOURCE_ZONE, SOURCE_FORMAT],
    compile: (options) => {
      const zone = checkZone(textOption(options, 'sourceZone'), 'sourceZone');
      const read = instantReader(zone, optionalText(options, 'sourceFormat'));
      return (value) => new Date(read(value)).toISOString().replace('.000Z', 'Z');
    },
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
        description: 'Another form than yyyy-MM-dd, in tokens such as dd.MM.yyyy HH:mm',
      },
    ],
    compile: (options) => {
      const sourceZone = checkZone(textOption(options, 'sourceZone'), 'sourceZone');
      const read = instantReader(sourceZone, optionalText(options, 'sourceFormat'));
      const zone = checkZone(textOption(options, 'zone'), 'zone');
      const format = optionalText(options, 'format');
      if (format === undefined && zone === 'UTC') {
        return (value) => new Date(read(value)).toISOString().slice(0, 10);
      }
      return (value) =>
        DateTime.fromMillis(read(value), { zone }).toFormat(format ?? 'yyyy-MM-dd', {
          locale: 'en',
        });
    },
  },
];
