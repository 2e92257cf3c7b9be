import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import type { MappingPlan, MappingSpec } from '../../core/mapping';
import { override, rowsToSpec } from '../../core/mapping';
import { findPreset } from '../../core/presets';
import { CUSTOM } from './presetFields';
import { OTHER } from './properties';
import type { Rows } from './rows';
import { parseObject, readRows } from './rows';

export interface Settings extends Omit<Rows, 'rows'> {
  mapping: MappingSpec | MappingPlan;
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
  const name = context.getNodeParameter(parameter, 0, OTHER) as string;
  return name === OTHER ? CUSTOM : name;
}

/** The mapping that the node is set to. Read once: it is the same for all items. */
export function readSettings(context: IExecuteFunctions): Settings {
  const from = context.getNodeParameter('from', 0) as string;
  if (from !== CUSTOM) {
    const preset = presetOf(from, context.getNodeParameter('to', 0) as string);
    const { rows, expressionsFor } = readRows(context);
    return { mapping: rows.length === 0 ? preset : override(preset, rows), expressionsFor };
  }
  if (context.getNodeParameter('definition', 0) === 'json') {
    const text = context.getNodeParameter('mapping', 0) as string | object;
    return { mapping: parseObject(text, 'Mapping (JSON)') as MappingSpec };
  }
  const { rows, expressionsFor } = readRows(context);
  if (rows.length === 0) {
    throw validationError('The mapping has no fields', 'Add a field under Field Overrides.');
  }
  const documents = [
    documentName(context, 'customFrom'),
    documentName(context, 'customTo'),
  ] as const;
  return { mapping: rowsToSpec(...documents, rows), expressionsFor };
}
