import { canonical, fieldOf, parsePath, parsePaths } from './path';
import type { MappingPlan } from './plan';
import { isPlan } from './plan';
import type { MappingSpec } from './spec';
import { fromTop, visitRules } from './visit';

/** The lists whose elements the rules of a mapping turn into those of a list of its target, one by one. */
function eachOf({ fields }: MappingSpec, list: string): string[] | undefined {
  const rules = visitRules(fields).filter(({ rule, to }) => rule.each !== undefined && to === list);
  const lists = rules.flatMap(({ rule, around }) =>
    parsePaths(rule.each ?? '').map((path) => fromTop(path, around)),
  );
  if (lists.length === 0) return undefined;
  return lists.every((one) => one !== undefined) ? lists : undefined;
}

/** Of a list without some of its elements no place is the same. */
function isWhole(list: string): boolean {
  return parsePath(list).steps.every(({ kind }) => kind !== 'filter');
}

/**
 * The lists of the document that comes in whose elements become those of a list in a document on the way, one by one;
 * undefined where the mapping does not say.
 */
export function madeOf(
  list: string,
  document: string,
  mapping: MappingSpec | MappingPlan,
): readonly string[] | undefined {
  const steps = isPlan(mapping) ? mapping.steps : [mapping];
  const last = steps.findLastIndex(({ to }) => to === document);
  let lists = [canonical(list)];
  if (last === -1) return document === mapping.from ? lists : undefined;
  for (const step of steps.slice(0, last + 1).reverse()) {
    const before = lists.map((one) => eachOf(step, one));
    if (before.includes(undefined)) return undefined;
    lists = before.flatMap((one) => one ?? []).filter(isWhole);
  }
  return lists.map((one) => fieldOf(parsePath(one).steps));
}
