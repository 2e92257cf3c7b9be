import { flagIn, numberIn } from '../values';
import { compilePath, firstValue } from './read';
import type { Reader, Scope } from './scope';
import { isEmpty } from './scope';
import type { Condition, Json } from './spec';

export type Test = (scope: Scope) => boolean;

type Comparison = Extract<Condition, { path: string }>['is'];

/** Numbers and their text, and all words for yes and no, are the same to a person who writes a condition. */
function same(actual: unknown, expected: Json | undefined): boolean {
  if (typeof expected === 'boolean') return flagIn(actual) === expected;
  return actual === expected || (!isEmpty(actual) && String(actual) === String(expected));
}

function contains(actual: unknown, expected: Json | undefined): boolean {
  if (Array.isArray(actual)) return actual.some((element) => same(element, expected));
  return typeof actual === 'string' && actual.includes(String(expected));
}

/** Below 0: smaller. NaN where one is no number: it is neither smaller nor greater, and blank is not 0. */
function compareNumbers(actual: unknown, expected: Json | undefined): number {
  return (numberIn(actual) ?? NaN) - (numberIn(expected) ?? NaN);
}

const COMPARE: Record<Comparison, (actual: unknown, expected: Json | undefined) => boolean> = {
  equals: same,
  notEquals: (actual, expected) => !same(actual, expected),
  exists: (actual) => !isEmpty(actual),
  missing: (actual) => isEmpty(actual),
  contains,
  startsWith: (actual, expected) =>
    typeof actual === 'string' && actual.startsWith(String(expected)),
  in: (actual, expected) =>
    Array.isArray(expected) && expected.some((element) => same(actual, element)),
  greaterThan: (actual, expected) => compareNumbers(actual, expected) > 0,
  lessThan: (actual, expected) => compareNumbers(actual, expected) < 0,
};

function compileComparison(read: Reader, is: Comparison, value: Json | undefined): Test {
  const compare = COMPARE[is];
  return (scope) => compare(read(scope), value);
}

export function compileCondition(condition: Condition, depth: number): Test {
  if ('and' in condition) {
    const tests = condition.and.map((part) => compileCondition(part, depth));
    return (scope) => tests.every((test) => test(scope));
  }
  if ('or' in condition) {
    const tests = condition.or.map((part) => compileCondition(part, depth));
    return (scope) => tests.some((test) => test(scope));
  }
  if ('not' in condition) {
    const test = compileCondition(condition.not, depth);
    return (scope) => !test(scope);
  }
  const read = firstValue(compilePath(condition.path, depth));
  return compileComparison(read, condition.is, condition.value);
}
