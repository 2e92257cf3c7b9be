import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';
import { isSupportedCountry } from 'libphonenumber-js/min';

import { validationError } from '../../errors';
import type { Transform } from './types';
import { expected, textOf, textOption } from './types';

const FORMATS = { E164: 'E.164', international: 'INTERNATIONAL', national: 'NATIONAL' } as const;

/** Already written so: most shops with checked forms send nothing else. */
const E164 = /^\+[1-9]\d{7,14}$/;

function countryOf(code: string): CountryCode | undefined {
  const upper = code.trim().toUpperCase();
  return upper !== '' && isSupportedCountry(upper) ? upper : undefined;
}

/** The same number stands on an order up to three times, and reading one costs more than all else on it. */
const REMEMBERED = 1000;
const read = new Map<string, string | undefined>();

/** undefined: not a number that can be. The extension, which E.164 knows nothing of, stays behind it. */
function formatPhone(
  text: string,
  country: CountryCode | undefined,
  format: (typeof FORMATS)[keyof typeof FORMATS],
): string | undefined {
  const key = `${format} ${country ?? ''} ${text}`;
  if (read.has(key)) return read.get(key);
  const number = parsePhoneNumberFromString(text, country);
  const written = number?.isPossible() ? number.format(format) : undefined;
  const extension = format === FORMATS.E164 && number?.ext ? ` ext. ${number.ext}` : '';
  const result = written === undefined ? undefined : written + extension;
  if (read.size >= REMEMBERED) read.clear();
  read.set(key, result);
  return result;
}

/**
 * Customers write anything into a phone field. By default what cannot be read is handed on as it is: losing it,
 * or holding up the order, would be worse. It is told.
 */
export const PHONE_TRANSFORMS: Transform[] = [
  {
    name: 'phone',
    displayName: 'Phone Number',
    description: 'Write phone numbers one way: (512) 555-0100 of the US becomes +15125550100',
    options: [
      {
        name: 'country',
        displayName: 'Country',
        type: 'string',
        description:
          'ISO code of the country for numbers without +; mostly a field of the input, dragged here',
        placeholder: 'e.g. US',
        default: '',
      },
      {
        name: 'format',
        displayName: 'Format',
        type: 'string',
        description: 'How to write the number',
        default: 'E164',
        choices: Object.keys(FORMATS),
        choiceNames: {
          E164: 'E.164 (+15125550100)',
          international: 'International (+1 512 555 0100)',
          national: 'National ((512) 555-0100)',
        },
      },
      {
        name: 'strict',
        displayName: 'Strict',
        type: 'boolean',
        description: 'Whether to refuse what is not a phone number, rather than hand it on',
        default: false,
      },
    ],
    compile: (options) => {
      const country = countryOf(textOption(options, 'country'));
      const format = FORMATS[textOption(options, 'format') as keyof typeof FORMATS];
      if (format === undefined) {
        throw validationError('option "format" is unknown', 'Use E164, international or national.');
      }
      const isDone = (text: string): boolean =>
        format === FORMATS.E164 && options.strict !== true && E164.test(text);
      return (value, tell) => {
        const text = textOf(value).trim();
        if (isDone(text)) return text;
        const number = formatPhone(text, country, format);
        if (number !== undefined) return number;
        if (options.strict === true) throw expected('a phone number', value);
        tell('as written: expected a phone number, found text');
        return text;
      };
    },
  },
];
