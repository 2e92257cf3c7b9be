import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { toServiceError, validationError } from '../../../core/errors';
import type { Json, OverlayRow, TargetValue } from '../../../core/mapping';
import { targetValue } from '../../../core/mapping';
import { findDocument } from '../../../core/presets';
import { draggedPath, draggedTemplate, expressionOf, isExpression } from '../rows/dragged';
import { COLUMNS } from './field';
import { type ColumnField, isColumn, isLeftOut, isSet, pathOf, type SavedColumns } from './saved';
import { takenBy, takesWhole } from './takes';

export interface ColumnRows {
  rows: OverlayRow[];
  /** All that the list has shown. */
  known: string[];
  /** Expressions that are more than a path, by the name that the rows use for them. */
  expressions: Readonly<Record<string, string>>;
}

const isWorkedOut = (value: unknown): value is string =>
  isExpression(value) && value.includes('{{');

/** What only an expression begins with; `$5 off` is text. */
const OF_EXPRESSIONS =
  /^\$(?:\(\s*["'`]|(?:json|binary|input|node|prevNode|execution|workflow|vars|now|today|itemIndex)(?:$|\s*(?:\?\.|\[|\(|\.[A-Za-z_])))/;

/** n8n takes for text what stands outside of braces, and would send it with every document. */
function refuseBare(to: string, text: string): void {
  const isTyped = OF_EXPRESSIONS.test(text);
  if (!isTyped && !/^\{\{\s*\$/.test(text)) return;
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw validationError(
    `"${to}" under ${COLUMNS} would be the text "${shown}", not what it stands for`,
    isTyped
      ? `Put it in braces, as {{ ${shown} }}, or drag the field onto the row.`
      : 'Switch the row to Expression, or drag the field onto it.',
  );
}

/** Text is entered as an expression without braces. What it becomes is the same for all documents. */
function fixedValue(to: string, value: unknown, as?: TargetValue): Json {
  const text = isExpression(value) ? value.slice(1) : value;
  if (typeof text === 'string') refuseBare(to, text.trim());
  if (as === undefined) return text as Json;
  try {
    return targetValue(as)(text) as Json;
  } catch (error) {
    const { message } = toServiceError(error);
    throw validationError(
      `What stands in "${to}" under ${COLUMNS} does not fit: ${message}`,
      'Correct it, or empty the row.',
    );
  }
}

/** What the columns take, by their paths. */
function takenIn(schema: readonly ColumnField[], document: string) {
  const rows = new Map(schema.map((row) => [pathOf(row.id), row]));
  const fields = new Map(findDocument(document)?.fields.map((field) => [field.path, field]));
  return (path: string) => {
    const as = takenBy(rows.get(path), fields.get(path));
    return { ...(as && { as }), ...(takesWhole(rows.get(path)) && { keepsList: true }) };
  };
}

/**
 * The rows of Columns that a person has changed. They are read as they are saved: n8n would work out all their
 * expressions for every item, where most of them only name a field and are compiled to its path.
 */
export function readColumns(context: IExecuteFunctions, document: string): ColumnRows {
  const saved = get(context.getNode().parameters, 'columns', {}) as SavedColumns;
  const schema = (saved.schema ?? []).filter(isColumn);
  const saidOf = takenIn(schema, document);
  const expressions: Record<string, string> = {};
  const set = Object.entries(saved.value ?? {})
    .filter(([id, value]) => isColumn({ id }) && isSet(value))
    .map(([id, value]): OverlayRow => {
      const to = pathOf(id);
      const said = saidOf(to);
      const row = { to, panel: COLUMNS, ...said };
      if (!isWorkedOut(value)) return { to, panel: COLUMNS, value: fixedValue(to, value, said.as) };
      const from = draggedPath(value, { to });
      if (from !== undefined) return { ...row, from };
      const template = draggedTemplate(value, row);
      if (template !== undefined) return { ...row, template };
      expressions[to] = expressionOf(value, { to, name: `"${to}" under ${COLUMNS}` });
      return { ...row, expression: to };
    });
  const removed = schema
    .filter(isLeftOut)
    .map(({ id }): OverlayRow => ({ to: pathOf(id), panel: COLUMNS, remove: true }));
  return { rows: [...set, ...removed], known: schema.map(({ id }) => pathOf(id)), expressions };
}
