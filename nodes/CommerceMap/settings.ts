import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import type { MappingPlan, MappingSpec, OverlayRow, PlacedRow } from '../../core/mapping';
import { override, rowsToSpec } from '../../core/mapping';
import { findPreset } from '../../core/presets';
import { sameForAll } from '../shared/parameters';
import { COLUMNS } from './columns/field';
import { readColumns } from './columns/read';
import { checkPanel } from './panelCheck';
import { CUSTOM } from './presetFields';
import { OTHER } from './properties';
import { parseObject, readRows } from './rows';
import { constantOf } from './rows/dragged';

export interface Settings {
  /** Expressions that n8n works out for each item, by the name that the rows use for them. */
  expressions: Readonly<Record<string, string>>;
  mapping: MappingSpec | MappingPlan;
  /** Columns that the list has shown, those of the environment included. */
  columns: readonly string[];
}

function presetOf(from: string, to: string): MappingSpec | MappingPlan {
  const preset = findPreset(from, to);
  if (preset) return preset;
  throw validationError(
    `There is no preset from "${from}" to "${to}"`,
    'Choose From and To from the lists, or From: Custom.',
  );
}

function documentName(context: IExecuteFunctions, parameter: string): string {
  const name = sameForAll<string>(context, parameter, OTHER);
  return name === OTHER ? CUSTOM : name;
}

/** A mapping is compiled once. */
const ONE_FOR_ALL =
  "Enter the mapping itself, or take it from a node as a whole, such as {{ $('My mapping').first().json }}.";

const placedColumn = (row: OverlayRow): PlacedRow => ({ row, name: `${COLUMNS} ("${row.to}")` });

/** A preset with what the panel changes of it. */
function readPreset(context: IExecuteFunctions, from: string): Settings {
  const to = sameForAll<string>(context, 'to');
  const preset = presetOf(from, to);
  const columns = readColumns(context, to);
  const { rows, expressions } = readRows(context);
  const placed = [...columns.rows.map(placedColumn), ...rows];
  checkPanel(context, placed);
  const all = placed.map(({ row }) => row);
  return {
    mapping: all.length === 0 ? preset : override(preset, all),
    expressions: { ...columns.expressions, ...expressions },
    columns: columns.known,
  };
}

/** The mapping that the node is set to. Read once: it is the same for all items. */
export function readSettings(context: IExecuteFunctions): Settings {
  const from = sameForAll<string>(context, 'from');
  if (from !== CUSTOM) return readPreset(context, from);
  if (sameForAll(context, 'definition') === 'json') {
    constantOf(context.getNode().parameters.mapping, '', 'Mapping (JSON)', ONE_FOR_ALL);
    const text = sameForAll<string | object>(context, 'mapping');
    return {
      mapping: parseObject(text, 'Mapping (JSON)') as MappingSpec,
      expressions: {},
      columns: [],
    };
  }
  const { rows, expressions } = readRows(context);
  if (rows.length === 0) {
    throw validationError('The mapping has no fields', 'Add a field under Field Overrides.');
  }
  checkPanel(context, rows);
  const documents = [
    documentName(context, 'customFrom'),
    documentName(context, 'customTo'),
  ] as const;
  return {
    mapping: rowsToSpec(
      ...documents,
      rows.map(({ row }) => row),
    ),
    expressions,
    columns: [],
  };
}
