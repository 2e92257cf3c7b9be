import { upperFirst } from 'lodash';

import { COMMERCE_DOCUMENTS } from '../commerce/documents';
import type { DocumentType } from '../documents';
import type { MappingPlan } from '../mapping/plan';
import { compose } from '../mapping/plan';
import type { MappingSpec } from '../mapping/spec';
import { DATAVERSE } from './dataverse';
import type { ServicePresets } from './service';
import { XCART } from './xcart';

/** Each service, once. All that follows is made of this list. */
const SERVICES: readonly ServicePresets[] = [XCART, { documents: COMMERCE_DOCUMENTS }, DATAVERSE];

/** The documents that mappings are known to read and write; others ("custom") have no list of fields. */
export const DOCUMENTS: readonly DocumentType[] = SERVICES.flatMap(({ documents }) => documents);

export function findDocument(name: string): DocumentType | undefined {
  return DOCUMENTS.find((document) => document.name === name);
}

const toCommon = SERVICES.flatMap((service) => service.toCommon ?? []);
const fromCommon = SERVICES.flatMap((service) => service.fromCommon ?? []);

/** Every half to the common model with every half that goes on from there, but never back to where it came from. */
const pairs = SERVICES.flatMap((from) =>
  (from.toCommon ?? []).flatMap((first) =>
    SERVICES.filter((to) => to !== from)
      .flatMap((to) => to.fromCommon ?? [])
      .filter((second) => second.from === first.to)
      .map((second) => compose(first, second)),
  ),
);

/** Every mapping that comes with the pack: those between two services first, then the halves they are made of. */
export const PRESETS = [...pairs, ...toCommon, ...fromCommon].map(named);

/** `X-Cart order to Dynamics 365 sales order`. */
function named<Mapping extends MappingSpec | MappingPlan>(mapping: Mapping): Mapping {
  const [from, to] = [mapping.from, mapping.to].map((name) => findDocument(name)?.phrase ?? name);
  return { ...mapping, name: upperFirst(`${from} to ${to}`) };
}

export function findPreset(from: string, to: string): MappingSpec | MappingPlan | undefined {
  return PRESETS.find((preset) => preset.from === from && preset.to === to);
}
