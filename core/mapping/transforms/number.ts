import type { RoundingMode } from '../../commerce/money';
import { ROUNDING_MODES, round, toAmount, toDecimal } from '../../commerce/money';
import { validationError } from '../../errors';
import {
  type DecimalSeparator,
  isBlank,
  readAmount,
  readFlag,
  readInteger,
  readNumber,
} from '../../values';
import type { Transform, TransformFunction, TransformOption, TransformOptions } from './types';
import { numberOption, optionalText } from './types';

export const ROUNDING_OPTION: TransformOption = {
  name: 'rounding',
  displayName: 'Rounding',
  type: 'string',
  description: "What to do with the rest. Half-even is banker's rounding.",
  default: 'half-even',
  choices: ROUNDING_MODES,
};

export const RANGE_OPTIONS: TransformOption[] = [
  {
    name: 'min',
    displayName: 'Minimum',
    type: 'number',
    description: 'The smallest value that is accepted',
  },
  {
    name: 'max',
    displayName: 'Maximum',
    type: 'number',
    description: 'The largest value that is accepted',
  },
];

export const SEPARATOR_OPTION: TransformOption = {
  name: 'decimalSeparator',
  displayName: 'Decimal Separator',
  type: 'string',
  description:
    'What stands before the decimals in text with grouping, such as 1,234.50 or 1.234,50. Where empty: text without grouping, such as 1234.50.',
  choices: ['.', ','],
  choiceNames: { '.': 'Point (1,234.50)', ',': 'Comma (1.234,50)' },
};

export function separatorOf(options: TransformOptions): DecimalSeparator | undefined {
  return optionalText(options, 'decimalSeparator') as DecimalSeparator | undefined;
}

export function roundingOf(options: TransformOptions): RoundingMode {
  return (options.rounding as RoundingMode | undefined) ?? 'half-even';
}

export function checkRange(
  options: TransformOptions,
  read: (value: unknown) => number,
): TransformFunction {
  const then = (value: unknown): number | undefined => (isBlank(value) ? undefined : read(value));
  const min = numberOption(options, 'min') ?? -Infinity;
  const max = numberOption(options, 'max') ?? Infinity;
  if (min === -Infinity && max === Infinity) return then;
  return (value) => {
    const number = then(value);
    if (number !== undefined && (number < min || number > max)) {
      throw validationError(
        `${number} is ${number < min ? `below ${min}` : `above ${max}`}`,
        'Correct the value in the shop, or change the limits of this row.',
      );
    }
    return number;
  };
}

/** Reads text with grouping by a point before the decimals where nothing else is said. */
const GROUPED_SEPARATOR: TransformOption = {
  ...SEPARATOR_OPTION,
  description:
    'What stands before the decimals in text, such as 1,234.50 or 1.234,50. Other text is refused.',
  default: '.',
};

function negated(value: unknown): number {
  const amount = readAmount(value);
  return typeof amount === 'number' ? 0 - amount : toAmount(toDecimal(amount).neg());
}

export const NUMBER_TRANSFORMS: Transform[] = [
  {
    name: 'number',
    displayName: 'Number',
    description: 'Read a number, also from text such as 1,234.50, and round it where wanted',
    options: [
      {
        name: 'decimals',
        displayName: 'Decimals',
        type: 'number',
        description: 'Round to so many decimals. As it is, where empty.',
        least: 0,
      },
      ROUNDING_OPTION,
      GROUPED_SEPARATOR,
      ...RANGE_OPTIONS,
    ],
    compile: (options) => {
      const decimals = numberOption(options, 'decimals');
      const mode = roundingOf(options);
      const separator = separatorOf(options);
      return checkRange(options, (value) =>
        decimals === undefined
          ? readNumber(value, separator)
          : round(readAmount(value, separator), decimals, mode),
      );
    },
  },
  {
    name: 'integer',
    displayName: 'Whole Number',
    description: 'Read a whole number; one with decimals is refused, not rounded',
    options: [SEPARATOR_OPTION, ...RANGE_OPTIONS],
    compile: (options) => {
      const separator = separatorOf(options);
      return checkRange(options, (value) => readInteger(value, separator));
    },
  },
  {
    name: 'negate',
    displayName: 'Change Sign',
    description: 'Make plus of minus, as for discounts that a shop writes as negative numbers',
    options: [],
    compile: () => (value) => (isBlank(value) ? undefined : negated(value)),
  },
  {
    name: 'boolean',
    displayName: 'True or False',
    description:
      'Read yes and no: true, 1, yes, y, on, enabled, E; false, 0, no, n, off, disabled, D',
    options: [],
    compile: () => (value) => (isBlank(value) ? undefined : readFlag(value)),
  },
];
