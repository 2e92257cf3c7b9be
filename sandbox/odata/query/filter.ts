import { ODataError, unknownProperty } from '../errors';
import type { Comparison, Expression, Literal, LiteralOrList } from '../syntax/expression';
import type { Comparable, EntityType, Property, ValueClass } from './entity-type';
import { resolvePath } from './paths';

/** What a service decides about its filters. */
export interface FilterRules<R> {
  /** The functions of the grammar, such as `contains`: a test of the first argument made from the second. */
  textFunctions: Readonly<Record<string, (argument: string) => (text: string) => boolean>>;
  /** A test by wildcards for text that `eq` or `ne` compares with; undefined when there are none in it. */
  textPattern(text: string): ((text: string) => boolean) | undefined;
  /** Whether `ne` finds rows without a value. */
  neFindsNull: boolean;
  /** The service's own query functions. */
  queryFunction(
    type: EntityType<R>,
    name: string,
    parameters: Readonly<Record<string, LiteralOrList>>,
  ): (row: R) => boolean;
}

/** Rows by variable: `` is the row that is being tested, others come from lambdas. */
type Environment<R> = Readonly<Record<string, R>>;
type Test<R> = (environment: Environment<R>) => boolean;
type Scope<R> = ReadonlyMap<string, EntityType<R>>;

const ROOT = '';

/** Compiles a filter once; the result tests one row. Names and types are checked here. */
export function compileFilter<R>(
  rules: FilterRules<R>,
  type: EntityType<R>,
  expression: Expression,
): (row: R) => boolean {
  const test = new FilterCompiler(rules).compile(expression, new Map([[ROOT, type]]));
  return (row) => test({ [ROOT]: row });
}

interface Side<R> {
  property?: Property<R>;
  literal?: Literal;
  read(environment: Environment<R>): Comparable;
}

class FilterCompiler<R> {
  constructor(private readonly rules: FilterRules<R>) {}

  compile(expression: Expression, scope: Scope<R>): Test<R> {
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
        const type = scope.get(ROOT) as EntityType<R>;
        const test = this.rules.queryFunction(type, expression.name, expression.parameters);
        return (environment) => test(environment[ROOT] as R);
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
    scope: Scope<R>,
  ): Test<R> {
    const first = this.compile(left, scope);
    const second = this.compile(right, scope);
    return kind === 'and'
      ? (environment) => first(environment) && second(environment)
      : (environment) => first(environment) || second(environment);
  }

  /** A bare boolean column, or `true`. */
  private truth(expression: Expression, scope: Scope<R>): Test<R> {
    const side = this.side(expression, scope);
    return (environment) => side.read(environment) === true;
  }

  private side(expression: Expression, scope: Scope<R>): Side<R> {
    if (expression.kind === 'literal') {
      return { literal: expression, read: () => literalValue(expression) };
    }
    if (expression.kind !== 'path') {
      throw new ODataError(
        'The query node is not supported: use a column or a value in a comparison.',
      );
    }
    const [first = '', ...rest] = expression.segments;
    const variable = rest.length > 0 && scope.has(first) ? first : ROOT;
    const segments = variable === ROOT ? expression.segments : rest;
    const property = resolvePath(scope.get(variable) as EntityType<R>, segments);
    return {
      property,
      read: (environment) => property.read(environment[variable] as R),
    };
  }

  private comparison(
    { operator, left, right }: Extract<Expression, { kind: 'compare' }>,
    scope: Scope<R>,
  ): Test<R> {
    const a = this.side(left, scope);
    const b = this.side(right, scope);
    checkTypes(a, b, operator);
    const { neFindsNull } = this.rules;
    const pattern = this.pattern(operator, b);
    if (pattern) {
      return (environment) => {
        const value = a.read(environment);
        if (value === null) return operator === 'ne' && neFindsNull;
        return pattern(String(value)) === (operator === 'eq');
      };
    }
    const compare = comparisons(neFindsNull)[operator];
    const [readA, readB] = [reader(a, b), reader(b, a)];
    return (environment) => compare(readA(environment), readB(environment));
  }

