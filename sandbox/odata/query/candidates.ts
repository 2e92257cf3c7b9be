import type { Expression, Literal } from '../syntax/expression';

type QueryFunction = Extract<Expression, { kind: 'query-function' }>;

/** What a store can look up without a scan. Undefined: only a scan will do. */
export interface Index {
  equal(property: string, literal: Literal): ReadonlySet<string> | undefined;
  queryFunction?(call: QueryFunction): ReadonlySet<string> | undefined;
}

/**
 * Keys of the rows that can satisfy a filter, from the indexes; undefined when only a scan will do. The filter
 * itself is still applied to each of them, so the answer may be too wide, but never too narrow.
 */
export function candidates(
  index: Index,
  expression: Expression | undefined,
): ReadonlySet<string> | undefined {
  switch (expression?.kind) {
    case 'and': {
      const left = candidates(index, expression.left);
      if (left && left.size <= 1) return left;
      return smaller(left, candidates(index, expression.right));
    }
    case 'or': {
      const left = candidates(index, expression.left);
      const right = left && candidates(index, expression.right);
      return left && right ? new Set([...left, ...right]) : undefined;
    }
    case 'compare': {
      const { operator, left, right } = expression;
      if (operator !== 'eq' || left.kind !== 'path' || right.kind !== 'literal') return undefined;
      const [property = '', ...rest] = left.segments;
      return rest.length > 0 ? undefined : index.equal(property, right);
    }
    case 'query-function':
      return index.queryFunction?.(expression);
    default:
      return undefined;
  }
}

function smaller(
  left: ReadonlySet<string> | undefined,
  right: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (!left || !right) return left ?? right;
  return left.size <= right.size ? left : right;
}
