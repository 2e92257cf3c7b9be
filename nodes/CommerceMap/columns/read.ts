import { get } from 'lodash';
import type { IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import type { Json, OverlayRow } from '../../../core/mapping';
import { ofEachElement, plainPath } from '../../../core/mapping';
import { findDocument } from '../../../core/presets';
import { numberIn } from '../../../core/values';
import { COLUMNS } from './field';
import { TROUBLE } from './schema';

/** The list as the editor saves it. */
interface SavedColumns {
  value?: Readonly<Record<string, unknown>> | null;
  schema?: readonly ResourceMapperField[];
}

export interface ColumnRows {
  rows: OverlayRow[];
  /** All that the list has shown. */
  known: string[];
  /** Expressions that are more than a path, by the name that the rows use for them. */
  expressions: Readonly<Record<string, string>>;
}

type Saved = readonly [path: string, value: unknown];

/** Text is entered as an expression without braces. What is to be a number in the document becomes one. */
function fixedValue(value: unknown, isNumber: boolean): Json {
  const text = isExpression(value) ? value.slice(1) : value;
  return (isNumber ? (numberIn(text) ?? text) : text) as Json;
}

const isSet = ([path, value]: Saved): boolean =>
  path !== TROUBLE && value !== null && value !== undefined && value !== '';

const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

const isWorkedOut = (value: unknown): value is string =>
  isExpression(value) && value.includes('{{');

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
  const numbers = new Set(
    findDocument(document)?.fields.flatMap(({ path, type }) => (type === 'number' ? [path] : [])),
  );
  const expressions: Record<string, string> = {};
  const set = Object.entries(saved.value ?? {})
    .filter(isSet)
    .map(([to, value]): OverlayRow => {
      if (!isWorkedOut(value)) {
        return { to, panel: COLUMNS, value: fixedValue(value, numbers.has(to)) };
      }
      const from = dragged(to, value);
      if (from !== undefined) return { to, panel: COLUMNS, from };
      expressions[to] = value.slice(1);
      return { to, panel: COLUMNS, expression: to };
    });
  const removed = (saved.schema ?? [])
    .filter((field) => field.removed === true && field.canBeUsedToMatch)
    .map(({ id }): OverlayRow => ({ to: id, panel: COLUMNS, remove: true }));
  const known = (saved.schema ?? []).map(({ id }) => id);
  return { rows: [...set, ...removed], known, expressions };
}
