import { ODataError } from '../errors';
import type { Literal } from './expression';
import type { Grammar } from './grammar';
import { readLiteral, TokenReader, type Aliases } from './parser';

/** `accounts(<guid>)`, the value of the only key column, or `accounts(name='a',number=1)`. */
export type KeyPredicate =
  { kind: 'single'; value: Literal } | { kind: 'named'; values: Readonly<Record<string, Literal>> };

/** One part of a path between slashes. */
export interface Segment {
  name: string;
  /** What stands in parentheses, without them; undefined when there are none. */
  inner?: string;
}

/** Path below the service root, and the query, of a URL that may be absolute, a path or relative. */
export function splitUrl(url: string, { root }: Grammar): { path: string; query: string } {
  const [beforeFragment = ''] = url.split('#');
  const mark = beforeFragment.indexOf('?');
  const path = mark < 0 ? beforeFragment : beforeFragment.slice(0, mark);
  const query = mark < 0 ? '' : beforeFragment.slice(mark + 1);
  return { path: path.replace(root, '').replace(/^\/+|(?<!\/)\/+$/g, ''), query };
}

/** Splits at slashes outside of quotes, then decodes each part. */
export function parsePath(path: string): Segment[] {
  const parts = path.replace(/%27/gi, "'").match(/(?:[^/']|'(?:[^']|'')*'?)+/g) ?? [];
  return parts.map((part) => parseSegment(decode(part)));
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ODataError(`The URI '${text}' is not valid: a percent sign must be encoded as %25.`);
  }
}

function parseSegment(text: string): Segment {
  const open = text.indexOf('(');
  if (open < 0) return { name: text };
  if (!text.endsWith(')')) throw new ODataError(`Bad Request - Error in query syntax: '${text}'.`);
  return { name: text.slice(0, open), inner: text.slice(open + 1, -1) };
}

/** Reads what stands in the parentheses of an entity segment. */
export function parseKey(inner: string, aliases: Aliases): KeyPredicate {
  const reader = new TokenReader(inner);
  const positional = readKeyValue(reader, aliases);
  if (positional) {
    reader.expectEnd();
    return { kind: 'single', value: positional };
  }
  const values: Record<string, Literal> = {};
  do {
    const name = reader.take();
    if (name.kind !== 'name') throw reader.unexpected();
    reader.expect('=');
    const value = readKeyValue(reader, aliases);
    if (!value) throw reader.unexpected();
    values[name.text] = value;
  } while (reader.accept(','));
  reader.expectEnd();
  return { kind: 'named', values };
}

function readKeyValue(reader: TokenReader, aliases: Aliases): Literal | undefined {
  if (reader.current.kind !== 'alias') return readLiteral(reader);
  const text = aliases.get(reader.take().text);
  return text === undefined ? undefined : readLiteral(new TokenReader(text));
}
