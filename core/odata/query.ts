import Big from 'big.js';

import { validationError } from '../errors';
import { encodeText } from '../http/url';
import type { Expand, Query, RecordKey } from '../dynamics/dataverse/types';

declare const isFilter: unique symbol;
declare const isGuid: unique symbol;

/** OData text that was built here, so that no value in it can be read as syntax. */
export type Filter = string & { readonly [isFilter]: true };
/** A checked GUID: stands unquoted. */
export type Guid = string & { readonly [isGuid]: true };

/** Values of a column. A `Date` is a moment; for a date without a time use `dateOnly`. */
export type FilterValue = string | number | boolean | null | Date | Literal;

class Literal {
  constructor(readonly text: string) {}
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NAME = /^[A-Za-z_]\w*$/;
const PATH = /^[A-Za-z_]\w*(?:\/[A-Za-z_]\w*)*$/;

export function isGuidText(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value);
}

/** Braces, as copied from an address line, are taken off. */
export function toGuid(value: string, field = 'ID'): Guid {
  const text = value.trim().replace(/^\{(.*)\}$/, '$1');
  if (GUID.test(text)) return text.toLowerCase() as Guid;
  throw validationError(
    `${field} "${value.slice(0, 60)}" is not a GUID.`,
    'It has the form 00000000-0000-0000-0000-000000000000. For another value use an alternate key.',
  );
}

/** For a comparison with an ID or lookup column. */
export function guid(value: string): Literal {
  return new Literal(toGuid(value));
}

/** `2026-10-31`, for columns that hold a date without a time. */
export function dateOnly(value: string): Literal {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) {
    return new Literal(value);
  }
  throw validationError(`"${value.slice(0, 60)}" is not a date.`, 'Write it as 2026-10-31.');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value as OData writes it (OData 4.0 ABNF: primitiveLiteral). */
export function literal(value: FilterValue): string {
  if (value instanceof Literal) return value.text;
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value === 'number' && Number.isFinite(value)) return plainNumber(value);
  const shown = value instanceof Date || typeof value === 'number' ? String(value) : 'A value';
  throw validationError(`${shown} cannot be compared with a column.`);
}

/** All digits and no exponent, which not every service reads, and whose `+` an address would turn into a space. */
function plainNumber(value: number): string {
  return value === 0 ? '0' : new Big(value).toFixed();
}

function column(name: string): string {
  if (PATH.test(name)) return name;
  throw validationError(
    `"${name.slice(0, 60)}" is not the name of a column.`,
    'Use the logical name, such as emailaddress1; of a lookup _customerid_value.',
  );
}

/** Where the column's name is known, so that the message can say it. */
function requireWhole(name: string, value: unknown): void {
  if (typeof value === 'string') encodeText(value, `The value of ${name}`);
}

type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export function compare(name: string, operator: Comparison, value: FilterValue): Filter {
  requireWhole(name, value);
  return `${column(name)} ${operator} ${literal(value)}` as Filter;
}

export const eq = (name: string, value: FilterValue): Filter => compare(name, 'eq', value);
export const ne = (name: string, value: FilterValue): Filter => compare(name, 'ne', value);
export const gt = (name: string, value: FilterValue): Filter => compare(name, 'gt', value);
export const ge = (name: string, value: FilterValue): Filter => compare(name, 'ge', value);
export const lt = (name: string, value: FilterValue): Filter => compare(name, 'lt', value);
export const le = (name: string, value: FilterValue): Filter => compare(name, 'le', value);

function joined(filters: Filter[], operator: string): Filter {
  const [first] = filters;
  if (!first) throw validationError(`There is nothing to join with "${operator}".`);
  return (filters.length === 1 ? first : `(${filters.join(` ${operator} `)})`) as Filter;
}

export const and = (...filters: Filter[]): Filter => joined(filters, 'and');
export const or = (...filters: Filter[]): Filter => joined(filters, 'or');
export const not = (filter: Filter): Filter => `not (${filter})` as Filter;

