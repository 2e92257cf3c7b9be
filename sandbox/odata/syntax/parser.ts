import { ODataError } from '../errors';
import type { Comparison, Expression, Literal, LiteralOrList } from './expression';
import type { Grammar } from './grammar';
import { textOf, tokenize, type Token, type TokenKind } from './lexer';

/**
 * A parser of its own: the one on npm (@odata/parser) gives raw grammar nodes and refuses the documented array
 * form of Dataverse, `Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=['a','b'])`.
 */

/** Texts of `@name=value` query options. */
export type Aliases = ReadonlyMap<string, string>;

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

const NO_ALIASES: Aliases = new Map();

/** Reads tokens one after the other. */
export class TokenReader {
  private index = 0;
  private readonly tokens: Token[];

  constructor(readonly source: string) {
    this.tokens = tokenize(source);
  }

  get current(): Token {
    return this.tokens[this.index] as Token;
  }

  get next(): Token | undefined {
    return this.tokens[this.index + 1];
  }

  take(): Token {
    const token = this.current;
    if (token.kind !== 'end') this.index += 1;
    return token;
  }

  is(text: string, kind: TokenKind = 'symbol'): boolean {
    return this.current.kind === kind && this.current.text === text;
  }

  accept(text: string, kind: TokenKind = 'symbol'): boolean {
    if (!this.is(text, kind)) return false;
    this.take();
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.current.kind !== 'end') throw this.unexpected();
  }

  unexpected(): Error {
    const { position, text } = this.current;
    return new ODataError(
      text === ''
        ? `Expression expected at position ${position} in '${this.source}'.`
        : `Syntax error at position ${position} in '${this.source}'.`,
    );
  }
}

/** How many aliases one filter may use: each may use the next twice, and so on without an end. */
const MAX_ALIASES = 100;

const tooDeep = (): ODataError => new ODataError('Recursion reached allowed limit.');

/** Parses a `$filter`. `aliasesLeft` is shared by all that is read on behalf of one filter. */
export function parseFilter(
  source: string,
  grammar: Grammar,
  aliases: Aliases = NO_ALIASES,
  aliasesLeft = { count: MAX_ALIASES },
): Expression {
  const reader = new TokenReader(source);
  const expression = new ExpressionParser(reader, grammar, aliases, aliasesLeft).or();
  reader.expectEnd();
  return expression;
}

/** The limit that Microsoft's OData library has for a filter. */
const MAX_DEPTH = 800;

/** Aliases without one of them: a value that names its own alias, even by way of another, has no end. */
function without(aliases: Aliases, name: string): Aliases {
  const rest = new Map(aliases);
  rest.delete(name);
  return rest;
}

/** Precedence, from weak to strong: or, and, not, comparison, primary. */
class ExpressionParser {
  private depth = 0;

  constructor(
    private readonly reader: TokenReader,
    private readonly grammar: Grammar,
    private readonly aliases: Aliases,
    private readonly aliasesLeft: { count: number },
  ) {}

  or(): Expression {
    let left = this.and();
    while (this.reader.accept('or', 'name')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.reader.accept('and', 'name')) left = { kind: 'and', left, right: this.not() };
    return left;
  }

  private not(): Expression {
    if (!this.reader.accept('not', 'name')) return this.comparison();
    return this.deeper(() => ({ kind: 'not', operand: this.not() }));
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw tooDeep();
    const result = read();
    this.depth -= 1;
    return result;
  }

  private comparison(): Expression {
    const left = this.primary();
    const { kind, text } = this.reader.current;
    if (kind !== 'name' || !COMPARISONS.has(text)) return left;
    this.reader.take();
    return { kind: 'compare', operator: text as Comparison, left, right: this.primary() };
  }

  private primary(): Expression {
    if (this.reader.accept('(')) {
      const inner = this.deeper(() => this.or());
      this.reader.expect(')');
      return inner;
    }
    const literal = readLiteral(this.reader);
    if (literal) return literal;
    const { kind } = this.reader.current;
    if (kind === 'alias') return this.alias(this.reader.take().text);
    if (kind === 'name') return this.named();
    throw this.reader.unexpected();
  }

  private alias(name: string): Expression {
    const text = this.aliases.get(name);
    // An alias without a value stands for null (OData 4.0, 11.2.5.1.3).
    if (text === undefined) return { kind: 'literal', type: 'null', value: null };
    if (this.aliasesLeft.count === 0) throw tooDeep();
    this.aliasesLeft.count -= 1;
    return parseFilter(text, this.grammar, without(this.aliases, name), this.aliasesLeft);
  }

