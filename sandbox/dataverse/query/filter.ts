import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Comparison, Expression, Literal } from '../odata/expression';
import type { Table } from '../schema/model';
import type { ColumnSchema, ColumnType } from '../schema/types';
import type { Row } from '../store/row';
import { compileQueryFunction } from './functions';
import { resolvePath, type Comparable } from './paths';
import { related } from './related';
import { hasWildcard, like } from './wildcards';

/** Rows by variable: `` is the row that is being tested, others come from lambdas. */
type Environment = Readonly<Record<string, Row>>;
type Test = (environment: Environment) => boolean;
type Scope = ReadonlyMap<string, Table>;

const ROOT = '';

/** Compiles a filter once; the result tests one row. Names and types are checked here. */
export function compileFilter(
  engine: Engine,
  table: Table,
  expression: Expression,
): (row: Row) => boolean {
  const test = new FilterCompiler(engine).compile(expression, new Map([[ROOT, table]]));
  return (row) => test({ [ROOT]: row });
}

interface Side {
  column?: ColumnSchema;
  literal?: Literal;
  read(environment: Environment): Comparable;
}

class FilterCompiler {
  constructor(private readonly engine: Engine) {}

  compile(expression: Expression, scope: Scope): Test {
    switch (expression.kind) {
      case 'and':
      case 'or':
        return this.logical(expression, scope);
      case 'not': {
        const operand = this.compile(expression.operand, scope);
        return (environment) => !operand(environment);
      }
      case 'compare':
        return this.comparison(expression, scope);
      case 'call':
        return this.call(expression.name, expression.args, scope);
      case 'query-function': {
        const table = scope.get(ROOT) as Table;
        const test = compileQueryFunction(
          this.engine,
          table,
          expression.name,
          expression.parameters,
        );
        return (environment) => test(environment[ROOT] as Row);
      }
      case 'lambda':
        return this.lambda(expression, scope);
      case 'path':
      case 'literal':
        return this.truth(expression, scope);
    }
  }

  private logical(
    { kind, left, right }: Extract<Expression, { kind: 'and' | 'or' }>,
    scope: Scope,
  ): Test {
    const first = this.compile(left, scope);
    const second = this.compile(right, scope);
    return kind === 'and'
      ? (environment) => first(environment) && second(environment)
      : (environment) => first(environment) || second(environment);
  }

  /** A bare boolean column, or `true`. */
  private truth(expression: Expression, scope: Scope): Test {
    const side = this.side(expression, scope);
    return (environment) => side.read(environment) === true;
  }

  private side(expression: Expression, scope: Scope): Side {
    if (expression.kind === 'literal') {
      return { literal: expression, read: () => literalValue(expression) };
    }
    if (expression.kind !== 'path') {
      throw errors.query(
        'The query node is not supported: use a column or a value in a comparison.',
      );
    }
    const [first = '', ...rest] = expression.segments;
    const variable = rest.length > 0 && scope.has(first) ? first : ROOT;
    const segments = variable === ROOT ? expression.segments : rest;
    const operand = resolvePath(this.engine, scope.get(variable) as Table, segments);
    return {
      column: operand.column,
      read: (environment) => operand.read(environment[variable] as Row),
    };
  }

  private comparison(
    { operator, left, right }: Extract<Expression, { kind: 'compare' }>,
    scope: Scope,
  ): Test {
    const a = this.side(left, scope);
    const b = this.side(right, scope);
    checkTypes(a, b, operator);
    const pattern = this.pattern(operator, b);
    if (pattern) {
      const { neFindsNull } = this.engine.switches;
      return (environment) => {
        const value = a.read(environment);
        if (value === null) return operator === 'ne' && neFindsNull;
        return pattern(String(value)) === (operator === 'eq');
      };
    }
    const compare = comparisons(this.engine.switches.neFindsNull)[operator];
    const [readA, readB] = [reader(a, b), reader(b, a)];
    return (environment) => compare(readA(environment), readB(environment));
  }

  private pattern(operator: Comparison, side: Side): ((text: string) => boolean) | undefined {
    const text = side.literal?.type === 'text' ? String(side.literal.value) : '';
    const applies = operator === 'eq' || operator === 'ne';
    return applies && this.engine.switches.wildcardsInEquality && hasWildcard(text)
      ? like(text)
      : undefined;
  }

