import type { DocumentField } from '../../../core/documents';
import type { ColumnType } from '../../../core/dynamics/tables';
import type { TargetValue } from '../../../core/mapping';
import type { ColumnField } from './saved';

type Type = TargetValue['type'];

/** Of other columns the row names another row, or the pack does not know what they take. */
const OF_COLUMN: Partial<Record<ColumnType, Type>> = {
  string: 'text',
  memo: 'text',
  integer: 'integer',
  bigint: 'integer',
  decimal: 'number',
  double: 'number',
  money: 'number',
  boolean: 'boolean',
  choice: 'choice',
  state: 'choice',
  status: 'choice',
  choices: 'choices',
  date: 'day',
  datetime: 'moment',
};

const OF_FIELD: Partial<Record<DocumentField['type'], Type>> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
};

/** The choices that the list shows, without the entry of the preset. */
function shownChoices({ options = [] }: ColumnField): TargetValue['choices'] {
  const choices = options.flatMap(({ name, value }) =>
    typeof value === 'number' ? [{ value, label: name }] : [],
  );
  return choices.length > 0 ? choices : undefined;
}

/** What lists say that were saved before they named the type of a column. Texts may stand for anything there. */
function shownType({ type, options = [] }: ColumnField): Type | undefined {
  if (type === 'number') return 'number';
  if (type === 'dateTime') return 'moment';
  if (options.some(({ value }) => typeof value === 'boolean')) return 'boolean';
  return options.some(({ value }) => typeof value === 'number') ? 'choice' : undefined;
}

function typeOf(row: ColumnField | undefined, field: DocumentField | undefined): Type | undefined {
  if (row?.columnType) return OF_COLUMN[row.columnType];
  return field ? OF_FIELD[field.type] : row && shownType(row);
}

/** What the value of a row becomes: as the environment says, or else the document; undefined where neither says it. */
export function takenBy(
  row: ColumnField | undefined,
  field: DocumentField | undefined,
): TargetValue | undefined {
  const type = typeOf(row, field);
  if (type === undefined) return undefined;
  const choices = row && (row.choices ?? shownChoices(row));
  return { type, ...(choices && { choices }) };
}

/** Whether a column takes more than a single value: several choices, or another row by an object that names it. */
export function takesWhole(row: ColumnField | undefined): boolean {
  if (!row?.columnType) return false;
  const type = OF_COLUMN[row.columnType];
  return type === undefined || type === 'choices';
}
