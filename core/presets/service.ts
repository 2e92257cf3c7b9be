import { partition, upperFirst } from 'lodash';

import type { ShopStatuses } from '../commerce/statuses';
import type { DocumentType } from '../documents';
import type { MappingPlan } from '../mapping/plan';
import { compose } from '../mapping/plan';
import type { MappingSpec } from '../mapping/spec';

/** What a service brings to the mappings: its documents, and halves of mappings between them and the common model. */
export interface ServicePresets {
  documents: readonly DocumentType[];
  toCommon?: readonly MappingSpec[];
  fromCommon?: readonly MappingSpec[];
  /** Of a shop: the statuses of its orders, by the document that they stand in. */
  statuses?: Readonly<Record<string, ShopStatuses>>;
  /** Of a business system: what can be done with an order there, by the document that it becomes. */
  routes?: Readonly<Record<string, RouteTarget>>;
}

/** Where orders are written to, as far as their state in the shop decides what becomes of them there. */
export interface RouteTarget {
  /** What people call it: "Dynamics 365". */
  name: string;
  /** Where an order can stand there before it is one. */
  draft?: Draft;
}

export interface Draft {
  /** Completes "Written, but …": what a draft is there. */
  description: string;
  /** The part of the mapped document that says it, and what it says of a draft and of an order. */
  in: string;
  draft: Readonly<Record<string, unknown>>;
  order: Readonly<Record<string, unknown>>;
}

export type Preset = MappingSpec | MappingPlan;

const isShop = ({ statuses }: ServicePresets): boolean => statuses !== undefined;

/**
 * Every half that leads to the common model, with every half of another service that goes on from there; then the
 * halves themselves, those to business systems before those to shops, because the first of a document is the one that the
 * panel has chosen until another is. From one shop to another nothing is made: few want that, and the lists of all others would be long.
 */
export function presetsOf(services: readonly ServicePresets[]): Preset[] {
  const pairs = services.flatMap((from) =>
    (from.toCommon ?? []).flatMap((first) =>
      services
        .filter((to) => to !== from && !(isShop(from) && isShop(to)))
        .flatMap(({ fromCommon = [] }) => fromCommon)
        .filter((second) => second.from === first.to)
        .map((second) => compose(first, second)),
    ),
  );
  const [shops, others] = partition(services, isShop);
  const halves = [
    ...services.flatMap(({ toCommon = [] }) => toCommon),
    ...[...others, ...shops].flatMap(({ fromCommon = [] }) => fromCommon),
  ];
  const documents = services.flatMap((service) => service.documents);
  return [...pairs, ...halves].map((preset) => ({ ...preset, name: nameOf(preset, documents) }));
}

/** `X-Cart order to Dynamics 365 sales order`. */
function nameOf({ from, to }: Preset, documents: readonly DocumentType[]): string {
  const phrase = (name: string) => documents.find((known) => known.name === name)?.phrase ?? name;
  return upperFirst(`${phrase(from)} to ${phrase(to)}`);
}
