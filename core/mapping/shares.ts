import { allocate, roundToTotal } from '../commerce/money';
import type { DecimalInput } from '../commerce/money';
import { validationError } from '../errors';
import { compilePath, firstValue } from './read';
import type { Reader, Scope } from './scope';
import type { ValueSource } from './spec';

/** What an element of a list gets when an amount is divided among all of its elements. */
type Shares = (scope: Scope) => number[];

/** Worked out once per list and kept with the scope around it; rows that say the same share one result. */
function shareReader(name: string, rule: object, shares: Shares, depth: number): Reader {
  if (depth === 0) {
    throw validationError(
      `has "${name}" outside a list`,
      'Put the row into the "fields" of an "each": every element takes its share.',
    );
  }
  const key = `${name} ${JSON.stringify(rule)}`;
  return (scope) => {
    const known = memoOf(scope);
    let all = known.get(key);
    if (all === undefined) {
      all = shares(scope);
      known.set(key, all);
    }
    return all[scope.index];
  };
}

function memoOf({ list, parent }: Scope): Map<string, number[]> {
  if (parent === undefined) return new Map();
  parent.memo ??= new Map();
  const known = parent.memo.get(list);
  if (known) return known;
  const created = new Map<string, number[]>();
  parent.memo.set(list, created);
  return created;
}

function currencyReader(
  path: string | undefined,
  depth: number,
): (scope: Scope) => string | undefined {
  if (path === undefined) return () => undefined;
  const read = firstValue(compilePath(path, depth));
  return (scope) => {
    const code = read(scope);
    return typeof code === 'string' ? code : undefined;
  };
}

type CompileOperand = (operand: NonNullable<ValueSource['roundTo']>['total']) => Reader;

export function compileAllocation(
  rule: NonNullable<ValueSource['allocate']>,
  compileOperand: CompileOperand,
  depth: number,
): Reader {
  const total = compileOperand(rule.total);
  const weights = compilePath(rule.weights, depth).read;
  const currency = currencyReader(rule.currency, depth);
  const shares: Shares = (scope) =>
    allocate(total(scope) as DecimalInput, weights(scope) as DecimalInput[], currency(scope));
  return shareReader('allocate', rule, shares, depth);
}

export function compileRoundTo(
  rule: NonNullable<ValueSource['roundTo']>,
  compileOperand: CompileOperand,
  depth: number,
): Reader {
  const total = compileOperand(rule.total);
  const value = compileOperand(rule.value);
  const currency = currencyReader(rule.currency, depth);
  const shares: Shares = (scope) => {
    const { list = [scope.value], parent, root, run } = scope;
    const values = list.map((element, index) =>
      value({ value: element, root, parent, index, run, list }),
    );
    return roundToTotal(total(scope) as DecimalInput, values as DecimalInput[], currency(scope));
  };
  return shareReader('roundTo', rule, shares, depth);
}
