import type { SearchExpression } from './expression';
import { isWithin, type Word, wordsOf } from './words';

/** A text that is searched, by the name of its column. */
export interface SearchedText {
  column: string;
  text: string;
  words: readonly Word[];
}

export const searchedText = (column: string, text: string): SearchedText => ({
  column,
  text,
  words: wordsOf(text),
});

/** Where a record says what is asked for: the words by column, and how well it does. */
export interface Match {
  score: number;
  hits: ReadonlyMap<SearchedText, ReadonlySet<Word>>;
}

type Leaf = Extract<SearchExpression, { kind: 'words' }>;

const NOTHING: Match = { score: 0, hits: new Map() };

/** Undefined where the record is not what is asked for. */
export function matchOf(
  expression: SearchExpression,
  texts: readonly SearchedText[],
): Match | undefined {
  switch (expression.kind) {
    case 'words':
      return matchWords(expression, texts);
    case 'not':
      return matchOf(expression.part, texts) ? undefined : NOTHING;
    case 'and': {
      const found = expression.parts.map((part) => matchOf(part, texts));
      const all = found.filter((match) => match !== undefined);
      return all.length === found.length ? together(all) : undefined;
    }
    case 'or': {
      const found = expression.parts
        .map((part) => matchOf(part, texts))
        .filter((match) => match !== undefined);
      return found.length > 0 ? together(found) : undefined;
    }
  }
}

function together(matches: readonly Match[]): Match {
  const hits = new Map<SearchedText, Set<Word>>();
  let score = 0;
  for (const match of matches) {
    score += match.score;
    for (const [text, words] of match.hits) {
      const known = hits.get(text) ?? new Set<Word>();
      for (const word of words) known.add(word);
      hits.set(text, known);
    }
  }
  return { score, hits };
}

function matchWords(leaf: Leaf, texts: readonly SearchedText[]): Match | undefined {
  const hits = new Map<SearchedText, Set<Word>>();
  let score = 0;
  for (const text of texts) {
    if (leaf.column !== undefined && leaf.column !== text.column) continue;
    const found = hitsIn(leaf, text.words);
    if (found.size === 0) continue;
    hits.set(text, found);
    // A word says more of a short text than of a long one.
    score += (leaf.boost * found.size) / Math.sqrt(text.words.length);
  }
  return hits.size > 0 ? { score, hits } : undefined;
}

function hitsIn(leaf: Leaf, words: readonly Word[]): Set<Word> {
  const hits = new Set<Word>();
  words.forEach((_, index) => {
    for (const word of runFrom(leaf, words, index) ?? []) hits.add(word);
  });
  return hits;
}

/** The words from a place on that are those asked for, in their order. */
function runFrom(leaf: Leaf, words: readonly Word[], from: number): Word[] | undefined {
  const run: Word[] = [];
  let place = from;
  let spare = leaf.slop;
  for (const [index, wanted] of leaf.words.entries()) {
    const last = index === leaf.words.length - 1;
    let word = words[place];
    while (index > 0 && spare > 0 && word && !isWord(leaf, wanted, last, word)) {
      spare -= 1;
      place += 1;
      word = words[place];
    }
    if (!word || !isWord(leaf, wanted, last, word)) return undefined;
    run.push(word);
    place += 1;
  }
  return run;
}

function isWord({ prefix, fuzzy }: Leaf, wanted: string, last: boolean, { text }: Word): boolean {
  if (text === wanted) return true;
  if (last && prefix && text.startsWith(wanted)) return true;
  return fuzzy > 0 && isWithin(text, wanted, fuzzy);
}
