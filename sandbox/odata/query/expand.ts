import { ODataError, unknownProperty } from '../errors';
import type { JsonObject } from '../json';
import type { Expand, QueryOptions } from '../syntax/query-options';
import type {
  CollectionNavigation,
  EntityType,
  ExpandRules,
  SingleNavigation,
} from './entity-type';
import { compareRows } from './order';

/** Adds the expanded rows to the JSON of their owner. */
export type Expander<R> = (row: R, body: JsonObject) => void;

/** Prepares `$expand` once for all rows of an answer. */
export function compileExpands<R>(
  rules: ExpandRules<R>,
  type: EntityType<R>,
  expands: readonly Expand[],
  nested = false,
): Expander<R> {
  rules.check(type, expands, nested);
  const steps = expands.map((expand) => compileExpand(rules, type, expand, nested));
  return (row, body) => {
    for (const step of steps) step(row, body);
  };
}

function compileExpand<R>(
  rules: ExpandRules<R>,
  type: EntityType<R>,
  expand: Expand,
  nested: boolean,
): Expander<R> {
  const single = type.single(expand.navigation);
  if (single) return compileSingle(rules, expand, single);
  const collection = type.collection(expand.navigation);
  if (collection) return compileCollection(rules, type, expand, collection, nested);
  throw unknownProperty(expand.navigation, type.name);
}

function compileSingle<R>(
  rules: ExpandRules<R>,
  { navigation, ref, options }: Expand,
  { target, find, path }: SingleNavigation<R>,
): Expander<R> {
  const render = rendererOf(rules, target, options);
  const filter = rules.filter(target, options);
  return (row, body) => {
    if (ref) {
      const pointed = path(row);
      body[navigation] = pointed === undefined ? null : { '@odata.id': rules.base + pointed };
      return;
    }
    const other = find(row);
    body[navigation] = other !== undefined && filter(other) ? render(other) : null;
  };
}

function compileCollection<R>(
  rules: ExpandRules<R>,
  type: EntityType<R>,
  expand: Expand,
  { target, rows }: CollectionNavigation<R>,
  nested: boolean,
): Expander<R> {
  const { navigation, ref, options } = expand;
  if (ref) {
    throw new ODataError('Expand with $ref is only supported on lookup type navigation property.');
  }
  const render = rendererOf(rules, target, options);
  const filter = rules.filter(target, options);
  const compare = compareRows(target, options.orderBy);
  return (row, body) => {
    const found = rows(row).filter(filter).sort(compare);
    const { shown, link } = rules.cut(target, expand, found, nested);
    body[navigation] = shown.map(render);
    if (link === undefined) return;
    body[`${navigation}@odata.nextLink`] = `${rules.base}${type.path(row)}/${navigation}${link}`;
  };
}

function rendererOf<R>(
  rules: ExpandRules<R>,
  type: EntityType<R>,
  options: QueryOptions,
): (row: R) => JsonObject {
  const show = rules.show(type, options);
  const expander = compileExpands(rules, type, options.expand, true);
  return (row) => {
    const body = show(row);
    expander(row, body);
    return body;
  };
}
