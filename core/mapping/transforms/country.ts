import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json';

import { stateCode, stateName } from './states';
import type { Transform, TransformFunction } from './types';
import { expected, textOf, textOption } from './types';

countries.registerLocale(english);

/**
 * Codes that shops and authorities write for a country instead of ISO 3166: the EU's own for Greece and the United
 * Kingdom (Interinstitutional Style Guide, 7.1.1), Northern Ireland in VAT numbers (Directive (EU) 2020/1756), and the
 * user-assigned code of Kosovo, which stays as it is.
 */
const USUAL: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB', XI: 'GB', XK: 'XK' };

/** The alpha-2 code of a country given as a code (2 or 3 letters, or 3 digits) or by its English name. */
export function countryCode(value: string): string | undefined {
  const text = value.trim();
  if (/^\d{1,3}$/.test(text)) return countries.numericToAlpha2(text);
  const upper = text.toUpperCase();
  if (Object.hasOwn(USUAL, upper)) return USUAL[upper];
  if (/^[A-Z]{2}$/.test(upper) && countries.isValid(upper)) return upper;
  if (/^[A-Z]{3}$/.test(upper) && countries.isValid(upper)) return countries.alpha3ToAlpha2(upper);
  return countries.getAlpha2Code(text, 'en');
}

const FORMS: Record<string, (code: string) => string | undefined> = {
  alpha2: (code) => code,
  alpha3: (code) => countries.alpha2ToAlpha3(code),
  numeric: (code) => countries.alpha2ToNumeric(code),
  name: (code) => countries.getName(code, 'en'),
};

function country(format: string): TransformFunction {
  const write = FORMS[format];
  return (value) => {
    const code = countryCode(textOf(value));
    const text = code === undefined ? undefined : write?.(code);
    if (text !== undefined) return text;
    throw expected(
      'a country',
      value,
      'Correct the country in the shop, or put a Look Up transform with its spelling in front.',
    );
  };
}

function state(format: string, countryText: string): TransformFunction {
  const code = countryCode(countryText) ?? '';
  const find = format === 'name' ? stateName : stateCode;
  return (value) => {
    const text = textOf(value).trim();
    return find(code, text) ?? text;
  };
}

export const COUNTRY_TRANSFORMS: Transform[] = [
  {
    name: 'country',
    displayName: 'Country',
    description: 'ISO 3166 code or English name of a country, read from any of them',
    options: [
      {
        name: 'format',
        displayName: 'Format',
        type: 'string',
        description: 'US, USA, 840 or United States of America',
        default: 'alpha2',
        choices: Object.keys(FORMS),
        choiceNames: {
          alpha2: 'Two Letters (US)',
          alpha3: 'Three Letters (USA)',
          numeric: 'Number (840)',
          name: 'Name (United States of America)',
        },
      },
    ],
    compile: (options) => country(textOption(options, 'format')),
  },
  {
    name: 'state',
    displayName: 'State',
    description:
      'Code or name of a state of the US, Canada or Australia; others are handed on as they are',
    options: [
      {
        name: 'country',
        displayName: 'Country',
        type: 'string',
        description: 'ISO code of the country; mostly a field of the input, dragged here',
        placeholder: 'e.g. US',
        default: 'US',
      },
      {
        name: 'format',
        displayName: 'Format',
        type: 'string',
        description: 'TX or Texas',
        default: 'code',
        choices: ['code', 'name'],
        choiceNames: { code: 'Code (TX)', name: 'Name (Texas)' },
      },
    ],
    compile: (options) => state(textOption(options, 'format'), textOption(options, 'country')),
  },
];
