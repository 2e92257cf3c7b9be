import { isGuidText } from '../../../odata/query';
import type { Choice, Column } from '../../tables';

/** Why a value does not fit; the caller adds the column's name. */
export class Misfit extends Error {}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

function toText(value: unknown, { maxLength }: Column): string {
  if (typeof value === 'object') throw new Misfit('takes a text, not an object or a list');
  const text = String(value);
  if (maxLength === undefined || text.length <= maxLength) return text;
  throw new Misfit(`takes ${maxLength} characters, but the text has ${text.length}`);
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value.trim()) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new Misfit(`takes a number such as 12.5, not ${shown(value)}`);
}

function toInteger(value: unknown): number {
  const number = toNumber(value);
  if (Number.isSafeInteger(number)) return number;
  throw new Misfit(`takes a whole number, not ${shown(value)}`);
}

const YES_NO = new Map<string, boolean>([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function sameLabel(choices: Choice[] | undefined, label: string): Choice | undefined {
  const wanted = label.trim().toLowerCase();
  return choices?.find((choice) => choice.label.toLowerCase() === wanted);
}

function toBoolean(value: unknown, { choices }: Column): boolean {
  const text = String(value).trim().toLowerCase();
  const known =
    YES_NO.get(text) ?? (text && sameLabel(choices, text)?.value === 1 ? true : undefined);
  if (known !== undefined) return known;
  if (sameLabel(choices, text)?.value === 0) return false;
  throw new Misfit(`takes true or false, not ${shown(value)}`);
}

/** By number, or by the label that people see. */
function toChoice(value: unknown, { choices }: Column): number {
  const text = String(value).trim();
  const number = /^-?\d+$/.test(text) ? Number(text) : undefined;
  const found =
    choices?.find((choice) => choice.value === number)?.value ?? sameLabel(choices, text)?.value;
  if (found !== undefined) return found;
  if (!choices && number !== undefined) return number;
  const first = (choices ?? []).slice(0, 8).map((choice) => `${choice.value} (${choice.label})`);
  throw new Misfit(`has no choice ${shown(value)}; it has ${first.join(', ') || 'none'}`);
}

function toChoices(value: unknown, column: Column): string {
  const list: unknown[] = Array.isArray(value) ? value : String(value).split(',');
  return list.map((one) => toChoice(one, column)).join(',');
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Text without a zone is taken as UTC: the zone of the machine must not change what is written. */
function toMoment(value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  const text = typeof value === 'string' ? value.trim() : '';
  const match = ISO.exec(text);
  const zoned = match && (match[1] || text.length === 10) ? text : `${text}Z`;
  const date = new Date(zoned);
  if (match && !Number.isNaN(date.getTime())) return date;
  throw new Misfit(`takes a date such as 2026-10-31T14:00:00Z, not ${shown(value)}`);
}

function toDateTime(value: unknown): string {
  return toMoment(value).toISOString();
}

/** The day as it is written: a zone does not move it. */
function toDate(value: unknown): string {
  const moment = toMoment(value).toISOString();
  return typeof value === 'string' ? value.trim().slice(0, 10) : moment.slice(0, 10);
}

function toId(value: unknown): string {
  const text = typeof value === 'string' ? value.trim().replace(/^\{(.*)\}$/, '$1') : value;
  if (isGuidText(text)) return text.toLowerCase();
  throw new Misfit(`takes a GUID, not ${shown(value)}`);
}

const CONVERTERS: Partial<Record<Column['type'], (value: unknown, column: Column) => unknown>> = {
  string: toText,
  memo: toText,
  integer: toInteger,
  bigint: toInteger,
  decimal: toNumber,
  double: toNumber,
  money: toNumber,
  boolean: toBoolean,
  choice: toChoice,
  state: toChoice,
  status: toChoice,
  choices: toChoices,
  datetime: toDateTime,
  date: toDate,
  uniqueidentifier: toId,
};

const TEXT = new Set<Column['type']>(['string', 'memo']);

/**
 * A value as the column takes it on the wire. Empty text clears a column that is not a text.
 * @throws Misfit
 */
export function toWireValue(value: unknown, column: Column): unknown {
  if (value === null || (value === '' && !TEXT.has(column.type))) return null;
  return CONVERTERS[column.type]?.(value, column) ?? value;
}
