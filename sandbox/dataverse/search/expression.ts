import { errors } from '../errors';
import { wordsOf } from './words';

/** What a search asks for. Source: Dataverse docs, search/query: simple syntax, and that of Lucene. */
export type SearchExpression =
  | {
      kind: 'words';
      /** One word, or several that follow each other. */
      words: readonly string[];
      /** The last word may go on. */
      prefix: boolean;
      /** Letters in which a word may differ. */
      fuzzy: number;
      /** Words that may stand between. */
      slop: number;
      boost: number;
      /** The only column that is looked at. */
      column?: string;
    }
  | { kind: 'and' | 'or'; parts: readonly SearchExpression[] }
  | { kind: 'not'; part: SearchExpression };

export interface SearchSyntax {
  lucene: boolean;
  /** Words beside each other are all asked for, not one of them. */
  all: boolean;
}

type Token = { kind: 'text'; text: string; quoted: boolean } | { kind: 'operator'; text: string };

const SIMPLE_OPERATORS: Readonly<Record<string, string>> = {
  '+': '+',
  '|': '|',
  '-': '-',
  '(': '(',
  ')': ')',
};
const LUCENE_OPERATORS: Readonly<Record<string, string>> = {
  ...SIMPLE_OPERATORS,
  '!': '-',
  '&&': '&',
  '||': '|',
};
const LUCENE_WORDS: Readonly<Record<string, string>> = { AND: '&', OR: '|', NOT: '-' };

/** A backslash before a character makes it a part of the text. */
function tokensOf(source: string, { lucene }: SearchSyntax): Token[] {
  const tokens: Token[] = [];
  const operators = lucene ? LUCENE_OPERATORS : SIMPLE_OPERATORS;
  const pattern =
    /\s+|"(?:[^"\\]|\\.)*"?(?:~\d+)?(?:\^[\d.]+)?|&&|\|\||[()]|[-+|!](?!$)|(?:\\.|[^\s"()|+\\])+|./gsu;
  for (const [part] of source.matchAll(pattern)) {
    if (/^\s/.test(part)) continue;
    const operator = operators[part] ?? (lucene ? LUCENE_WORDS[part] : undefined);
    if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else if (/[\p{L}\p{N}]/u.test(part) || (lucene && part.startsWith('/'))) {
      tokens.push({ kind: 'text', text: part, quoted: part.startsWith('"') });
    }
  }
  return tokens;
}

/** Reads what is searched for; undefined where there is no word in it. */
export function parseSearch(source: string, syntax: SearchSyntax): SearchExpression | undefined {
  const reader = new Reader(tokensOf(source, syntax), syntax);
  return reader.whole();
}

class Reader {
  private place = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly syntax: SearchSyntax,
  ) {}

  whole(): SearchExpression | undefined {
    const parts: SearchExpression[] = [];
    while (this.place < this.tokens.length) {
      const part = this.either();
      if (part) parts.push(part);
      // A parenthesis that nothing opens is no part of the question.
      this.accept(')');
    }
    return joined(this.syntax.all ? 'and' : 'or', parts);
  }

  private either(): SearchExpression | undefined {
    const parts: SearchExpression[] = [];
    do {
      const part = this.beside();
      if (part) parts.push(part);
    } while (this.accept('|'));
    return joined('or', parts);
  }

  /** Groups beside each other: what must be there stands above what may be. */
  private beside(): SearchExpression | undefined {
    const must: SearchExpression[] = [];
    const may: SearchExpression[] = [];
    const never: SearchExpression[] = [];
    for (;;) {
      const token = this.tokens[this.place];
      if (!token || isOperator(token, ')') || isOperator(token, '|')) break;
      const required = this.accept('+');
      const group = this.together();
      if (!group) continue;
      if (this.syntax.lucene && group.kind === 'not') never.push(group);
      else if (required || this.syntax.all) must.push(group);
      else may.push(group);
    }
    const open = must.length > 0 && this.syntax.lucene ? [] : may;
    const some = joined('or', open);
    return joined('and', [...must, ...(some ? [some] : []), ...never]);
  }

  private together(): SearchExpression | undefined {
    const parts: SearchExpression[] = [];
    do {
      const part = this.unit();
      if (part) parts.push(part);
    } while (this.accept('&') || (!this.syntax.lucene && this.accept('+')));
    return joined('and', parts);
  }

  private unit(): SearchExpression | undefined {
    if (this.accept('-')) {
      const part = this.unit();
      return part && { kind: 'not', part };
    }
    if (this.accept('(')) {
      const inner = this.either();
      this.accept(')');
      return inner;
    }
    const token = this.tokens[this.place];
    if (token?.kind !== 'text') {
      if (token && !isOperator(token, ')') && !isOperator(token, '|')) this.place += 1;
      return undefined;
    }
    this.place += 1;
    return readWords(token.text, token.quoted, this.syntax);
  }

  private accept(text: string): boolean {
    const token = this.tokens[this.place];
    const found = token !== undefined && isOperator(token, text);
    if (found) this.place += 1;
    return found;
  }
}

const isOperator = (token: Token, text: string): boolean =>
  token.kind === 'operator' && token.text === text;

function joined(
  kind: 'and' | 'or',
  parts: readonly SearchExpression[],
): SearchExpression | undefined {
  return parts.length > 1 ? { kind, parts } : parts[0];
}

/** `name:con*`, `Uniersty~`, `"airport hotel"~5`, `Rock^2` */
function readWords(
  source: string,
  quoted: boolean,
  { lucene }: SearchSyntax,
): SearchExpression | undefined {
  if (lucene && source.startsWith('/')) {
    throw errors.notImplemented('A regular expression in a search');
  }
  const named = lucene && !quoted ? /^(\w+):(?=.)/.exec(source) : null;
  const rest = source.slice(named?.[0].length ?? 0);
  const suffix = lucene ? /(?:~(\d*))?(?:\^([\d.]+))?$/.exec(rest) : null;
  const text = rest.slice(0, rest.length - (suffix?.[0].length ?? 0));
  const words = wordsOf(text.replace(/\\(.)/gs, '$1')).map((word) => word.text);
  if (words.length === 0) return undefined;
  const distance = suffix?.[1] === undefined ? 0 : Math.min(Number(suffix[1] || 2), 10);
  return {
    kind: 'words',
    words,
    prefix: !quoted && /(?<!\\)\*$/.test(text),
    fuzzy: quoted ? 0 : Math.min(distance, 2),
    slop: quoted ? distance : 0,
    boost: suffix?.[2] === undefined ? 1 : Number(suffix[2]) || 1,
    ...(named ? { column: named[1] } : {}),
  };
}
