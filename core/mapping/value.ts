import { add, divide, multiply, subtract, toAmount } from '../commerce/money';
import type { DecimalInput } from '../commerce/money';
import { validationError } from '../errors';
import { compileFinish } from './finish';
import type { Compilation, Stage } from './finish';
import type { Formula } from './formula';
import { compilePath, firstValue } from './read';
import type { Reader } from './scope';
import { isEmpty } from './scope';
import { compileAllocation, compileRoundTo } from './shares';
import type { Calculation, Json, Operand, ValueSource } from './spec';
import { ARITHMETIC } from './spec';
import { parseTemplate, placeholderText } from './template';
import { foldValue, valueKinds } from './visit';

/** A value comes from a reader at once, or from a formula later; what follows is the same. */
export interface CompiledValue {
  read: Reader;
  formula?: Formula;
  /** What is done with what was read, default included. */
  finish?: Stage;
  label: string;
}

type Source = Omit<CompiledValue, 'finish'> & { isList?: boolean };

export function compileValue(rule: ValueSource, compilation: Compilation): CompiledValue {
  const given = valueKinds(rule);
  if (given.length > 1) {
    throw validationError(
      `has ${given.map((name) => `"${name}"`).join(' and ')}`,
      'Keep one of them: a row takes its value from one place.',
    );
  }
  if (given.length === 0 && rule.default === undefined) {
    throw validationError(
      'says nowhere where its value comes from',
      'Add "from" with a path, or "value" with a fixed value.',
    );
  }
  const source = compileSource(rule, compilation);
  return { ...source, finish: compileFinish(rule, source.isList === true, compilation) };
}

/** A reader of the finished value, for operands. */
export function compileReader(rule: ValueSource, compilation: Compilation): Reader {
  const { read, finish, formula } = compileValue(rule, compilation);
  if (formula) {
    throw validationError(
      'has a "formula" inside a calculation',
      'Write the whole calculation as one formula instead.',
    );
  }
  return finish ? (scope) => finish(read(scope), scope) : read;
}

function compileSource(rule: ValueSource, compilation: Compilation): Source {
  const operand = (one: Operand): Reader => compileOperand(one, compilation);
  const { depth } = compilation;
  return foldValue<Source>(rule, {
    from: (path) => fromPath(path, rule, compilation),
    value: fixed,
    template: (text) => template(text, compilation),
    formula: (text) => formula(text, compilation),
    expression,
    calculate: (calculate) => calculation(calculate, compilation),
    allocate: (share) => ({ read: compileAllocation(share, operand, depth), label: 'allocation' }),
    roundTo: (share) => ({
      read: compileRoundTo(share, operand, depth),
      label: 'rounding to a total',
    }),
    none: () => ({ read: () => undefined, label: 'default' }),
  });
}

function fromPath(path: string, rule: ValueSource, { depth }: Compilation): Source {
  const compiled = compilePath(path, depth);
  if (compiled.yields === 'match' && rule.aggregate === undefined) {
    return { read: firstValue(compiled), label: path };
  }
  return { read: compiled.read, label: path, isList: compiled.yields !== 'one' };
}

/** A fixed list or object is copied for each document: what one of them does to it must not reach the others. */
function fixed(value: Json): Source {
  const isShared = value !== null && typeof value === 'object';
  return { read: isShared ? () => structuredClone(value) : () => value, label: 'fixed value' };
}

function template(text: string, { depth }: Compilation): Source {
  const parts = parseTemplate(text).map((part): string | Reader =>
    typeof part === 'string' ? part : firstValue(compilePath(part.path, depth)),
  );
  const hasPath = parts.some((part) => typeof part !== 'string');
  return {
    label: `template "${text}"`,
    read: (scope) => {
      let isAnyFilled = !hasPath;
      let result = '';
      for (const part of parts) {
        if (typeof part === 'string') result += part;
        else {
          const value = part(scope);
          if (isEmpty(value)) continue;
          isAnyFilled = true;
          result += placeholderText(value);
        }
      }
      return isAnyFilled ? result.trim() : undefined;
    },
  };
}

function formula(text: string, { formulas }: Compilation): Source {
  if (formulas === undefined) {
    throw validationError(
      'has a formula, but the formula engine is not loaded',
      'Compile the mapping with prepareMapping, which loads it.',
    );
  }
  const work = formulas(text);
  return {
    read: () => undefined,
    formula: async (scope) => known(await work(scope)),
    label: 'formula',
  };
}

/** What JavaScript calculates with something that is no number would become null on the way, and clear the field. */
function known(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw validationError(
    'gives no number (NaN), or an endless one',
    'Something that it calculates with is absent or no number: correct it, or say what to take instead, such as ($json.weight ?? 0) * 2.',
  );
}

function expression(name: string): Source {
  return {
    label: `expression of ${name}`,
    read: (scope) => known(scope.run.context.expressions?.[name]?.()),
  };
}

function compileOperand(operand: Operand, compilation: Compilation): Reader {
  if (typeof operand === 'number') return () => operand;
  const rule = typeof operand === 'string' ? { from: operand } : operand;
  const read = compileReader(rule, compilation);
  const label = typeof operand === 'string' ? operand : (operand.from ?? 'an operand');
  return (scope) => {
    const value = read(scope);
    if (!isEmpty(value)) return value;
    throw validationError(
      `cannot calculate without "${label}"`,
      'Correct the value at its source, or give this operand a default.',
    );
  };
}

const CALCULATE: Record<(typeof ARITHMETIC)[number], (values: DecimalInput[]) => number> = {
  add: (values) => add(...values),
  subtract: ([first = 0, ...others]) => subtract(first, ...others),
  multiply: (values) => multiply(...values),
  divide: ([dividend = 0, divisor = 0]) => toAmount(divide(dividend, divisor)),
};

function calculation(calculate: Calculation, compilation: Compilation): Source {
  const operations = ARITHMETIC.filter((name) => calculate[name] !== undefined);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1) {
    throw validationError(
      `has ${operations.length} operations in "calculate"`,
      `Use one of ${ARITHMETIC.join(', ')}, and put others inside it as operands.`,
    );
  }
  const operands = (calculate[operation] ?? []).map((one) => compileOperand(one, compilation));
  const apply = CALCULATE[operation];
  return {
    label: calculationLabel(calculate[operation] ?? []),
    read: (scope) => apply(operands.map((read) => read(scope) as DecimalInput)),
  };
}

/** The paths that a person can look at. */
function calculationLabel(operands: Operand[]): string {
  const paths = operands.flatMap((one) =>
    typeof one === 'string' ? [one] : typeof one === 'object' && one.from ? [one.from] : [],
  );
  return paths.length === 0 ? 'a calculation' : `a calculation with ${paths.join(', ')}`;
}
