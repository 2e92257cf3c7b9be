import { validationError } from '../../../errors';
import {
  and,
  compare,
  dateOnly,
  eq,
  type Filter,
  type FilterValue,
  guid,
  ne,
  or,
} from '../../../odata/query';
import { fitForXml } from '../../../text';
import { choiceParts, isBlank } from '../../../values';
import type { Column, Condition } from '../../tables';
import { contains, endsWith, equalsText, fitsList, isIn, isNotIn, startsWith } from '../filters';
import { Misfit, toWireValue } from './values';

/** A column as the conditions name it: a lookup is compared by its `_…_value`. */
export function filterName({ name, type }: Column): string {
  return type === 'lookup' ? `_${name}_value` : name;
}

function columnOf({ column }: Condition, columns: Column[]): Column {
  const name = column.trim();
  const found = columns.find((one) => one.name === name || filterName(one) === name);
  if (found) return found;
  throw validationError(
    `There is no column "${name}" to compare`,
    'Choose a column from the list, or use its logical name.',
  );
}

/** A value as OData compares it with this column; text is never read as syntax. */
function comparable(value: unknown, column: Column): FilterValue {
  const wire = wireValue(value, column);
  if (IDS.has(column.type)) return guid(String(wire));
  if (column.type === 'date') return dateOnly(String(wire));
  if (column.type === 'datetime') return new Date(String(wire));
  return wire as FilterValue;
}

const IDS = new Set<Column['type']>(['lookup', 'uniqueidentifier']);

/** An expression that came to nothing must not find the rows without a value, nor all of them. */
function noValue({ name }: Column): Error {
  return validationError(
    `The condition on ${name} has no value to compare with`,
    'Set its value, or choose Is Empty or Is Not Empty.',
  );
}

function wireValue(given: unknown, column: Column): unknown {
  // No text in Dataverse holds what XML cannot: it is found as it was written.
  const value = typeof given === 'string' ? fitForXml(given) : given;
  const type = column.type === 'lookup' ? 'uniqueidentifier' : column.type;
  try {
    const wire = isBlank(value) ? null : toWireValue(value, { ...column, type });
    if (wire === null) throw noValue(column);
    return wire;
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw validationError(`${column.name} ${error.message}`, 'Correct the value of the condition.');
  }
}

/** `In` takes texts and numbers, whatever the type of the column. */
function listed(value: unknown, column: Column): (string | number)[] {
  const parts = choiceParts(value, column.choices).map((one) =>
    typeof one === 'string' ? one.trim() : one,
  );
  const given = parts.filter((one) => !isBlank(one));
  if (given.length === 0) throw noValue(column);
  return given.map((one) => {
    const wire = wireValue(one, column);
    return typeof wire === 'number' ? wire : String(wire);
  });
}

type Build = (column: Column, name: string, value: unknown) => Filter;

const text =
  (build: (name: string, value: string) => Filter): Build =>
  (column, name, value) =>
    build(name, String(wireValue(value, { ...column, type: 'string', maxLength: undefined })));

const comparison =
  (operator: 'gt' | 'ge' | 'lt' | 'le'): Build =>
  (column, name, value) =>
    compare(name, operator, comparable(value, column));

const TEXT = new Set<Column['type']>(['string', 'memo']);

/** Text is compared as it stands: `A_1` does not mean `AX1`. */
const equals: Build = (column, name, value) =>
  TEXT.has(column.type)
    ? equalsText(name, String(comparable(value, column)))
    : eq(name, comparable(value, column));

const differs: Build = (column, name, value) => {
  const wanted = comparable(value, column);
  const isPattern = typeof wanted === 'string' && /[%_]/.test(wanted) && fitsList(wanted);
  return TEXT.has(column.type) && isPattern ? isNotIn(name, [wanted]) : ne(name, wanted);
};

const OPERATORS: Readonly<Record<string, Build>> = {
  eq: equals,
  ne: differs,
  gt: comparison('gt'),
  ge: comparison('ge'),
  lt: comparison('lt'),
  le: comparison('le'),
  contains: text(contains),
  startsWith: text(startsWith),
  endsWith: text(endsWith),
  empty: (_column, name) => eq(name, null),
  notEmpty: (_column, name) => ne(name, null),
  in: (column, name, value) =>
    isIn(column.type === 'lookup' ? column.name : name, listed(value, column)),
};

/** OData text of the conditions; undefined without any. */
export function filterOf(
  conditions: Condition[],
  combine: string,
  columns: Column[],
): Filter | undefined {
  const filters = conditions.map((condition) => {
    const column = columnOf(condition, columns);
    const build = OPERATORS[condition.operator];
    if (build) return build(column, filterName(column), condition.value);
    throw validationError(
      `There is no operator "${condition.operator}"`,
      'Choose one from the list.',
    );
  });
  if (filters.length === 0) return undefined;
  return combine === 'any' ? or(...filters) : and(...filters);
}
