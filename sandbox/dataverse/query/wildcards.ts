import { GAP, sameCharacter, wholeText, type PatternPart } from '../../kit';

/** SQL patterns in strings: `%` any text, `_` one character, `[abc]` one of these, `[^abc]` none of these. */

const WILDCARD = /[%_[]/;

export const hasWildcard = (text: string): boolean => WILDCARD.test(text);

const anyCharacter: PatternPart = () => true;

/** The characters between brackets, ranges such as `a-z` among them. */
function characterSet(inner: string): (character: string) => boolean {
  const ranges: Array<readonly [first: string, last: string]> = [];
  for (let index = 0; index < inner.length; index += 1) {
    const first = inner.charAt(index);
    const isRange = inner[index + 1] === '-' && index + 2 < inner.length;
    if (isRange) index += 2;
    ranges.push([first, inner.charAt(index)]);
  }
  return (character) => ranges.some(([first, last]) => first <= character && character <= last);
}

function setPart(inner: string): PatternPart {
  if (!inner.startsWith('^')) return characterSet(inner);
  const excluded = characterSet(inner.slice(1));
  return (character) => !excluded(character);
}

/** A bracket that is never closed, or closed at once, stands for itself. */
function partsOf(pattern: string): PatternPart[] {
  const parts: PatternPart[] = [];
  const lastClose = pattern.lastIndexOf(']');
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    const close = character === '[' && index < lastClose ? pattern.indexOf(']', index) : -1;
    const inner = pattern.slice(index + 1, close);
    if (character === '%') parts.push(GAP);
    else if (character === '_') parts.push(anyCharacter);
    else if (close < 0 || inner === '' || inner === '^') parts.push(sameCharacter(character));
    else {
      parts.push(setPart(inner));
      index = close;
    }
  }
  return parts;
}

/** Tests lower-case text against a pattern, whole text. */
export const like = (pattern: string): ((text: string) => boolean) =>
  wholeText(partsOf(pattern.toLowerCase()));
