import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import type { Json, OverlayRow, TransformCall } from '../../core/mapping';
import { parseTarget } from '../../core/mapping';
import { hasExpression } from '../shared/parameters';
import { OTHER } from './properties';

/** A row of Field Overrides as the editor saves it. */
interface SavedRow {
  target?: string;
  otherTarget?: string;
  source?: 'path' | 'mapped' | 'value' | 'formula' | 'expression' | 'remove';
  path?: string;
  otherPath?: string;
  value?: string;
  formula?: string;
  expression?: string;
  transform?: string;
  transformOptions?: string | object;
  default?: string;
}

export interface Rows {
  rows: OverlayRow[];
  /** Values that differ per item, by the name that the rows use for them. */
  expressionsFor?: (index: number) => Record<string, () => unknown>;
}

function named(listed: string | undefined, other: string | undefined): string {
  return ((listed === OTHER ? other : listed) ?? '').trim();
}

function transformOf(row: SavedRow, position: number): TransformCall[] {
  if (!row.transform) return [];
  const options = parseObject(row.transformOptions, `Transform Options of field ${position}`);
  return [{ type: row.transform, ...(options as Record<string, Json>) }];
}

/** JSON from a field that may already have been parsed. */
export function parseObject(value: string | object | undefined, field: string): object {
  if (value === undefined || value === '') return {};
  if (typeof value === 'object') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw validationError(`${field} is not valid JSON: ${why}`, `Correct the text in ${field}.`);
  }
  throw validationError(`${field} is not an object`, 'Write it in braces: {"name": "value"}.');
}

function sourceOf(row: SavedRow, to: string, key: string, position: number): Partial<OverlayRow> {
  switch (row.source ?? 'path') {
    case 'path': {
      const from = named(row.path, row.otherPath);
      if (from !== '') return { from };
      throw validationError(
        `Field ${position} ("${to}") has no source field`,
        'Choose one from the list, or another Source.',
      );
    }
    case 'mapped': {
      const field = parseTarget(to).to;
      return { from: field.startsWith('[') ? `@mapped${field}` : `@mapped.${field}` };
    }
    case 'value':
      return { value: row.value ?? '' };
    case 'formula':
      return { formula: row.formula ?? '' };
    case 'expression':
      return { expression: key };
    case 'remove':
      return { remove: true };
  }
}

function toRow(row: SavedRow, index: number, isPerItem: boolean): OverlayRow {
  const position = index + 1;
  const to = named(row.target, row.otherTarget);
  if (to === '') {
    throw validationError(
      `Field ${position} has no target field`,
      'Choose a Target Field from the list, or remove the row.',
    );
  }
  const key = `field ${position}`;
  const source = isPerItem ? { expression: key } : sourceOf(row, to, key, position);
  const isRemoved = 'remove' in source;
  const isDefaulted = !isRemoved && row.default !== undefined && row.default !== '';
  return {
    to,
    ...source,
    ...(isRemoved ? {} : { transforms: transformOf(row, position) }),
    ...(isDefaulted ? { default: row.default } : {}),
  };
}

/** Which parameter of a row is worked out for every item; undefined where the row is the same for all. */
function perItem(row: SavedRow): 'value' | 'expression' | undefined {
  if (row.source === 'expression') return 'expression';
  return row.source === 'value' && hasExpression(row.value) ? 'value' : undefined;
}

/**
 * The rows, read once; only values that are an expression are read again for each item, which costs n8n some
 * 400 µs each.
 */
export function readRows(context: IExecuteFunctions): Rows {
  const saved = get(context.getNode().parameters, 'fieldOverrides.rows', []) as SavedRow[];
  if (saved.length === 0) return { rows: [] };
  const resolved = context.getNodeParameter('fieldOverrides.rows', 0, []) as SavedRow[];
  const dynamic = saved.map(perItem);
  const rows = resolved.map((row, index) => toRow(row, index, dynamic[index] !== undefined));
  if (!dynamic.some((name) => name !== undefined)) return { rows };
  const names = dynamic.flatMap((name, index) => (name ? [{ name, index }] : []));
  return {
    rows,
    expressionsFor: (item) =>
      Object.fromEntries(
        names.map(({ name, index }) => [
          `field ${index + 1}`,
          () => context.getNodeParameter(`fieldOverrides.rows[${index}].${name}`, item),
        ]),
      ),
  };
}
