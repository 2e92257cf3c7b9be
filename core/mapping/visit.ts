import type { Path } from './path';
import { joinPath, parsePaths } from './path';
import type { Condition, FieldRule, Json, Operand, TransformCall, ValueSource } from './spec';
import { templatePaths } from './template';

/**
 * The one walk over the rules of a mapping. Each kind of value and each setting of a rule stands in a record whose
 * type names them all: one that is added to the spec does not compile until it is said here what it means.
 */

/** Where a value comes from: a rule names at most one of these. */
export const VALUE_KINDS = [
  'from',
  'value',
  'template',
  'formula',
  'expression',
  'calculate',
  'allocate',
  'roundTo',
] as const satisfies readonly (keyof ValueSource)[];

export type ValueKind = (typeof VALUE_KINDS)[number];

/** What is made of each kind of value; `none` is a rule that has only a default. */
export type ValueFold<Result> = {
  [Kind in ValueKind]: (setting: NonNullable<ValueSource[Kind]>) => Result;
} & { none: () => Result };

export function valueKinds(rule: ValueSource): ValueKind[] {
  return VALUE_KINDS.filter((kind) => rule[kind] !== undefined);
}

export function foldValue<Result>(rule: ValueSource, fold: ValueFold<Result>): Result {
  const [kind] = valueKinds(rule);
  if (kind === undefined) return fold.none();
  const make = fold[kind] as (setting: unknown) => Result;
  return make(rule[kind]);
}

/** What a setting of a rule reads: paths as they are written, and values inside it that read in their turn. */
interface Reads {
  paths?: string[];
  operands?: Operand[];
}

type SettingReads = {
  [Setting in keyof Required<FieldRule>]: (setting: NonNullable<FieldRule[Setting]>) => Reads;
};

const nothing = (): Reads => ({});

export const SETTING_READS: SettingReads = {
  from: (path) => ({ paths: [path] }),
  value: nothing,
  template: (text) => ({ paths: templatePaths(text) }),
  formula: nothing,
  expression: nothing,
  calculate: (calculation) => ({
    operands: Object.values(calculation).flatMap((operands) => operands ?? []),
  }),
  allocate: ({ total, weights, currency }) => ({
    operands: [total],
    paths: [weights, ...(currency === undefined ? [] : [currency])],
  }),
  roundTo: ({ total, value, currency }) => ({
    operands: [total, value],
    paths: currency === undefined ? [] : [currency],
  }),
  split: nothing,
  aggregate: nothing,
  separator: nothing,
  lookup: nothing,
  transforms: (calls) => ({ paths: calls.flatMap(optionPaths) }),
  default: nothing,
  as: nothing,
  to: nothing,
  note: nothing,
  required: nothing,
  empty: nothing,
  otherwise: nothing,
  each: (list) => ({ paths: [list] }),
  // The rules inside are visited on their own.
  fields: nothing,
  when: (condition) => ({ paths: conditionPaths(condition) }),
};

function conditionPaths(condition: Condition): string[] {
  if ('and' in condition) return condition.and.flatMap(conditionPaths);
  if ('or' in condition) return condition.or.flatMap(conditionPaths);
  return 'not' in condition ? conditionPaths(condition.not) : [condition.path];
}

/** `{ "from": "$.currency" }`: the path of a transform's option that is read from each document. */
export function optionPath(option: Json | undefined): string | undefined {
  if (option === null || typeof option !== 'object' || Array.isArray(option)) return undefined;
  const { from } = option;
  return typeof from === 'string' && Object.keys(option).length === 1 ? from : undefined;
}

function optionPaths(call: TransformCall): string[] {
  if (typeof call === 'string') return [];
  return Object.values(call).flatMap((option) => optionPath(option) ?? []);
}

function readsOf(rule: Partial<FieldRule>): Required<Reads> {
  const reads = (Object.keys(SETTING_READS) as (keyof FieldRule)[]).flatMap((name) => {
    const setting = rule[name];
    return setting === undefined
      ? []
      : [(SETTING_READS[name] as (setting: unknown) => Reads)(setting)];
  });
  return {
    paths: reads.flatMap(({ paths = [] }) => paths),
    operands: reads.flatMap(({ operands = [] }) => operands),
  };
}

/** Every path that a rule itself reads, those in its operands included; not those of the rules inside it. */
export function pathsOf(rule: Partial<FieldRule>): string[] {
  const { paths, operands } = readsOf(rule);
  const inside = operands.flatMap((operand) => {
    if (typeof operand === 'number') return [];
    return typeof operand === 'string' ? [operand] : pathsOf(operand);
  });
  return [...paths, ...inside];
}

/** The value of a rule, and those that it is calculated from. */
export function valuesOf(rule: Partial<FieldRule>): ValueSource[] {
  const inside = readsOf(rule).operands.flatMap((operand) =>
    typeof operand === 'object' ? valuesOf(operand) : [],
  );
  return [rule, ...inside];
}

/**
 * The values of rules and of those inside them. Reads no path: it is asked of rules that nobody has checked yet, and
 * what is wrong with a path is to be said with the name of its rule.
 */
export function valuesWithin(rules: readonly FieldRule[]): ValueSource[] {
  return rules.flatMap((rule) => [...valuesOf(rule), ...valuesWithin(rule.fields ?? [])]);
}

/** A rule, and where it stands in both documents. */
export interface PlacedRule {
  rule: FieldRule;
  /** The target with the lists and groups around it: `order_details[*].quantity`. */
  to: string;
  /**
   * What the lists around it read, outermost first, as `items[*]` from the top of the source document; the first,
   * empty, is the document itself. Undefined for a list that does not come from the document.
   */
  around: (string | undefined)[];
}

const TOP: Omit<PlacedRule, 'rule'> = { to: '', around: [''] };

/** All rules in their order, each before those inside it. Throws where the path of a list cannot be read. */
export function visitRules(rules: readonly FieldRule[], place = TOP): PlacedRule[] {
  return rules.flatMap((rule) => {
    const to = joinPath(place.to, rule.to);
    const inner = { to: innerTarget(to, rule), around: innerAround(rule, place.around) };
    return [{ ...place, rule, to }, ...visitRules(rule.fields ?? [], inner)];
  });
}

/** The rules that write a value themselves. */
export function visitLeaves(rules: readonly FieldRule[]): PlacedRule[] {
  return visitRules(rules).filter(({ rule }) => rule.fields === undefined);
}

/** Where the targets of the rules inside a rule start. */
export function innerTarget(to: string, { each }: FieldRule): string {
  return each === undefined ? to : `${to}[*]`;
}

function innerAround({ each }: FieldRule, around: PlacedRule['around']): PlacedRule['around'] {
  if (each === undefined) return around;
  const [path] = parsePaths(each);
  const list = path && fromTop(path, around);
  return [...around, list === undefined ? undefined : `${list}[*]`];
}

/** A path as seen from the top of the source document; undefined for what is not in it (`@source`, `@index`). */
export function fromTop({ root, rest }: Path, around: PlacedRule['around']): string | undefined {
  const depth = around.length - 1;
  switch (root.kind) {
    case 'document':
      return rest;
    case 'current':
    case 'parent': {
      const start = around[depth - (root.kind === 'parent' ? root.levels : 0)];
      return start === undefined ? undefined : joinPath(start, rest);
    }
    default:
      return undefined;
  }
}
