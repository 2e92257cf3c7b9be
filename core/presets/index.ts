import { COMMERCE_DOCUMENTS } from '../commerce/documents';
import type { ShopStatuses } from '../commerce/statuses';
import type { DocumentType } from '../documents';
import { CLARITY } from './clarity';
import { DATAVERSE } from './dataverse';
import type { Preset, RouteTarget, ServicePresets } from './service';
import { presetsOf } from './service';
import { THREEDCART } from './threedcart';
import { XCART } from './xcart';

/** Each service, once. All that follows is made of this list. */
const SERVICES: readonly ServicePresets[] = [
  XCART,
  THREEDCART,
  CLARITY,
  { documents: COMMERCE_DOCUMENTS },
  DATAVERSE,
];

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

/** The statuses of each shop's orders, by the document that they stand in. */
export const SHOP_STATUSES: ReadonlyMap<string, ShopStatuses> = new Map(
  SERVICES.flatMap(({ statuses = {} }) => Object.entries(statuses)),
);

/** What can be done with an order where it is written to, by the document that it becomes. */
export const ROUTE_TARGETS: ReadonlyMap<string, RouteTarget> = new Map(
  SERVICES.flatMap(({ routes = {} }) => Object.entries(routes)),
);

export type { Preset, RouteTarget } from './service';
