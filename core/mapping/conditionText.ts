import type { Condition } from './spec';

type Comparison = Extract<Condition, { path: string }>['is'];

const WORDS: Record<Comparison, string> = {
  equals: 'is',
  notEquals: 'is not',
  exists: 'is not empty',
  missing: 'is empty',
  contains: 'contains',
  startsWith: 'starts with',
  in: 'is one of',
  greaterThan: 'is greater than',
  lessThan: 'is less than',
};

/** A condition as a person says it: `currency is "USD"`. */
export function conditionText(condition: Condition): string {
  if ('and' in condition) return condition.and.map(conditionText).join(' and ');
  if ('or' in condition) return condition.or.map(conditionText).join(' or ');
  if ('not' in condition) return `not (${conditionText(condition.not)})`;
  const { path, is, value } = condition;
  return [path, WORDS[is], ...(value === undefined ? [] : [JSON.stringify(value)])].join(' ');
}
