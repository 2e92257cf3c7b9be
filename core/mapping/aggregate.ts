import { add, toAmount, toDecimal } from '../commerce/money';
import type { DecimalInput } from '../commerce/money';
import { numberIn } from '../values';
import type { Aggregate } from './spec';
import { isEmpty } from './scope';
import { textPart } from './template';

type Reduce = (values: unknown[], separator: string) => unknown;

/** The smallest or largest; numbers by value, text by the alphabet (ISO dates sort right that way). */
function extreme(values: unknown[], wanted: 1 | -1): unknown {
  if (values.some((value) => typeof value === 'string' && numberIn(value) === undefined)) {
    const sorted = values.map(String).sort();
    return wanted === 1 ? sorted.at(-1) : sorted[0];
  }
  const decimals = values.map(toDecimal);
  const best = decimals.reduce((a, b) => (b.cmp(a) === wanted ? b : a));
  return toAmount(best);
}

/** What an aggregate makes of the values that there are. Sum and count of none are 0, all others nothing. */
const REDUCE: Record<Aggregate, Reduce> = {
  sum: (values) => (values.length === 0 ? 0 : add(0, ...(values as DecimalInput[]))),
  count: (values) => values.length,
  join: (values, separator) =>
    values.length === 0 ? undefined : values.map(textPart).join(separator),
  first: (values) => values[0],
  last: (values) => values.at(-1),
  min: (values) => (values.length === 0 ? undefined : extreme(values, -1)),
  max: (values) => (values.length === 0 ? undefined : extreme(values, 1)),
};

export function compileAggregate(
  aggregate: Aggregate,
  separator = ', ',
): (value: unknown) => unknown {
  const reduce = REDUCE[aggregate];
  return (value) => {
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    return reduce(
      list.some(isEmpty) ? list.filter((element) => !isEmpty(element)) : list,
      separator,
    );
  };
}
