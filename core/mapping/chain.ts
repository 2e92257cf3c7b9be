import { validationError } from '../errors';
import { integerIn, numberIn } from '../values';
import { compilePath, firstValue } from './read';
import type { Reader, Scope } from './scope';
import { isEmpty } from './scope';
import type { TransformCall } from './spec';
import { didYouMean } from './suggest';
import { TRANSFORMS } from './transforms';
import type { Transform, TransformFunction, TransformOption, TransformOptions } from './transforms';
import { optionPath } from './visit';

const BY_NAME: ReadonlyMap<string, Transform> = new Map(TRANSFORMS.map((one) => [one.name, one]));

export type ScopedTransform = (value: unknown, scope: Scope) => unknown;

export function inScope(run: TransformFunction): ScopedTransform {
  return (value, scope) => run(value, scope.run.tell);
}

function transformNamed(name: string): Transform {
  const transform = BY_NAME.get(name);
  if (transform) return transform;
  throw validationError(
    `there is no transform "${name}".${didYouMean(name, BY_NAME.keys())}`,
    `Use one of: ${[...BY_NAME.keys()].join(', ')}.`,
  );
}

function fits(option: TransformOption, value: unknown): boolean {
  switch (option.type) {
    case 'number':
      return option.least === undefined
        ? numberIn(value) !== undefined
        : (integerIn(value) ?? -1) >= option.least;
    case 'boolean':
      return typeof value === 'boolean';
    case 'table':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    case 'string':
      return typeof value === 'string' || typeof value === 'number';
  }
}

function wantedOf({ type, least }: TransformOption): string {
  return least === undefined ? `a ${type}` : `a whole number from ${least} on`;
}

function checkOption(transform: Transform, option: TransformOption, value: unknown): unknown {
  const where = `option "${option.name}" of transform "${transform.name}"`;
  if (isEmpty(value) && value !== '') {
    if (option.default !== undefined) return option.default;
    if (!option.required) return undefined;
    throw validationError(`${where} is missing`, `${option.description}.`);
  }
  if (!fits(option, value)) {
    throw validationError(`${where} is not ${wantedOf(option)}`, `${option.description}.`);
  }
  if (option.choices && !option.choices.includes(String(value))) {
    throw validationError(
      `${where} is "${String(value)}".${didYouMean(String(value), option.choices)}`,
      `Use one of: ${option.choices.join(', ')}.`,
    );
  }
  return value;
}

function checkNames(transform: Transform, given: object): void {
  const known = transform.options.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw validationError(
      `transform "${transform.name}" has no option "${name}".${didYouMean(name, known)}`,
      known.length === 0 ? 'It takes no options.' : `Its options are: ${known.join(', ')}.`,
    );
  }
}

function checkOptions(transform: Transform, given: TransformOptions): TransformOptions {
  return Object.fromEntries(
    transform.options.map((option) => [
      option.name,
      checkOption(transform, option, given[option.name]),
    ]),
  );
}

const REMEMBERED = 256;

/** Options that are read hardly ever vary (a currency, a store): the compiled transform is kept per set of values. */
function compileDynamic(
  transform: Transform,
  fixed: TransformOptions,
  readers: [string, Reader][],
): ScopedTransform {
  const compiled = new Map<string, TransformFunction>();
  const keyOf = optionsKey(readers.map(([, read]) => read));
  return (value, scope) => {
    const key = keyOf(scope);
    let run = compiled.get(key);
    if (run === undefined) {
      const read = readers.map(([name, reader]): [string, unknown] => [name, reader(scope)]);
      const options = { ...fixed, ...Object.fromEntries(read) };
      run = transform.compile(checkOptions(transform, options));
      if (compiled.size >= REMEMBERED) compiled.clear();
      compiled.set(key, run);
    }
    return run(value, scope.run.tell);
  };
}

function optionsKey(readers: Reader[]): (scope: Scope) => string {
  const [first = () => undefined, ...more] = readers;
  if (more.length === 0) return (scope) => String(first(scope));
  return (scope) =>
    more.reduce((key, read) => `${key}\u0000${String(read(scope))}`, String(first(scope)));
}

export function compileTransform(call: TransformCall, depth: number): ScopedTransform {
  const { type, ...given } = typeof call === 'string' ? { type: call } : call;
  const transform = transformNamed(type);
  checkNames(transform, given);
  const fixed: Record<string, unknown> = {};
  const readers: [string, Reader][] = [];
  for (const [name, option] of Object.entries(given)) {
    const path = optionPath(option);
    if (path === undefined) fixed[name] = option;
    else readers.push([name, firstValue(compilePath(path, depth))]);
  }
  if (readers.length > 0) return compileDynamic(transform, fixed, readers);
  return inScope(transform.compile(checkOptions(transform, fixed)));
}

/** One function for the whole chain; an empty value ends it. Lists are transformed element by element. */
export function compileTransforms(
  calls: readonly TransformCall[],
  depth: number,
): ScopedTransform | undefined {
  const [first, ...rest] = calls.map((call) => compileTransform(call, depth));
  if (first === undefined) return undefined;
  if (rest.length === 0) return first;
  return (value, scope) => {
    let result = first(value, scope);
    for (const transform of rest) {
      if (isEmpty(result)) return undefined;
      result = transform(result, scope);
    }
    return result;
  };
}