  private call(name: string, args: readonly Expression[], scope: Scope): Test {
    const [first, second] = args;
    if (!first || !second || args.length !== 2) {
      throw errors.query(`No function signature for the function with name '${name}' matches.`);
    }
    const subject = this.side(first, scope);
    const pattern = this.side(second, scope);
    if (subject.column && classOf(subject.column.type) !== 'text') {
      throw errors.query(`No function signature for the function with name '${name}' matches.`);
    }
    const wrap = WRAPPED[name] ?? ((text: string) => text);
    const fixed = pattern.literal ? like(wrap(String(pattern.literal.value))) : undefined;
    return (environment) => {
      const text = subject.read(environment);
      const test = fixed ?? like(wrap(String(pattern.read(environment) ?? '')));
      return typeof text === 'string' && test(text);
    };
  }

  private lambda(
    { path, all, variable, body }: Extract<Expression, { kind: 'lambda' }>,
    scope: Scope,
  ): Test {
    const [first = '', ...rest] = path;
    const owner = rest.length > 0 && scope.has(first) ? first : ROOT;
    const name = owner === ROOT ? first : (rest[0] ?? '');
    const table = scope.get(owner) as Table;
    const relation = related(this.engine, table, name);
    if (!relation) throw errors.unknownQueryProperty(name, table.name);
    const inner = new Map(scope).set(variable ?? ROOT, relation.target);
    const test = body ? this.compile(body, inner) : () => true;
    return (environment) => {
      const row = environment[owner] as Row;
      const others = relation.rows(String(row[table.primaryId]));
      const holds = (other: Row): boolean => test({ ...environment, [variable ?? ROOT]: other });
      return all ? others.every(holds) : others.some(holds);
    };
  }
}

const WRAPPED: Readonly<Record<string, (text: string) => string>> = {
  contains: (text) => `%${text}%`,
  startswith: (text) => `${text}%`,
  endswith: (text) => `%${text}`,
};

export function literalValue(literal: Literal): Comparable {
  return typeof literal.value === 'string' ? literal.value.toLowerCase() : literal.value;
}

/** Dates are stored in one notation, so a literal is brought into that of the column it meets. */
function reader(side: Side, other: Side): Side['read'] {
  const { literal } = side;
  if (literal?.type !== 'datetime' || !other.column) return side.read;
  const value = dateLiteral(String(literal.value), other.column.type);
  return () => value;
}

export function dateLiteral(text: string, type: ColumnType): string {
  if (type === 'date') return text.slice(0, 10).toLowerCase();
  const withTime = text.includes('T') ? text : `${text}T00:00:00Z`;
  const time = new Date(/(?:Z|[+-]\d\d:\d\d)$/i.test(withTime) ? withTime : `${withTime}Z`);
  if (Number.isNaN(time.getTime())) throw errors.query(`'${text}' is not a valid date.`);
  return time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .toLowerCase();
}

type TypeClass = 'text' | 'number' | 'boolean' | 'guid' | 'datetime';

const CLASSES: Readonly<Record<ColumnType, TypeClass>> = {
  string: 'text',
  memo: 'text',
  multiselect: 'text',
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  double: 'number',
  money: 'number',
  picklist: 'number',
  state: 'number',
  status: 'number',
  boolean: 'boolean',
  datetime: 'datetime',
  date: 'datetime',
  lookup: 'guid',
  uniqueidentifier: 'guid',
};

export const classOf = (type: ColumnType): TypeClass => CLASSES[type];

const EDM: Readonly<Record<TypeClass, string>> = {
  text: 'Edm.String',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  guid: 'Edm.Guid',
  datetime: 'Edm.DateTimeOffset',
};

const KINDS: Readonly<Record<Comparison, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

function sideClass({ column, literal }: Side): TypeClass | undefined {
  if (column) return classOf(column.type);
  if (!literal || literal.type === 'null' || literal.type === 'enum') return undefined;
  return literal.type;
}

function checkTypes(left: Side, right: Side, operator: Comparison): void {
  const [a, b] = [sideClass(left), sideClass(right)];
  if (!a || !b || a === b) return;
  throw errors.query(
    `A binary operator with incompatible types was detected. Found operand types '${EDM[a]}' and '${EDM[b]}' ` +
      `for operator kind '${KINDS[operator]}'.`,
  );
}

type Compare = (left: Comparable, right: Comparable) => boolean;

const ordered =
  (test: (left: string | number, right: string | number) => boolean): Compare =>
  (left, right) =>
    left !== null && right !== null && test(left as string, right as string);

function comparisons(neFindsNull: boolean): Record<Comparison, Compare> {
  return {
    eq: (left, right) => left === right,
    ne: (left, right) => left !== right && (neFindsNull || left !== null),
    gt: ordered((left, right) => left > right),
    ge: ordered((left, right) => left >= right),
    lt: ordered((left, right) => left < right),
    le: ordered((left, right) => left <= right),
  };
}
