import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Json, OverlayRow } from '../../../core/mapping';
import { ofEachElement, plainPath } from '../../../core/mapping';
import { findDocument } from '../../../core/presets';
import { numberIn } from '../../../core/values';
import { COLUMNS } from './field';
import { isColumn, isLeftOut, isSet, pathOf, type SavedColumns } from './saved';

export interface ColumnRows {
  rows: OverlayRow[];
  /** All that the list has shown. */
  known: string[];
  /** Expressions that are more than a path, by the name that the rows use for them. */
  expressions: Readonly<Record<string, string>>;
}

const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

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

/** Text is entered as an expression without braces. What is to be a number in the document becomes one. */
function fixedValue(to: string, value: unknown, isNumber: boolean): Json {
  const text = isExpression(value) ? value.slice(1) : value;
  if (typeof text === 'string') refuseBare(to, text.trim());
  return (isNumber ? (numberIn(text) ?? text) : text) as Json;
}

/** The path that a dragged field is, for a column of the lines that of each of them. */
function dragged(path: string, value: string): string | undefined {
  const plain = plainPath(value);
  return plain !== undefined && path.includes('[*]') ? ofEachElement(plain) : plain;
}

/**
 * The rows of Columns that a person has changed. They are read as they are saved: n8n would work out all their
 * expressions for every item, where most of them only name a field and are compiled to its path.
 */
export function readColumns(context: IExecuteFunctions, document: string): ColumnRows {
  const saved = get(context.getNode().parameters, 'columns', {}) as SavedColumns;
  const schema = (saved.schema ?? []).filter(isColumn);
  const numbers = new Set(
    findDocument(document)?.fields.flatMap(({ path, type }) => (type === 'number' ? [path] : [])),
  );
  const expressions: Record<string, string> = {};
  const set = Object.entries(saved.value ?? {})
    .filter(([id, value]) => isColumn({ id }) && isSet(value))
    .map(([id, value]): OverlayRow => {
      const to = pathOf(id);
      if (!isWorkedOut(value)) {
        return { to, panel: COLUMNS, value: fixedValue(to, value, numbers.has(to)) };
      }
      const from = dragged(to, value);
      if (from !== undefined) return { to, panel: COLUMNS, from };
      expressions[to] = value.slice(1);
      return { to, panel: COLUMNS, expression: to };
    });
  const removed = schema
    .filter(isLeftOut)
    .map(({ id }): OverlayRow => ({ to: pathOf(id), panel: COLUMNS, remove: true }));
  return { rows: [...set, ...removed], known: schema.map(({ id }) => pathOf(id)), expressions };
}
