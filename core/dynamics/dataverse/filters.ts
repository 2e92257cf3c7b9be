import { validationError } from '../../errors';
import {
  column,
  eq,
  type Filter,
  literal,
  or,
  requireWhole,
  textFunction,
} from '../../odata/query';

/** `% _ [` stand for others in a pattern (Dataverse docs: query/filter); in brackets they stand for themselves. */
function verbatim(text: string): string {
  return text.replace(/[%_[]/g, '[$&]');
}

export const contains = (name: string, text: string): Filter =>
  textFunction('contains', name, verbatim(text));
export const startsWith = (name: string, text: string): Filter =>
  textFunction('startswith', name, verbatim(text));
export const endsWith = (name: string, text: string): Filter =>
  textFunction('endswith', name, verbatim(text));

/** Numbers are listed as OData writes them, without an exponent. */
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

/** As Dataverse compares text: without case and without blanks at its end. For what a filter has found. */
export const folded = (value: unknown): string =>
  String(value ?? '')
    .trimEnd()
    .toLowerCase();
