import { isCurrencyCode } from '../../commerce/currencies';
import { divide, roundMoney, toDecimal } from '../../commerce/money';
import { validationError } from '../../errors';
import { isBlank, readAmount } from '../../values';
import {
  RANGE_OPTIONS,
  ROUNDING_OPTION,
  SEPARATOR_OPTION,
  checkRange,
  roundingOf,
  separatorOf,
} from './number';
import type { Transform, TransformFunction, TransformOption, TransformOptions } from './types';
import { expected, optionalText, tableOption, textOf, textOption } from './types';

const CURRENCY: TransformOption = {
  name: 'currency',
  displayName: 'Currency',
  type: 'string',
  description: 'ISO code that gives the number of decimals: 2 for USD, 0 for JPY, 3 for KWD',
  placeholder: 'e.g. USD',
};

function toMoney(options: TransformOptions): TransformFunction {
  const currency = optionalText(options, 'currency');
  const mode = roundingOf(options);
  const separator = separatorOf(options);
  return checkRange(options, (value) => roundMoney(readAmount(value, separator), currency, mode));
}

function rateOf(options: TransformOptions, from: string, to: string): number | string {
  const given = options.rate;
  if (given !== undefined) return given as number | string;
  const rates = tableOption(options, 'rates');
  if (from === to) return 1;
  if (Object.hasOwn(rates, from)) return rates[from] as number | string;
  throw validationError(
    `no exchange rate from ${from || 'the currency of the document'} to ${to}`,
    `Add "${from}" to the rates of this row, or give the path of the rate on the document.`,
  );
}

function convert(options: TransformOptions): TransformFunction {
  const from = textOption(options, 'from');
  const to = textOption(options, 'to');
  const rate = toDecimal(rateOf(options, from, to));
  if (rate.lte(0)) {
    throw validationError('the exchange rate is not above 0', 'Correct the rate.');
  }
  const mode = roundingOf(options);
  const converted =
    options.direction === 'divide'
      ? (value: unknown) => divide(readAmount(value), rate)
      : (value: unknown) => toDecimal(readAmount(value)).times(rate);
  return (value) => (isBlank(value) ? undefined : roundMoney(converted(value), to, mode));
}

export const MONEY_TRANSFORMS: Transform[] = [
  {
    name: 'money',
    displayName: 'Money',
    description: "Read an amount and round it to the decimals of its currency (banker's rounding)",
    options: [CURRENCY, ROUNDING_OPTION, SEPARATOR_OPTION, ...RANGE_OPTIONS],
    compile: toMoney,
  },
  {
    name: 'convertCurrency',
    displayName: 'Convert Currency',
    description:
      'Convert an amount with a table of rates, or with the rate that the document brings',
    options: [
      {
        name: 'from',
        displayName: 'From',
        type: 'string',
        description: 'ISO code of the amount; mostly a field of the input, dragged here',
        placeholder: 'e.g. EUR',
        required: true,
      },
      { ...CURRENCY, name: 'to', displayName: 'To', required: true },
      {
        name: 'rates',
        displayName: 'Rates',
        type: 'table',
        description: 'What one unit of each currency is worth in the target',
        columns: { from: 'Currency', to: 'Rate', holds: 'number' },
      },
      {
        name: 'rate',
        displayName: 'Rate',
        type: 'number',
        description: 'One rate instead of the table; mostly a field of the input, dragged here',
      },
      {
        name: 'direction',
        displayName: 'Direction',
        type: 'string',
        description: 'Whether to multiply the amount by the rate or to divide it',
        default: 'multiply',
        choices: ['multiply', 'divide'],
      },
      ROUNDING_OPTION,
    ],
    compile: convert,
  },
  {
    name: 'currency',
    displayName: 'Currency Code',
    description: 'Check and write an ISO 4217 code: usd becomes USD',
    options: [],
    compile: () => (value) => {
      const code = textOf(value).trim().toUpperCase();
      if (!isCurrencyCode(code)) throw expected('a currency code of three letters', value);
      return code;
    },
  },
];
