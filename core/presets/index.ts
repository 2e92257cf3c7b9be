import { COMMERCE_DOCUMENTS } from '../commerce/documents';
import type { DocumentType } from '../documents';
import { DATAVERSE } from './dataverse';
import type { Preset, ServicePresets } from './service';
import { presetsOf } from './service';
import { XCART } from './xcart';

/** Each service, once. All that follows is made of this list. */
const SERVICES: readonly ServicePresets[] = [XCART, { documents: COMMERCE_DOCUMENTS }, DATAVERSE];

/** The documents that mappings are known to read and write; others ("custom") have no list of fields. */
export const DOCUMENTS: readonly DocumentType[] = SERVICES.flatMap(({ documents }) => documents);

/** Every mapping that comes with the pack: those between two services first. */
export const PRESETS: readonly Preset[] = presetsOf(SERVICES);

export function findDocument(name: string): DocumentType | undefined {
  return DOCUMENTS.find((document) => document.name === name);
}

export function findPreset(from: string, to: string): Preset | undefined {
  return PRESETS.find((preset) => preset.from === from && preset.to === to);
}

export type { Preset } from './service';
