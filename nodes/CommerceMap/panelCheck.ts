import type { IExecuteFunctions } from 'n8n-workflow';

import { checkRows, type PlacedRow } from '../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../core/presets';
import { sameForAll } from '../shared/parameters';
import { triedSamples } from '../shared/samples';
import { CUSTOM } from './presetFields';

/** Says of the rows of the whole panel what is wrong with them, those of Columns before those of Field Overrides. */
export function checkPanel(context: IExecuteFunctions, rows: readonly PlacedRow[]): void {
  const parameter = (name: string) => sameForAll<string>(context, name, '');
  const isCustom = parameter('from') === CUSTOM;
  const [from, to] = isCustom ? ['customFrom', 'customTo'] : ['from', 'to'];
  checkRows(rows, {
    mapping: isCustom ? undefined : findPreset(parameter(from), parameter(to)),
    from: findDocument(parameter(from)),
    to: findDocument(parameter(to)),
    documents: DOCUMENTS,
    // Check Mapping knows no document: of what it does not know it warns.
    samples: parameter('operation') === 'map' ? triedSamples(context) : [],
  });
}
