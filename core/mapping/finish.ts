import { validationError } from '../errors';
import { compileAggregate } from './aggregate';
import { compileTransforms, inScope } from './chain';
import type { FormulaEngine } from './formula';
import type { Scope } from './scope';
import { isEmpty } from './scope';
import type { Json, ValueSource } from './spec';
import { didYouMean } from './suggest';
import { targetValue } from './targetValue';
import { compileLookup } from './transforms/lookup';

/** What the parts of one mapping are compiled with. */
export interface Compilation {
  tables: Readonly<Record<string, Record<string, Json>>>;
  formulas: FormulaEngine | undefined;
  /** How many lists the rule stands in. */
  depth: number;
}

export type Stage = (value: unknown, scope: Scope) => unknown;

function compileTable(
  lookup: NonNullable<ValueSource['lookup']>,
  rule: ValueSource,
  { tables }: Compilation,
): Stage {
  const otherwise = rule.default === undefined ? 'refuse' : 'empty';
  if (typeof lookup !== 'string') return inScope(compileLookup(lookup, { otherwise }));
  const table = Object.hasOwn(tables, lookup) ? tables[lookup] : undefined;
  if (table) return inScope(compileLookup(table, { name: lookup, otherwise }));
  throw validationError(
    `names the lookup table "${lookup}", which the mapping does not have.` +
      didYouMean(lookup, Object.keys(tables)),
    'Add it under "tables", or write the table itself in "lookup".',
  );
}

/** The parts of a text, or of every text of a list, in one list; a value that is no text is a part of its own. */
function splitText(separator: string): (value: unknown) => unknown {
  const parts = (text: string): string[] =>
    text
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const partsOf = (value: unknown): unknown => (typeof value === 'string' ? parts(value) : value);
  return (value) => (Array.isArray(value) ? value.flatMap((one) => partsOf(one)) : partsOf(value));
}

function compileCollect({ split, aggregate, separator }: ValueSource): Stage | undefined {
  const toList = split === undefined ? undefined : splitText(split);
  if (aggregate === undefined) return toList;
  const reduce = compileAggregate(aggregate, separator);
  return toList ? (value) => reduce(toList(value)) : reduce;
}

function perElement(stage: Stage): Stage {
  return (value, scope) =>
    Array.isArray(value)
      ? value
          .filter((element) => !isEmpty(element))
          .map((element: unknown) => stage(element, scope))
      : stage(value, scope);
}

/**
 * What is done with a value once it is read: split → aggregate → lookup → transforms → what the target takes →
 * default. Undefined where there is nothing to do. Lists that no aggregate reduces are looked up and transformed element
 * by element.
 */
export function compileFinish(
  rule: ValueSource,
  isListSource: boolean,
  compilation: Compilation,
): Stage | undefined {
  const collect = compileCollect(rule);
  const isList = (isListSource || rule.split !== undefined) && rule.aggregate === undefined;
  const lookup =
    rule.lookup === undefined ? undefined : compileTable(rule.lookup, rule, compilation);
  const transforms = compileTransforms(rule.transforms ?? [], compilation.depth);
  const stages = [lookup, transforms].flatMap((stage) =>
    stage === undefined ? [] : [isList ? perElement(stage) : stage],
  );
  if (rule.as !== undefined) stages.push(targetValue(rule.as));
  const fallback = compileDefault(rule.default);
  if (!collect && !fallback) {
    const [only] = stages;
    if (only === undefined) return undefined;
    if (stages.length === 1) return (value, scope) => (isEmpty(value) ? value : only(value, scope));
  }
  return sequence(collect, stages, fallback);
}

function compileDefault(value: Json | undefined): (() => Json) | undefined {
  if (value === undefined) return undefined;
  return value !== null && typeof value === 'object' ? () => structuredClone(value) : () => value;
}

/** An aggregate takes an empty value too, and makes 0 of nothing; no other stage sees one. */
function sequence(
  collect: Stage | undefined,
  stages: Stage[],
  fallback: (() => Json) | undefined,
): Stage {
  return (value, scope) => {
    let result = collect ? collect(value, scope) : value;
    for (const stage of stages) {
      if (isEmpty(result)) break;
      result = stage(result, scope);
    }
    return fallback && isEmpty(result) ? fallback() : result;
  };
}
