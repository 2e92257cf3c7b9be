import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Json, PlacedRow } from '../../../core/mapping';
import { sameForAll } from '../../shared/parameters';
import { CUSTOM } from '../presetFields';
import { conditionOf } from './condition';
import { constantOf, expressionOf } from './dragged';
import { resolved } from './resolve';
import { named, type SavedRow } from './saved';
import { sourceOf } from './source';
import { transformsOf } from './transform';

export { parseObject } from './json';

export interface Rows {
  rows: readonly PlacedRow[];
  /** Expressions that n8n works out for each item, by the name that the rows use for them. */
  expressions: Readonly<Record<string, string>>;
}

/** A row, and the expression that is worked out for every item, where its value is no path. */
interface Compiled extends PlacedRow {
  expression?: string;
}

function compileRow(saved: SavedRow, row: SavedRow, index: number, isCustom: boolean): Compiled {
  const position = index + 1;
  const what = `Target Field of field ${position}`;
  const to = named(
    constantOf(saved.target, row.target, what),
    constantOf(saved.otherTarget, row.otherTarget, what),
  );
  if (to === '') {
    throw validationError(
      `Field ${position} has no target field`,
      'Choose a Target Field from the list, or remove the row.',
    );
  }
  const read = { row, raw: saved, name: `Field ${position} ("${to}")`, to, isCustom };
  const { source, parameter } = sourceOf(read);
  const when = conditionOf(read);
  const expression =
    parameter === undefined ? undefined : expressionOf(String(read.raw[parameter] ?? ''), read);
  const placed = { name: read.name, expression };
  if (source.remove) return { ...placed, row: { to, remove: true, ...(when && { when }) } };
  const fallback = constantOf(saved.default, row.default, `Default of ${read.name}`) as Json;
  const isDefaulted = fallback !== undefined && fallback !== '';
  return {
    ...placed,
    row: {
      to,
      ...source,
      ...(row.combine === 'list' && { keepsList: true }),
      ...(expression !== undefined && { expression: `field ${position} (${to})` }),
      transforms: transformsOf(read),
      ...(isDefaulted && { default: fallback }),
      ...(when && { when }),
    },
  };
}

/**
 * The rows, read once; only values that are an expression are worked out for each item, which costs n8n some
 * 400 µs each.
 */
export function readRows(context: IExecuteFunctions): Rows {
  const saved = get(context.getNode().parameters, 'fieldOverrides.rows', []) as SavedRow[];
  if (saved.length === 0) return { rows: [], expressions: {} };
  const isCustom = sameForAll(context, 'from', '') === CUSTOM;
  const compiled = saved.map((row, index) =>
    compileRow(row, resolved(context, row, `Field ${index + 1}`), index, isCustom),
  );
  const worked = compiled.flatMap(({ row, expression }) =>
    expression === undefined ? [] : [[row.expression ?? '', expression] as const],
  );
  return { rows: compiled, expressions: Object.fromEntries(worked) };
}
