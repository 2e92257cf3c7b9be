import { parsePaths } from './path';
import type { Condition, FieldRule, Json, TransformCall } from './spec';
import { mapTemplate } from './template';
import { optionPath, pathsOf } from './visit';

/** Rows as a person writes them: whole paths, of which those through a list are read element by element. */

const EACH = '[*].';

/** `list[*].field` in its two parts. */
export function cutList(path: string): { list: string; field: string } | undefined {
  const at = path.indexOf(EACH);
  return at === -1 ? undefined : { list: path.slice(0, at), field: path.slice(at + EACH.length) };
}

function alternatives(path: string): string[] {
  if (!path.includes('??')) return [path];
  try {
    return parsePaths(path).map(({ text }) => text);
  } catch {
    // What is wrong with it is said where it is compiled.
    return [path];
  }
}

/** The list whose elements a rule reads; the first, where there are several. */
export function listRead(rule: Partial<FieldRule>): string | undefined {
  const lists = pathsOf(rule).flatMap(alternatives);
  return lists.map(cutList).find((part) => part !== undefined)?.list;
}

/** What does not start at an element of the list starts at the document. */
function relativeTo(list: string): (path: string) => string {
  const prefix = `${list}${EACH}`;
  const one = (path: string): string => {
    if (path.startsWith(prefix)) return path.slice(prefix.length);
    return /^[\^$@]/.test(path) ? path : `$.${path}`;
  };
  return (path) => alternatives(path).map(one).join(' ?? ');
}

function mapOption(option: Json, map: (path: string) => string): Json {
  const path = optionPath(option);
  return path === undefined ? option : { from: map(path) };
}

function mapCall(call: TransformCall, map: (path: string) => string): TransformCall {
  if (typeof call === 'string') return call;
  const { type, ...options } = call;
  const mapped = Object.entries(options).map(([name, value]) => [name, mapOption(value, map)]);
  return { type, ...(Object.fromEntries(mapped) as Record<string, Json>) };
}

function mapCondition(condition: Condition, map: (path: string) => string): Condition {
  if ('and' in condition) return { and: condition.and.map((part) => mapCondition(part, map)) };
  if ('or' in condition) return { or: condition.or.map((part) => mapCondition(part, map)) };
  if ('not' in condition) return { not: mapCondition(condition.not, map) };
  return { ...condition, path: map(condition.path) };
}

/** The condition as it reads from an element of the list. */
export function conditionWithin(condition: Condition, list: string): Condition {
  return mapCondition(condition, relativeTo(list));
}

/** The rule with its paths as they read from an element of the list. */
export function within<Rule extends FieldRule>(rule: Rule, list: string): Rule {
  const map = relativeTo(list);
  const { from, template, transforms, when } = rule;
  return {
    ...rule,
    ...(from !== undefined && { from: map(from) }),
    ...(template !== undefined && { template: mapTemplate(template, map) }),
    ...(transforms !== undefined && { transforms: transforms.map((call) => mapCall(call, map)) }),
    ...(when !== undefined && { when: mapCondition(when, map) }),
  };
}
