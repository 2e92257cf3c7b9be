import { validationError } from '../errors';
import { flagIn, isBlank, numberIn } from '../values';
import type { FilterTest, Path, PathRoot, PathStep } from './path';
import { parsePaths } from './path';
import type { Reader, Scope } from './scope';
import { elementAt, isEmpty, listIn } from './scope';

/**
 * How many values a path gives: `one`, those of the elements that `match` a filter (the first of them where no
 * aggregate says otherwise), or those of `all` elements.
 */
export type Yield = 'one' | 'match' | 'all';

export interface CompiledPath {
  read: Reader;
  yields: Yield;
}

/** @param around what the path is read for, with which filters may compare */
type Step = (value: unknown, around: unknown) => unknown;

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

/** Names that every object or list has from its prototype are read only where the document has them itself. */
const isInherited = (key: string): boolean => key in Object.prototype || key in Array.prototype;

function keyStep(key: string): Step {
  if (isInherited(key)) {
    return (value) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined);
  }
  return (value) => (isRecord(value) ? value[key] : undefined);
}

function indexStep(index: number): Step {
  return (value) => (Array.isArray(value) ? value.at(index) : elementAt(value, index));
}

/** Yes and no in every word for them: a tax with `include: 1` is inside the prices as one with `include: true` is. */
function equals(actual: unknown, { value, text }: FilterTest): boolean {
  if (actual === value) return true;
  if (typeof value === 'boolean') return flagIn(actual) === value;
  return !isEmpty(actual) && String(actual) === text;
}

function compare(actual: unknown, test: FilterTest): boolean {
  const { operator, value } = test;
  switch (operator) {
    case '=':
      return equals(actual, test);
    case '!=':
      return !equals(actual, test);
    default:
      return compareNumbers(numberIn(actual) ?? NaN, operator, numberIn(value) ?? NaN);
  }
}

function compareNumbers(a: number, operator: '>' | '>=' | '<' | '<=', b: number): boolean {
  switch (operator) {
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
  }
}

type Test = (element: unknown, around: unknown) => boolean;

function testElement(test: FilterTest): Test {
  const { read } = compileSteps(test.path.steps);
  if (!test.reference) return (element, around) => compare(read(element, around), test);
  const { read: refer } = compileSteps(test.reference);
  return (element, around) => {
    const value = refer(around, around) as FilterTest['value'];
    // Nothing is like nothing: what has no id belongs to no other that has none. An object or list is no value to compare with.
    if (isEmpty(value) || isRecord(value)) return test.operator === '!=';
    return compare(read(element, around), { ...test, value, text: String(value) });
  };
}

function chain(steps: Step[]): Step {
  const [a, b, ...more] = steps;
  if (a === undefined) return (value) => value;
  if (b === undefined) return a;
  const rest = chain([b, ...more]);
  return (value, around) => rest(a(value, around), around);
}

/** `a.b`, what most paths are, in one step: this is where a mapping spends its time. */
function keysStep(keys: readonly string[]): Step | undefined {
  const [first, second, ...more] = keys;
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (keys.some(isInherited)) return undefined;
  return (value) => {
    const part = isRecord(value) ? value[first] : undefined;
    return isRecord(part) ? part[second] : undefined;
  };
}

/** From a step that gives many values on, all that follows is read per element. */
function spread(head: Step, accept: Test, tail: PathStep[]): Step {
  const { read, yields } = compileSteps(tail);
  return (value, around) => {
    const list = listIn(head(value, around));
    const found: unknown[] = [];
    if (!Array.isArray(list)) return found;
    for (const element of list) {
      if (!accept(element, around)) continue;
      const result = read(element, around);
      if (yields !== 'one' && Array.isArray(result)) found.push(...(result as unknown[]));
      else if (result !== undefined) found.push(result);
    }
    return found;
  };
}

function compileSteps(steps: PathStep[]): { read: Step; yields: Yield } {
  const head: Step[] = [];
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'key') head.push(keyStep(step.key));
    else if (step.kind === 'index') head.push(indexStep(step.index));
    else {
      const tail = steps.slice(at + 1);
      const accept = step.kind === 'all' ? () => true : every(step.tests.map(testElement));
      const isAll = [step, ...tail].some(({ kind }) => kind === 'all');
      return { read: spread(chain(head), accept, tail), yields: isAll ? 'all' : 'match' };
    }
  }
  const keys = steps.flatMap((step) => (step.kind === 'key' ? [step.key] : []));
  const quick = keys.length === steps.length ? keysStep(keys) : undefined;
  return { read: quick ?? chain(head), yields: 'one' };
}

/** Reads what stands at names within one another. */
export function readerOf(keys: readonly string[]): (value: unknown) => unknown {
  const { read } = compileSteps(keys.map((key): PathStep => ({ kind: 'key', key })));
  return (value) => read(value, undefined);
}

function every(tests: Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (element, around) => tests.every((test) => test(element, around));
}

function ancestor(scope: Scope, levels: number): Scope {
  let at = scope;
  for (let level = 0; level < levels; level += 1) at = at.parent ?? at;
  return at;
}

function rootReader(root: PathRoot): Reader {
  switch (root.kind) {
    case 'current':
      return (scope) => scope.value;
    case 'document':
      return (scope) => scope.root;
    case 'parent':
      return (scope) => ancestor(scope, root.levels).value;
    case 'index':
      return (scope) => scope.index;
    case 'source':
      return (scope) => scope.run.context.source;
    case 'settings':
      return (scope) => scope.run.context.settings;
    case 'mapped':
      return (scope) => scope.run.context.mapped;
  }
}

function compileOne(path: Path): CompiledPath {
  const { read, yields } = compileSteps(path.steps);
  if (path.root.kind === 'current') {
    return { read: (scope) => read(scope.value, scope.value), yields };
  }
  const start = rootReader(path.root);
  return { read: (scope) => read(start(scope), scope.value), yields };
}

/** `depth`: how many lists the rule stands in, to refuse a `^.` that leads out of the document. */
export function compilePath(text: string, depth = 0): CompiledPath {
  const paths = parsePaths(text);
  for (const { root } of paths) {
    if (root.kind === 'parent' && root.levels > depth) {
      throw validationError(
        `path "${text}" goes up ${root.levels} level(s), but stands only ${depth} list(s) deep`,
        'Use one "^." for each list around the field, or "$." for the whole document.',
      );
    }
  }
  const compiled = paths.map(compileOne);
  const [only] = compiled;
  if (compiled.length === 1 && only) return only;
  if (compiled.some(({ yields }) => yields === 'all')) {
    throw validationError(
      `path "${text}" mixes "??" with "[*]"`,
      'Give alternatives only for single values; for lists write two rows.',
    );
  }
  const single = compiled.map(firstValue);
  return {
    yields: 'one',
    read: (scope) => {
      for (const read of single) {
        const value = read(scope);
        if (!isBlank(value)) return value;
      }
      return undefined;
    },
  };
}

/** A reader of one value: the first where a filter gives several. */
export function firstValue({ read, yields }: CompiledPath): Reader {
  if (yields !== 'match') return read;
  return (scope) => (read(scope) as unknown[])[0];
}

/** Whether a path gives the values of all elements of a list; undefined where it cannot be read. */
export function isListPath(path: string): boolean | undefined {
  try {
    return compilePath(path).yields === 'all';
  } catch {
    return undefined;
  }
}
