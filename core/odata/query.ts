import Big from 'big.js';

import { validationError } from '../errors';
import { encodeText } from '../http/url';
import { dayIn, guidIn } from '../values';
import type { NameWords } from './service';
import type { Expand, Query } from './types';

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

const NAME = /^[A-Za-z_]\w*$/;
const PATH = /^[A-Za-z_]\w*(?:\/[A-Za-z_]\w*)*$/;

export { isGuidText } from '../values';

/** Braces, as copied from an address line, are taken off. */
export function toGuid(value: string, field = 'ID'): Guid {
  const text = guidIn(value);
  if (text !== undefined) return text as Guid;
  throw validationError(
    `${field} "${value.slice(0, 60)}" is not a GUID.`,
    'It has the form 00000000-0000-0000-0000-000000000000. For another value use an alternate key.',
  );
}

/** For a comparison with an ID or lookup column. */
export function guid(value: string): Literal {
  return new Literal(toGuid(value));
}

/** A text whatever it looks like: one that could be an ID too. */
export function text(value: string): Literal {
  return new Literal(quoted(value));
}

/** `2026-10-31`, for columns that hold a date without a time. */
export function dateOnly(value: string): Literal {
  if (dayIn(value) === value) return new Literal(value);
  throw validationError(`"${value.slice(0, 60)}" is not a date.`, 'Write it as 2026-10-31.');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const TYPE = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** A member of an enumeration, for a parameter of a function (OData 4.0 ABNF: enumInLine). */
export function enumMember(type: string, member: string): Literal {
  if (TYPE.test(type) && NAME.test(member)) return new Literal(`${type}'${member}'`);
  throw validationError(`"${member.slice(0, 60)}" is not the name of a member of an enumeration.`);
}

export const isLiteral = (value: unknown): value is Literal => value instanceof Literal;

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

const USUAL_WORDS: NameWords = {
  noun: 'a column',
  fix: 'Use its name as the service writes it, not its label.',
};

/** A name that stands in a request as it is, and so has to be one. */
function checked(pattern: RegExp, name: string, { noun, fix }: NameWords): string {
  if (pattern.test(name)) return name;
  throw validationError(`"${name.slice(0, 60)}" is not the name of ${noun}.`, fix);
}

/** A column, or one of a related row: `customerid_account/name`. */
export function column(name: string, words = USUAL_WORDS): string {
  return checked(PATH, name, words);
}

/** Name of a set of rows in the address. */
export function entitySet(name: string, words: NameWords): string {
  return checked(NAME, name, words);
}

/** Where the column's name is known, so that the message can say it. */
export function requireWhole(name: string, value: unknown): void {
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

/** One of many by comparing with each, for a service that has no better way. */
export function isAnyOf(name: string, values: FilterValue[]): Filter {
  if (values.length === 0) throw validationError(`There are no values to look for in ${name}.`);
  return or(...values.map((value) => eq(name, value)));
}

/** `contains(name,'…')`. What stands for others in the text, the caller has made stand for itself. */
export function textFunction(
  name: 'contains' | 'startswith' | 'endswith',
  columnName: string,
  text: string,
): Filter {
  requireWhole(columnName, text);
  return `${name}(${column(columnName)},${literal(text)})` as Filter;
}

/** Encodes what must be encoded in a query, and leaves `$ ( ) , ' = : ; @ /` readable and short. */
export function encodeQuery(text: string, field = 'The query'): string {
  return encodeText(text, field).replace(/%(?:2C|24|2F|3A|3B|3D|40)/g, decodeURIComponent);
}

function expandText(expand: Expand, words: NameWords): string {
  const parts = optionList(expand, words).map(([name, value]) => `${name}=${value}`);
  return `${column(expand.property, words)}${parts.length > 0 ? `(${parts.join(';')})` : ''}`;
}

function optionList(
  query: Omit<Query, 'pageSize' | 'annotations'>,
  words: NameWords,
): [string, string][] {
  const { select, expand, filter, orderBy, top } = query;
  const options: [string, string | undefined][] = [
    ['$select', select?.map((name) => column(name, words)).join(',')],
    ['$filter', filter],
    ['$orderby', orderBy?.join(',')],
    ['$top', top === undefined ? undefined : String(top)],
    ['$expand', expand?.map((each) => expandText(each, words)).join(',')],
  ];
  return options.filter((option): option is [string, string] => Boolean(option[1]));
}

/** `?$select=…&$filter=…`, or nothing. */
export function queryString(query: Query, words = USUAL_WORDS): string {
  const parts = optionList(query, words).map(
    ([name, value]) => `${name}=${encodeQuery(value, name)}`,
  );
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}
