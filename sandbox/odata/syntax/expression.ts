/** A `$filter` expression as a tree. */
export type Expression =
  | Literal
  | { kind: 'path'; segments: readonly string[] }
  | { kind: 'call'; name: string; args: readonly Expression[] }
  | { kind: 'query-function'; name: string; parameters: Readonly<Record<string, LiteralOrList>> }
  | { kind: 'lambda'; path: readonly string[]; all: boolean; variable?: string; body?: Expression }
  | { kind: 'not'; operand: Expression }
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'compare'; operator: Comparison; left: Expression; right: Expression };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export interface Literal {
  kind: 'literal';
  type: 'text' | 'number' | 'boolean' | 'null' | 'guid' | 'datetime' | 'enum';
  value: string | number | boolean | null;
}

export interface LiteralList {
  kind: 'list';
  items: readonly Literal[];
}

export type LiteralOrList = Literal | LiteralList;
