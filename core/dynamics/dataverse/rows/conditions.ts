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
  if (column.type === 'lookup' || column.type === 'uniqueidentifier') return guid(String(value));
  try {
    const wire = toWireValue(value, column);
    if (wire === null) return null;
    if (column.type === 'date') return dateOnly(String(wire));
    if (column.type === 'datetime') return new Date(String(wire));
    return wire as FilterValue;
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw validationError(`${column.name} ${error.message}`, 'Correct the value of the condition.');
  }
}

function listed(value: unknown): string[] {
  const values = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
  return values.map((one) => one.trim()).filter((one) => one !== '');
}

type Build = (column: Column, name: string, value: unknown) => Filter;

const text =
  (build: (name: string, value: string) => Filter): Build =>
  (_column, name, value) =>
    build(name, String(value ?? ''));

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
  in: (column, name, value) => isIn(column.type === 'lookup' ? column.name : name, listed(value)),
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
