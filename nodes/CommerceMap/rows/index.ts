import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { checkRows, type Json, type OverlayRow, type PlacedRow } from '../../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../../core/presets';
import { triedSamples } from '../../shared/samples';
import { readColumns } from '../columns/read';
import { CUSTOM } from '../presetFields';
import { conditionOf } from './condition';
import { constantOf } from './dragged';
import { named, type SavedRow } from './saved';
import { sourceOf } from './source';
import { transformsOf } from './transform';

export { parseObject } from './json';

export interface Rows {
  rows: OverlayRow[];
  /** Values that differ per item, by the name that the rows use for them. */
  expressionsFor?: (index: number) => Record<string, () => unknown>;
}

/** A row, and the parameter that is worked out for every item, where its value is no path. */
interface Compiled extends PlacedRow {
  parameter?: string;
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
  const placed = { name: read.name, keepsList: row.combine === 'list', parameter };
  if (source.remove) return { ...placed, row: { to, remove: true, ...(when && { when }) } };
  const fallback = constantOf(saved.default, row.default, `Default of ${read.name}`) as Json;
  const isDefaulted = fallback !== undefined && fallback !== '';
  return {
    ...placed,
    row: {
      to,
      ...source,
      ...(parameter !== undefined && { expression: `field ${position}` }),
      transforms: transformsOf(read),
      ...(isDefaulted && { default: fallback }),
      ...(when && { when }),
    },
  };
}

function check(context: IExecuteFunctions, rows: readonly PlacedRow[]): void {
  const parameter = (name: string) => context.getNodeParameter(name, 0, '') as string;
  const isCustom = parameter('from') === CUSTOM;
  const [from, to] = isCustom ? ['customFrom', 'customTo'] : ['from', 'to'];
  checkRows(rows, {
    mapping: isCustom ? undefined : findPreset(parameter(from), parameter(to)),
    from: findDocument(parameter(from)),
    to: findDocument(parameter(to)),
    before: isCustom ? [] : readColumns(context, parameter(to)).rows,
    documents: DOCUMENTS,
    // Check Mapping knows no document: of what it does not know it warns.
    samples: parameter('operation') === 'map' ? triedSamples(context) : [],
  });
}

/**
 * The rows, read once; only values that are an expression are read again for each item, which costs n8n some
 * 400 µs each.
 */
export function readRows(context: IExecuteFunctions): Rows {
  const saved = get(context.getNode().parameters, 'fieldOverrides.rows', []) as SavedRow[];
  if (saved.length === 0) return { rows: [] };
  const resolved = context.getNodeParameter('fieldOverrides.rows', 0, []) as SavedRow[];
  const isCustom = context.getNodeParameter('from', 0, '') === CUSTOM;
  const compiled = resolved.map((row, index) =>
    compileRow(saved[index] ?? row, row, index, isCustom),
  );
  check(context, compiled);
  const rows = compiled.map(({ row }) => row);
  const perItem = compiled.flatMap(({ row, parameter }, index) =>
    parameter === undefined ? [] : [{ key: row.expression ?? '', parameter, index }],
  );
  if (perItem.length === 0) return { rows };
  return {
    rows,
    expressionsFor: (item) =>
      Object.fromEntries(
        perItem.map(({ key, parameter, index }) => [
          key,
          () => context.getNodeParameter(`fieldOverrides.rows[${index}].${parameter}`, item),
        ]),
      ),
  };
}
