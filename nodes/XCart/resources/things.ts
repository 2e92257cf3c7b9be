/** The records of X-Cart that are like each other: what differs is data (`catalogue.ts`, `attributes.ts`). */
import { get } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { Id } from '../../../core/stores/xcart/client';
import type { WireRecord } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { countedIds } from '../../shared/records/ids';
import type { RecordKind } from '../../shared/records/kind';
import { type Locator, locator, type Parent } from '../../shared/records/locator';
import { recordOperations } from '../../shared/records/operations';
import { type Store, xCart } from '../connection';
import { documentWith } from './words';

export interface Thing {
  /** `Coupon`; the resource and its messages are called by it. */
  name: string;
  value: string;
  many: string;
  /** Name of the node's method that lists them. */
  method: string;
  parent?: Parent<Store>;
  /** @param parentId '' where there is no parent */
  path(parentId: string): Id[];
  /** The add-on of the store that they come with. */
  addOn?: string;
  required?: INodeProperties[];
  optional?: INodeProperties[];
  /** Fields that hold ids of other records. */
  lists?: string[];
  /** What an entry of the list shows. */
  entry: string[];
  simple?: string[];
}

export const noteOf = (addOn?: string): string | undefined => addOn && `Needs the add-on ${addOn}.`;

export function thingLocator({ name, value, method, parent, path, entry }: Thing): ThingLocator {
  return locator<Store, WireRecord>(xCart, {
    displayName: name,
    name: value,
    ids: countedIds,
    idOf: ({ id }) => String(id ?? ''),
    list: {
      method,
      searchedBy: 'node',
      parent,
      pages: ({ client }, page, { parentId }) =>
        client.at(...path(parentId)).pages(undefined, page),
      entry: (row) => entry.map((field) => shown(get(row, field))),
    },
  });
}

export type ThingLocator = Locator<Store, WireRecord>;

const shown = (value: unknown): string | undefined =>
  value === null || value === undefined || typeof value === 'object' ? undefined : String(value);

export function thingKind(
  { name, many, parent, path, addOn, required, optional, lists = [], simple }: Thing,
  which: ThingLocator,
): RecordKind<Store, WireRecord> {
  return {
    one: name.toLowerCase(),
    many,
    parent,
    locator: which,
    required,
    optional,
    document: documentWith(lists),
    simple,
    note: noteOf(addOn),
    open: ({ client }, parentId) => client.at(...path(parentId)),
  };
}

/** What a table of things makes of a node. */
export interface Things {
  resources: Resource[];
  locators: Record<string, ThingLocator>;
  locatorOf(value: string): ThingLocator;
}

/** Create, Delete, Get, Get Many and Update of each, and the lists from which a person chooses one. */
export function thingsOf(things: Thing[]): Things {
  const locators = Object.fromEntries(
    things.map((thing): [string, ThingLocator] => [thing.value, thingLocator(thing)]),
  );
  const locatorOf = (value: string): ThingLocator => {
    const which = locators[value];
    if (!which) throw new Error(`There is no "${value}" in this table`);
    return which;
  };
  const resources = things.map((thing): Resource => {
    const { name, value } = thing;
    return { name, value, operations: recordOperations(xCart, thingKind(thing, locatorOf(value))) };
  });
  return { resources, locators, locatorOf };
}
