import { DataverseError, errors } from '../errors';
import { classOf } from '../query/entity-type';
import type { ColumnSchema } from '../schema/types';
import type { Value } from '../store/row';

/** `dategrouping`: the part of a date that rows are grouped by. Source: Dataverse docs, fetchxml/aggregate-data. */

const DAY = 86_400_000;

/** Weeks begin on Sunday and the first holds 1 January, as in SQL Server: 2023-03-25 is in week 12. */
function week(date: Date): number {
  const newYear = new Date(Date.UTC(date.getUTCFullYear(), 0, 1));
  const days = Math.floor((date.getTime() - newYear.getTime()) / DAY);
  return Math.floor((days + newYear.getUTCDay()) / 7) + 1;
}

const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  day: (date) => date.getUTCDate(),
  week,
  month: (date) => date.getUTCMonth() + 1,
  quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  year: (date) => date.getUTCFullYear(),
};

export function datePart(name: string, column: ColumnSchema): (value: Value) => Value {
  if (classOf(column.type) !== 'datetime') {
    throw errors.query(`Invalid FetchXML: '${column.name}' is no date, so it has no dategrouping.`);
  }
  if (name === 'fiscal-period' || name === 'fiscal-year') {
    throw new DataverseError(501, '', `The dategrouping '${name}' is not served.`);
  }
  const part = PARTS[name];
  if (!part) throw errors.query(`Invalid FetchXML: there is no dategrouping '${name}'.`);
  return (value) => (value === null ? null : part(new Date(String(value))));
}
