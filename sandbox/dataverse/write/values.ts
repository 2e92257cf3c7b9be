import Big from 'big.js';
import { errors } from '../errors';
import { readPicture } from '../files/pictures';
import type { JsonValue } from '../options';
import type { Table } from '../schema/model';
import type { ColumnSchema, ColumnType } from '../schema/types';
import { isGuid, type Value } from '../store/row';
import type { Switches } from '../switches';

/** Checks one value of a payload against its column and brings it into the stored form. */
export type ValueReader = (
  value: NonNullable<JsonValue>,
  column: ColumnSchema,
  table: Table,
  switches: Switches,
) => Value;

const EDM_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'Edm.String',
  memo: 'Edm.String',
  multiselect: 'Edm.String',
  integer: 'Edm.Int32',
  picklist: 'Edm.Int32',
  state: 'Edm.Int32',
  status: 'Edm.Int32',
  bigint: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  money: 'Edm.Decimal',
  double: 'Edm.Double',
  boolean: 'Edm.Boolean',
  datetime: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  lookup: 'Edm.Guid',
  uniqueidentifier: 'Edm.Guid',
  file: 'Edm.Guid',
  image: 'Edm.Binary',
};

export const edmType = (column: ColumnSchema, switches: Switches): string =>
  column.type === 'date' ? switches.dateOnlyType : EDM_TYPES[column.type];

function refuse(value: JsonValue, column: ColumnSchema, table: Table, switches: Switches): Error {
  const literal = typeof value === 'string' ? value : JSON.stringify(value);
  return errors.wrongType(table.schema.entitySet, literal, edmType(column, switches));
}

const readText: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'string') throw refuse(value, column, table, switches);
  return value === '' && switches.emptyTextIsNull ? null : value;
};

/** An amount is rounded once, when the currency of its row is known. */
const readAmount: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'number') throw refuse(value, column, table, switches);
  return inRange(value, column, table);
};

const readNumber: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'number') throw refuse(value, column, table, switches);
  inRange(value, column, table);
  return column.precision === undefined ? value : new Big(value).round(column.precision).toNumber();
};

function inRange(value: number, column: ColumnSchema, table: Table): number {
  const { min = -Infinity, max = Infinity } = column;
  if (value < min || value > max) throw errors.outOfRange(table.name, column.name, String(value));
  return value;
}

const readWhole: ValueReader = (value, column, table, switches) => {
  if (!Number.isInteger(value)) throw refuse(value, column, table, switches);
  return readNumber(value, column, table, switches);
};

const readChoice: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw refuse(value, column, table, switches);
  }
  checkChoice(value, column, table);
  return value;
};

function checkChoice(value: number, column: ColumnSchema, table: Table): void {
  const accepted = (column.choices ?? []).map((choice) => choice.value);
  if (!accepted.includes(value)) {
    throw errors.notAnOption(table.name, column.name, value, accepted);
  }
}

/** `1,9`, also with spaces, as the docs of multi-select columns show it. */
const CHOICES = /^\s*-?\d+(?:\s*,\s*-?\d+)*\s*$/;

const readChoices: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'string') throw refuse(value, column, table, switches);
  if (value === '' && switches.emptyChoices === 'clear') return null;
  if (!CHOICES.test(value)) throw refuse(value, column, table, switches);
  const chosen = value.split(',').map(Number);
  for (const one of chosen) checkChoice(one, column, table);
  return chosen.join(',');
};

const readBoolean: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'boolean') throw refuse(value, column, table, switches);
  return value;
};

const readGuid: ValueReader = (value, column, table, switches) => {
  if (typeof value !== 'string' || !isGuid(value)) throw refuse(value, column, table, switches);
  return value.toLowerCase();
};

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** Whether the text begins with a day of the calendar; `Date` takes 30 February for 1 March. */
function isCalendarDay(text: string): boolean {
  const day = text.slice(0, 10);
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}

const readDateTime: ValueReader = (value, column, table, switches) => {
  const text = typeof value === 'string' ? value : '';
  const parts = DATE_TIME.exec(text);
  const zoned = parts?.[1] !== undefined;
  const readable = DATE.test(text) || zoned || (parts && switches.dateTimeWithoutZone === 'utc');
  if (!readable || !isCalendarDay(text)) {
    throw refuse(value, column, table, switches);
  }
  const time = new Date(parts && !zoned ? `${text}Z` : text);
  if (Number.isNaN(time.getTime())) throw refuse(value, column, table, switches);
  // Dataverse keeps whole seconds.
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
};

const readDate: ValueReader = (value, column, table, switches) => {
  const text = typeof value === 'string' ? value : '';
  const allowed =
    DATE.test(text) || (switches.dateOnlyType === 'Edm.DateTimeOffset' && DATE_TIME.test(text));
  if (!allowed || !isCalendarDay(text)) throw refuse(value, column, table, switches);
  return text.slice(0, 10);
};

const READERS: Readonly<Record<ColumnType, ValueReader>> = {
  string: readText,
  memo: readText,
  integer: readWhole,
  bigint: readWhole,
  decimal: readNumber,
  double: readNumber,
  money: readAmount,
  boolean: readBoolean,
  picklist: readChoice,
  state: readChoice,
  status: readChoice,
  multiselect: readChoices,
  datetime: readDateTime,
  date: readDate,
  lookup: readGuid,
  uniqueidentifier: readGuid,
  file: readGuid,
  image: readPicture,
};

export function readValue(
  value: JsonValue,
  column: ColumnSchema,
  table: Table,
  switches: Switches,
): Value {
  return value === null ? null : READERS[column.type](value, column, table, switches);
}