  private pattern(
    operator: Comparison,
    { literal }: Side<R>,
  ): ((text: string) => boolean) | undefined {
    const applies = literal?.type === 'text' && (operator === 'eq' || operator === 'ne');
    return applies ? this.rules.textPattern(String(literal.value)) : undefined;
  }

  private call(name: string, args: readonly Expression[], scope: Scope<R>): Test<R> {
    const [first, second] = args;
    const build = this.rules.textFunctions[name];
    if (!build || !first || !second || args.length !== 2) {
      throw new ODataError(`No function signature for the function with name '${name}' matches.`);
    }
    const subject = this.side(first, scope);
    const pattern = this.side(second, scope);
    if (subject.property && subject.property.valueClass !== 'text') {
      throw new ODataError(`No function signature for the function with name '${name}' matches.`);
    }
    const fixed = pattern.literal ? build(String(pattern.literal.value)) : undefined;
    return (environment) => {
      const text = subject.read(environment);
      const test = fixed ?? build(String(pattern.read(environment) ?? ''));
      return typeof text === 'string' && test(text);
    };
  }

  private lambda(
    { path, all, variable, body }: Extract<Expression, { kind: 'lambda' }>,
    scope: Scope<R>,
  ): Test<R> {
    const [first = '', ...rest] = path;
    const owner = rest.length > 0 && scope.has(first) ? first : ROOT;
    const name = owner === ROOT ? first : (rest[0] ?? '');
    const type = scope.get(owner) as EntityType<R>;
    const relation = type.collection(name);
    if (!relation) throw unknownProperty(name, type.name);
    const inner = new Map(scope).set(variable ?? ROOT, relation.target);
    const test = body ? this.compile(body, inner) : () => true;
    return (environment) => {
      const others = relation.rows(environment[owner] as R);
      const holds = (other: R): boolean => test({ ...environment, [variable ?? ROOT]: other });
      return all ? others.every(holds) : others.some(holds);
    };
  }
}

function literalValue(literal: Literal): Comparable {
  return typeof literal.value === 'string' ? literal.value.toLowerCase() : literal.value;
}

/** Dates are stored in one notation, so a literal is brought into that of the column it meets. */
function reader<R>(side: Side<R>, { property }: Side<R>): Side<R>['read'] {
  const { literal } = side;
  if (literal?.type !== 'datetime' || !property) return side.read;
  const value = dateLiteral(String(literal.value), property.dateOnly ?? false);
  return () => value;
}

function dateLiteral(text: string, dateOnly: boolean): string {
  if (dateOnly) return text.slice(0, 10).toLowerCase();
  const withTime = text.includes('T') ? text : `${text}T00:00:00Z`;
  const time = new Date(/(?:Z|[+-]\d\d:\d\d)$/i.test(withTime) ? withTime : `${withTime}Z`);
  if (Number.isNaN(time.getTime())) throw new ODataError(`'${text}' is not a valid date.`);
  return time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .toLowerCase();
}

const EDM: Readonly<Record<ValueClass, string>> = {
  text: 'Edm.String',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  guid: 'Edm.Guid',
  datetime: 'Edm.DateTimeOffset',
  enum: 'Edm.EnumType',
};

const KINDS: Readonly<Record<Comparison, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

function sideClass<R>({ property, literal }: Side<R>): ValueClass | undefined {
  if (property) return property.valueClass;
  if (!literal || literal.type === 'null' || literal.type === 'enum') return undefined;
  return literal.type;
}

function checkTypes<R>(left: Side<R>, right: Side<R>, operator: Comparison): void {
  const [a, b] = [sideClass(left), sideClass(right)];
  if (!a || !b || a === b) return;
  throw new ODataError(
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
