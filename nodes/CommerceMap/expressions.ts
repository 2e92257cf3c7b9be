import { mapValues, once } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../core/errors';

/** What the editor's own dates are, such as `$now`. */
interface LuxonDate {
  isLuxonDateTime: boolean;
  isValid: boolean;
  toISO(): string;
}

const isLuxonDate = (value: object): value is LuxonDate =>
  (value as Partial<LuxonDate>).isLuxonDateTime === true;

function dateText(isValid: boolean, text: () => string): string {
  if (isValid) return text();
  throw validationError('gives a date that does not exist', 'Correct the expression of this row.');
}

/** A date as text, as all other documents have it. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isLuxonDate(value)) return dateText(value.isValid, () => value.toISO());
  // Dates of expressions are made in a room of their own, where `Date` is another.
  if (Object.prototype.toString.call(value) !== '[object Date]') return value;
  const date = value as Date;
  return dateText(!Number.isNaN(date.getTime()), () => date.toISOString());
}

/** Values that the rows of an item ask for by their names; each is worked out when the first row asks. */
export type ExpressionsOf = (item: number) => Record<string, () => unknown>;

/** `expressions`: texts as n8n works them out, without the sign before them, by the name that the rows use for them. */
export function expressionsOf(
  context: IExecuteFunctions,
  expressions: Readonly<Record<string, string>>,
): ExpressionsOf | undefined {
  if (Object.keys(expressions).length === 0) return undefined;
  return (item) =>
    mapValues(expressions, (text) => once(() => plain(context.evaluateExpression(text, item))));
}
