import Big from 'big.js';

import { Unreadable } from './unreadable';

/** What stands before the decimals in a text that people wrote. Without one, text is read as programs write numbers. */
export type DecimalSeparator = '.' | ',';

/** As JSON, PHP and databases write numbers: no grouping, a point before the decimals. */
const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?$/i;

/**
 * As people write them: groups of three, all parted by the same character, and none before the decimals begin. The
 * blanks and the minus are those of Unicode that formatters of numbers write (CLDR).
 */
const WRITTEN: Record<DecimalSeparator, RegExp> = {
  '.': /^([+\-\u2212]?)(\d+|[1-9]\d{0,2}([,'\u2019 \u00a0\u2009\u202f])\d{3}(?:\3\d{3})*)?(?:\.(\d*))?$/,
  ',': /^([+\-\u2212]?)(\d+|[1-9]\d{0,2}([.'\u2019 \u00a0\u2009\u202f])\d{3}(?:\3\d{3})*)?(?:,(\d*))?$/,
};

function written(text: string, separator: DecimalSeparator): string | undefined {
  const match = WRITTEN[separator].exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', , decimals = ''] = match;
  if (whole === '' && decimals === '') return undefined;
  const digits = whole.replace(/\D/g, '') || '0';
  return `${sign === '' || sign === '+' ? '' : '-'}${digits}${decimals === '' ? '' : `.${decimals}`}`;
}

/** `+7.` and `.5e2` as every reader of numbers takes them: `7`, `.5e2`. */
function plain(text: string): string | undefined {
  if (!PLAIN.test(text)) return undefined;
  const unsigned = text.startsWith('+') ? text.slice(1) : text;
  return unsigned.replace(/\.(?=e|$)/i, '');
}

/**
 * The digits of a text with a point before the decimals and without grouping, which `Number` and big.js read alike;
 * undefined where it is no number, or one beyond 2^53, of which JSON keeps not every digit.
 */
export function decimalText(value: string, separator?: DecimalSeparator): string | undefined {
  const trimmed = value.trim();
  const text =
    separator === undefined
      ? plain(trimmed)
      : ((separator === '.' ? plain(trimmed) : undefined) ?? written(trimmed, separator));
  return text !== undefined && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? text : undefined;
}

/** So many significant digits a number of JavaScript and JSON always keeps. */
const SURE_DIGITS = 15;
/** From here on a number of more digits does not keep four decimals, and so not every cent. */
const SURE_DECIMALS = Number.MAX_SAFE_INTEGER / 10_000;

function keepsDigits(text: string, number: number): boolean {
  if (text.length <= SURE_DIGITS || Math.abs(number) < SURE_DECIMALS) return true;
  return new Big(text).eq(number);
}

/**
 * A number, or its text; undefined where it is none. What has no exact number is refused from 10^12 on, where that
 * could cost a cent; below, the nearest one is taken, as JSON itself does. Neither true nor a list is a number.
 */
export function numberIn(value: unknown, separator?: DecimalSeparator): number | undefined {
  if (typeof value === 'number') {
    // Adding 0 makes 0 of -0.
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value + 0 : undefined;
  }
  if (typeof value === 'bigint') return numberIn(String(value));
  if (typeof value !== 'string') return undefined;
  const text = decimalText(value, separator);
  if (text === undefined) return undefined;
  const number = Number(text);
  return keepsDigits(text, number) ? number + 0 : undefined;
}

/** How a number may be written, and what to do about one that is written in another way. */
export const NUMBER_REPAIR = {
  example: '12.5',
  fix: 'Correct the value at its source, or add a Number transform that fits its format.',
};

/** @throws Unreadable where it is no number, or empty */
export function readNumber(value: unknown, separator?: DecimalSeparator): number {
  const number = numberIn(value, separator);
  if (number !== undefined) return number;
  throw new Unreadable('a number', value, NUMBER_REPAIR);
}
