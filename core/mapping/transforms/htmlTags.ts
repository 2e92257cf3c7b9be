import {
  BARE_ATTRIBUTES,
  COMPLETE_ALONE,
  HTML_ELEMENTS,
  OFTEN_UNENDED,
  WITHOUT_TEXT,
} from './htmlElements';

/**
 * Which of the angle brackets of a text are markup. Shops write both into one field: `Cable <USB> to <HDMI>`,
 * `a<b and c>d` and `<3` are text, `<b>Mug</b>` and `<a title="a > b">` are not, and `<A>` alone is the name of a plug.
 */

export type Piece =
  | { kind: 'text'; text: string }
  /** Of an element, in small letters. */
  | { kind: 'start' | 'end'; name: string }
  /** Comments, declarations, instructions, scripts and styles. */
  | { kind: 'hidden' };

interface Tag {
  kind: 'tag';
  text: string;
  name: string;
  isEnd: boolean;
  /** Attributes, a slash or a prefix of Word say that it is markup whatever stands around it. */
  isSure: boolean;
}

type Token = Extract<Piece, { kind: 'text' | 'hidden' }> | Tag;

const NAME = /<(\/?)([a-z][a-z0-9]*)(?=[\s/>])/iy;
/** Elements that Word writes with a prefix, such as `<o:p>`. */
const OF_WORD = /<\/?(?:o|v|w|m|x|st\d):[a-z]\w*(?=[\s/>])[^<>]*>/iy;
const ATTRIBUTE = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?/y;
const ATTRIBUTE_BEGINS = /[\s/]*[^\s"'<>/=]+\s*=/y;
const END_OF_TAG = /[\s/]*>/y;
const TO_BRACKET = /[^<>]*>/y;

/** What is passed over as a whole: how it begins, and how it ends. CDATA is the text that it holds. */
const HIDDEN: ReadonlyArray<readonly [begin: string, end: RegExp]> = [
  ['<!--', /-->|--!>/g],
  ['<![', />/g],
  ['<!DOCTYPE', />/g],
  ['<?xml', />/g],
  ['<?php', /\?>/g],
];
const CDATA = { begin: '<![CDATA[', end: ']]>' };

function withoutCdata(html: string): string {
  const [first = '', ...others] = html.split(CDATA.begin);
  return first + others.map((part) => part.replace(CDATA.end, '')).join('');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function endOfHidden(html: string, at: number): number | undefined {
  for (const [begin, end] of HIDDEN) {
    if (html.slice(at, at + begin.length).toLowerCase() !== begin.toLowerCase()) continue;
    if (/^<!--(?:-?>)/.test(html.slice(at, at + 6))) return html.indexOf('>', at) + 1;
    const found = matchAt(end, html, at + begin.length);
    return found ? found.index + found[0].length : html.length;
  }
  return undefined;
}

interface Attributes {
  end: number;
  /** Whether any was written. */
  some: boolean;
}

/** Reads what stands between the name of an element and its bracket; undefined where those are no attributes. */
function attributesAt(html: string, from: number): Attributes | undefined {
  let at = from;
  let some = false;
  for (;;) {
    const closed = matchAt(END_OF_TAG, html, at);
    if (closed) return { end: at + closed[0].length, some: some || closed[0].includes('/') };
    const attribute = matchAt(ATTRIBUTE, html, at);
    if (!attribute) break;
    const [whole, name = '', value] = attribute;
    if (value === undefined && !BARE_ATTRIBUTES.has(name.toLowerCase())) break;
    some = true;
    at += whole.length;
  }
  // Quotes that do not match are common in what old editors wrote.
  some ||= matchAt(ATTRIBUTE_BEGINS, html, at) !== undefined;
  const rest = matchAt(TO_BRACKET, html, at);
  if (some && rest) return { end: at + rest[0].length, some };
  // A teaser that was cut within a tag.
  return some && html.indexOf('>', at) < 0 ? { end: html.length, some } : undefined;
}

function tagAt(html: string, at: number): { tag: Tag; end: number } | undefined {
  const ofWord = matchAt(OF_WORD, html, at);
  if (ofWord) {
    const [text] = ofWord;
    const tag: Tag = { kind: 'tag', text, name: '', isEnd: text.startsWith('</'), isSure: true };
    return { tag, end: at + text.length };
  }
  const begin = matchAt(NAME, html, at);
  const name = begin?.[2]?.toLowerCase();
  if (!begin || name === undefined || !HTML_ELEMENTS.has(name)) return undefined;
  const attributes = attributesAt(html, at + begin[0].length);
  if (!attributes) return undefined;
  const { end, some } = attributes;
  const isEnd = begin[1] === '/';
  return { tag: { kind: 'tag', text: html.slice(at, end), name, isEnd, isSure: some }, end };
}

/** Where what an element holds ends with its end tag; undefined without one, as in the title `Learn <style>`. */
function endFinder(html: string): (name: string, from: number) => number | undefined {
  const unended = new Set<string>();
  return (name, from) => {
    if (unended.has(name)) return undefined;
    const end = matchAt(new RegExp(`</${name}\\s*>`, 'gi'), html, from);
    if (end) return end.index + end[0].length;
    unended.add(name);
    return undefined;
  };
}

function tokensOf(html: string): Token[] {
  const tokens: Token[] = [];
  const endOf = endFinder(html);
  let from = 0;
  const put = (token: Token, at: number, end: number): number => {
    if (at > from) tokens.push({ kind: 'text', text: html.slice(from, at) });
    tokens.push(token);
    from = end;
    return end;
  };
  let at = html.indexOf('<');
  while (at >= 0) {
    let hidden = endOfHidden(html, at);
    const tag = hidden === undefined ? tagAt(html, at) : undefined;
    if (tag && !tag.tag.isEnd && WITHOUT_TEXT.has(tag.tag.name)) {
      hidden = endOf(tag.tag.name, tag.end);
    }
    let next = at + 1;
    if (hidden !== undefined) next = put({ kind: 'hidden' }, at, hidden);
    else if (tag) next = put(tag.tag, at, tag.end);
    at = html.indexOf('<', next);
  }
  if (from < html.length) tokens.push({ kind: 'text', text: html.slice(from) });
  return tokens;
}

/** A bracket with a letter in it that is no tag. */
const OTHER_BRACKET = /<[a-z][^<>]*>/i;

/** Start tags that say nothing but their name are markup where something else says so. */
function textTags(tokens: readonly Token[]): ReadonlySet<Token> {
  const texts = new Set<Token>();
  const unended: Tag[] = [];
  const ended = new Set<string>();
  let isFollowed = false;
  let isText = tokens.some((token) => token.kind === 'text' && OTHER_BRACKET.test(token.text));
  for (const token of [...tokens].reverse()) {
    if (token.kind === 'text' && token.text.trim() !== '') isFollowed = true;
    if (token.kind !== 'tag') continue;
    const { name, isEnd, isSure } = token;
    if (isEnd) ended.add(name);
    else if (!isSure && !ended.has(name) && !COMPLETE_ALONE.has(name)) {
      unended.push(token);
      if (!OFTEN_UNENDED.has(name) || !isFollowed) isText = true;
    }
  }
  if (isText) for (const tag of unended) texts.add(tag);
  return texts;
}

/** The text in pieces: what is text, and what is markup. */
export function piecesOf(html: string): Piece[] {
  const tokens = tokensOf(withoutCdata(html));
  const texts = textTags(tokens);
  return tokens.map((token) => {
    if (token.kind !== 'tag') return token;
    const { text, name, isEnd } = token;
    if (texts.has(token)) return { kind: 'text', text };
    return { kind: isEnd ? 'end' : 'start', name };
  });
}
