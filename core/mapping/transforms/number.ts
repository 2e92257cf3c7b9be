import type { RoundingMode } from '../../commerce/money';
import { ROUNDING_MODES, round, toAmount, toDecimal } from '../../commerce/money';
import { validationError } from '../../errors';
import type { Transform, TransformFunction, TransformOption, TransformOptions } from './types';
import { expected, numberOption, textOf, textOption } from './types';

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

export function roundingOf(options: TransformOptions): RoundingMode {
  return (options.rounding as RoundingMode | undefined) ?? 'half-even';
}

export function checkRange(
  options: TransformOptions,
  then: (value: unknown) => number,
): TransformFunction {
  const min = numberOption(options, 'min') ?? -Infinity;
  const max = numberOption(options, 'max') ?? Infinity;
  if (min === -Infinity && max === Infinity) return then;
  return (value) => {
    const number = then(value);
    if (number < min || number > max) {
      throw validationError(
        `${number} is ${number < min ? `below ${min}` : `above ${max}`}`,
        'Correct the value in the shop, or change the limits of this row.',
      );
    }
    return number;
  };
}

/** Text as people write numbers ("1.234,50") with the decimal separator that they use. */
function normalise(value: unknown, separator: string): unknown {
  if (typeof value !== 'string') return value;
  const grouping = separator === ',' ? /[.\s'\u00a0\u202f]/g : /[,\s'\u00a0\u202f]/g;
  return value.trim().replace(grouping, '').replace(separator, '.');
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
      },
      ROUNDING_OPTION,
      {
        name: 'decimalSeparator',
        displayName: 'Decimal Separator',
        type: 'string',
        description: 'How the text writes decimals; the other character is taken for grouping',
        default: '.',
        choices: ['.', ','],
      },
      ...RANGE_OPTIONS,
    ],
    compile: (options) => {
      const decimals = numberOption(options, 'decimals');
      const mode = roundingOf(options);
      const separator = textOption(options, 'decimalSeparator') || '.';
      return checkRange(options, (value) => {
        if (typeof value === 'number' && decimals === undefined && Number.isFinite(value))
          return value;
        const decimal = toDecimal(normalise(value, separator));
        return decimals === undefined ? toAmount(decimal) : round(decimal, decimals, mode);
      });
    },
  },
  {
    name: 'integer',
    displayName: 'Whole Number',
    description: 'Read a whole number; one with decimals is refused, not rounded',
    options: RANGE_OPTIONS,
    compile: (options) =>
      checkRange(options, (value) => {
        const number = typeof value === 'number' ? value : toAmount(toDecimal(textOf(value)));
        if (!Number.isSafeInteger(number)) throw expected('a whole number', value);
        return number;
      }),
  },
  {
    name: 'negate',
    displayName: 'Change Sign',
    description: 'Make plus of minus, as for discounts that a shop writes as negative numbers',
    options: [],
    compile: () => (value) =>
      typeof value === 'number' && Number.isFinite(value)
        ? -value + 0
        : toAmount(toDecimal(value).neg()),
  },
  {
    name: 'boolean',
    displayName: 'True or False',
    description:
      'Read yes and no: true, 1, yes, y, on, enabled, E; false, 0, no, n, off, disabled, D',
    options: [],
    compile: () => readBoolean,
  },
];

const TRUE = new Set(['true', '1', 'yes', 'y', 'on', 'enabled', 'e']);
const FALSE = new Set(['false', '0', 'no', 'n', 'off', 'disabled', 'd']);

function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = textOf(value).trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw expected('yes or no', value, 'Add a Lookup transform that names the values of the source.');
}