  private named(): Expression {
    const name = this.reader.take().text;
    if (this.reader.is('(')) return this.call(name);
    const segments = [name];
    while (this.reader.accept('/')) {
      const segment = this.reader.take();
      if (segment.kind !== 'name') throw this.reader.unexpected();
      const quantifier = segment.text === 'any' || segment.text === 'all';
      if (quantifier && this.reader.is('(')) return this.lambda(segments, segment.text === 'all');
      segments.push(segment.text);
    }
    return { kind: 'path', segments };
  }

  private call(name: string): Expression {
    const { namespace, functions } = this.grammar;
    if (namespace !== undefined && name.startsWith(namespace)) {
      const parameters = readParameters(this.reader, this.aliases);
      return { kind: 'query-function', name: name.slice(namespace.length), parameters };
    }
    if (!functions.has(name)) {
      throw new ODataError(`An unknown function with name '${name}' was found.`);
    }
    this.reader.expect('(');
    const args = [this.deeper(() => this.or())];
    while (this.reader.accept(',')) args.push(this.deeper(() => this.or()));
    this.reader.expect(')');
    return { kind: 'call', name, args };
  }

  private lambda(path: readonly string[], all: boolean): Expression {
    this.reader.expect('(');
    if (this.reader.accept(')')) return { kind: 'lambda', path, all };
    const variable = this.reader.take();
    if (variable.kind !== 'name') throw this.reader.unexpected();
    this.reader.expect(':');
    const body = this.deeper(() => this.or());
    this.reader.expect(')');
    return { kind: 'lambda', path, all, variable: variable.text, body };
  }
}

const KEYWORDS: Readonly<Record<string, Literal>> = {
  null: { kind: 'literal', type: 'null', value: null },
  true: { kind: 'literal', type: 'boolean', value: true },
  false: { kind: 'literal', type: 'boolean', value: false },
};

/** The literal at the current token, or undefined when there is none. */
export function readLiteral(reader: TokenReader): Literal | undefined {
  const { kind, text } = reader.current;
  const literal = literalOf(kind, text);
  if (literal) reader.take();
  return literal;
}

function literalOf(kind: TokenKind, text: string): Literal | undefined {
  switch (kind) {
    case 'text':
      return { kind: 'literal', type: 'text', value: textOf(text) };
    case 'number':
      return { kind: 'literal', type: 'number', value: Number(text.replace(/[lmfd]$/i, '')) };
    case 'guid':
      return { kind: 'literal', type: 'guid', value: text.toLowerCase() };
    case 'datetime':
      return { kind: 'literal', type: 'datetime', value: text };
    case 'enum':
      return { kind: 'literal', type: 'enum', value: textOf(text.slice(text.indexOf("'"))) };
    case 'name':
      return Object.hasOwn(KEYWORDS, text) ? KEYWORDS[text] : undefined;
    default:
      return undefined;
  }
}

/** `(Name=value,Other=@alias)`: the parameters of a function. */
export function readParameters(
  reader: TokenReader,
  aliases: Aliases,
): Record<string, LiteralOrList> {
  const parameters: Record<string, LiteralOrList> = {};
  reader.expect('(');
  while (!reader.is(')')) {
    const name = reader.take();
    if (name.kind !== 'name') throw reader.unexpected();
    reader.expect('=');
    parameters[name.text] = readParameter(reader, aliases);
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return parameters;
}

/** A list is read as JSON, where a quote that is doubled ends one text and begins the next. */
const isDoubled = (text: string): boolean =>
  text.startsWith("'") && text.slice(1, -1).includes("''");

const noComma = (): ODataError =>
  new ODataError(
    "Invalid JSON. A comma character ',' was expected in scope 'Array'. Every two elements in an array and " +
      'properties of an object must be separated by commas.',
  );

function readParameter(reader: TokenReader, aliases: Aliases): LiteralOrList {
  if (reader.current.kind === 'alias') {
    const name = reader.take().text;
    const text = aliases.get(name);
    return text === undefined
      ? { kind: 'literal', type: 'null', value: null }
      : readParameter(new TokenReader(text), without(aliases, name));
  }
  if (!reader.accept('[')) {
    const literal = readLiteral(reader);
    if (!literal) throw reader.unexpected();
    return literal;
  }
  const items: Literal[] = [];
  while (!reader.is(']')) {
    const { text } = reader.current;
    const literal = readLiteral(reader);
    if (!literal) throw reader.unexpected();
    if (isDoubled(text)) throw noComma();
    items.push(literal);
    if (!reader.accept(',')) break;
  }
  reader.expect(']');
  return { kind: 'list', items };
}
