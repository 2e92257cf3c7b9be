import { uniq } from 'lodash';

import {
  choiceIn,
  choiceParts,
  guidIn,
  integerIn,
  isBlank,
  isNoDate,
  readDay,
  readFlagAmong,
  readInteger,
  readMoment,
  readNumber,
  readText,
  Unreadable,
} from '../../../values';
import type { Column } from '../../tables';

/** Why a value does not fit; the caller adds the column's name. */
export class Misfit extends Error {}

function toText(value: unknown, { maxLength }: Column): string {
  const text = readText(value);
  if (maxLength === undefined || text.length <= maxLength) return text;
  throw new Misfit(`takes ${maxLength} characters, but the text has ${text.length}`);
}

function shownChoice(value: unknown): string {
  return typeof value === 'string' || integerIn(value) !== undefined
    ? `"${String(value).slice(0, 40)}"`
    : new Unreadable('a choice', value).found;
}

/** By number, or by the label that people see. */
function toChoice(value: unknown, { choices }: Column): number {
  const choice = choiceIn(value, choices);
  if (choice !== undefined) return choice;
  const first = (choices ?? []).slice(0, 8).map((one) => `${one.value} (${one.label})`);
  throw new Misfit(`has no choice ${shownChoice(value)}; it has ${first.join(', ') || 'none'}`);
}

/** None at all is null: the service refuses an empty text. */
function toChoices(value: unknown, column: Column): string | null {
  const parts = choiceParts(value, column.choices);
  if (parts.length === 0) return null;
  return uniq(parts.map((one) => toChoice(one, column))).join(',');
}

function toId(value: unknown): string {
  const id = guidIn(value);
  if (id !== undefined) return id;
  throw new Unreadable('a GUID', value);
}

type Converter = (value: unknown, column: Column) => unknown;

const toNumber: Converter = (value) => readNumber(value);
const toInteger: Converter = (value) => readInteger(value);

const CONVERTERS: Partial<Record<Column['type'], Converter>> = {
  string: toText,
  memo: toText,
  integer: toInteger,
  bigint: toInteger,
  decimal: toNumber,
  double: toNumber,
  money: toNumber,
  boolean: (value, { choices }) => readFlagAmong(value, choices),
  choice: toChoice,
  state: toChoice,
  status: toChoice,
  choices: toChoices,
  // Text without a zone is in UTC: the zone of the machine must not change what is written.
  datetime: (value) => new Date(readMoment(value, { zone: 'UTC' })).toISOString(),
  // The day as it is written: a zone does not move it.
  date: (value) => readDay(value),
  uniqueidentifier: toId,
};

const TEXT = new Set<Column['type']>(['string', 'memo']);
const DATES = new Set<Column['type']>(['datetime', 'date']);

function isEmpty(value: unknown, { type }: Column): boolean {
  if (value === null) return true;
  if (TEXT.has(type)) return false;
  return DATES.has(type) ? isNoDate(value) : isBlank(value);
}

/**
 * A value as the column takes it on the wire. What is empty clears a column: null, text of blanks alone where the column
 * is not a text, and dates that stand for none, such as 0000-00-00.
 * @throws Misfit
 */
export function toWireValue(value: unknown, column: Column): unknown {
  if (isEmpty(value, column)) return null;
  const convert = CONVERTERS[column.type];
  if (!convert) return value;
  try {
    return convert(value, column);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Misfit(`takes ${error.wanted}, not ${error.found}`);
  }
}