/** `% _ [` stand for others in a pattern (Dataverse docs: query/filter); in brackets they stand for themselves. */
function verbatim(text: string): string {
  return text.replace(/[%_[]/g, '[$&]');
}

function matches(operation: string, name: string, text: string): Filter {
  requireWhole(name, text);
  return `${operation}(${column(name)},${quoted(verbatim(text))})` as Filter;
}

export const contains = (name: string, text: string): Filter => matches('contains', name, text);
export const startsWith = (name: string, text: string): Filter => matches('startswith', name, text);
export const endsWith = (name: string, text: string): Filter => matches('endswith', name, text);

function listed(value: string | number): string {
  return typeof value === 'number' ? literal(value) : value;
}

function among(operation: 'In' | 'NotIn', name: string, values: (string | number)[]): Filter {
  if (values.length === 0) throw validationError(`There are no values to look for in ${name}.`);
  values.forEach((value) => requireWhole(name, value));
  const list = JSON.stringify(values.map(listed));
  return `Microsoft.Dynamics.CRM.${operation}(PropertyName='${column(name)}',PropertyValues=${list})` as Filter;
}

/** One of many. The function takes all values as strings, whatever the type of the column. */
export const isIn = (name: string, values: (string | number)[]): Filter =>
  among('In', name, values);

/** None of many; a row without a value may be left out. */
export const isNotIn = (name: string, values: (string | number)[]): Filter =>
  among('NotIn', name, values);

/** Quotes and brackets in the list of `In` may end what the service takes for one of its texts. */
export function fitsList(text: string): boolean {
  return !/['"[\]{}\\]/.test(text);
}

/**
 * Equal as text. In `eq` the service may read `% _ [` as wildcards (Dataverse docs: query/filter-rows), in `In`
 * never; what no list can hold is looked for both ways, and may find other rows too: compare what is found.
 */
export function equalsText(name: string, text: string): Filter {
  if (verbatim(text) === text) return eq(name, text);
  return fitsList(text) ? isIn(name, [text]) : or(eq(name, text), eq(name, verbatim(text)));
}

/** Longest filter that `isInChunks` makes, once encoded: a whole address may have 32 KB. */
const CHUNK_LENGTH = 20_000;

/** The same for any number of values: as many filters as needed to keep each address short enough. */
export function isInChunks(name: string, values: (string | number)[]): Filter[] {
  const chunks: (string | number)[][] = [];
  let length = CHUNK_LENGTH;
  for (const value of new Set(values)) {
    const added = encodeQuery(JSON.stringify(listed(value))).length + 1;
    if (length + added > CHUNK_LENGTH) {
      chunks.push([]);
      length = 0;
    }
    chunks.at(-1)?.push(value);
    length += added;
  }
  return chunks.map((chunk) => isIn(name, chunk));
}

/** Encodes what must be encoded in a query, and leaves `$ ( ) , ' = : ; @ /` readable and short. */
export function encodeQuery(text: string, field = 'The query'): string {
  return encodeText(text, field).replace(/%(?:2C|24|2F|3A|3B|3D|40)/g, decodeURIComponent);
}

function expandText(expand: Expand): string {
  const parts = optionList(expand).map(([name, value]) => `${name}=${value}`);
  return `${column(expand.property)}${parts.length > 0 ? `(${parts.join(';')})` : ''}`;
}

function optionList(query: Omit<Query, 'pageSize' | 'annotations'>): [string, string][] {
  const { select, expand, filter, orderBy, top } = query;
  const options: [string, string | undefined][] = [
    ['$select', select?.map(column).join(',')],
    ['$filter', filter],
    ['$orderby', orderBy?.join(',')],
    ['$top', top === undefined ? undefined : String(top)],
    ['$expand', expand?.map(expandText).join(',')],
  ];
  return options.filter((option): option is [string, string] => Boolean(option[1]));
}

/** `?$select=…&$filter=…`, or nothing. */
export function queryString(query: Query): string {
  const parts = optionList(query).map(([name, value]) => `${name}=${encodeQuery(value, name)}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Name of a table in the address. */
export function entitySet(name: string): string {
  if (NAME.test(name)) return name;
  throw validationError(
    `"${name.slice(0, 60)}" is not the name of a table in the Web API.`,
    'Use its entity set name, such as salesorders.',
  );
}

/** Dataverse docs: define-alternate-keys-entity, "Unicode characters in key value". */
const UNUSABLE_IN_KEY = /[/<>*%&:\\?+]/;

function keyPart(name: string, value: string | number | boolean): string {
  if (typeof value !== 'string') return `${column(name)}=${literal(value)}`;
  if (/^_\w+_value$/.test(name)) return `${name}=${toGuid(value, name)}`;
  const bad = UNUSABLE_IN_KEY.exec(value)?.[0];
  if (bad !== undefined) {
    throw validationError(
      `The value of ${name} contains "${bad}", which Dataverse does not accept in an alternate key.`,
      'Find the row by a filter instead, use its ID, or take a key column without / < > * % & : \\ ? +.',
    );
  }
  if (value === '') {
    throw validationError(`The value of ${name} is empty.`, 'A key needs a value in every column.');
  }
  return `${column(name)}=${encodeText(quoted(value), `The value of ${name}`)}`;
}

/** `(00000000-…)` or `(accountnumber='A1',region=2)` */
export function keySegment(key: RecordKey): string {
  if (typeof key === 'string') return `(${toGuid(key)})`;
  const parts = Object.entries(key).map(([name, value]) => keyPart(name, value));
  if (parts.length > 0) return `(${parts.join(',')})`;
  throw validationError(
    'The alternate key has no columns.',
    'Name at least one column and its value.',
  );
}
