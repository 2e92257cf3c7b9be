/** Words of texts, as a search compares them. */

export interface Word {
  /** In lower case. */
  text: string;
  /** Where it stands in the text that it is from. */
  start: number;
  end: number;
}

/** Letters and digits belong together, everything else stands between words. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((found) => ({
    text: found[0].toLowerCase(),
    start: found.index,
    end: found.index + found[0].length,
  }));

/** Whether one word becomes the other by at most so many letters changed, added or left out. */
export function isWithin(left: string, right: string, most: number): boolean {
  if (Math.abs(left.length - right.length) > most) return false;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const others = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(changed, others));
    }
    previous = current;
  }
  return (previous[right.length] ?? Infinity) <= most;
}

const HIT = '{crmhit}';
const HIT_END = '{/crmhit}';

export const hit = (text: string): string => `${HIT}${text}${HIT_END}`;

/** A text with marks around the given parts of it, which do not overlap. */
export function highlighted(
  text: string,
  parts: ReadonlyArray<{ start: number; end: number }>,
): string {
  let marked = '';
  let from = 0;
  for (const { start, end } of [...parts].sort((left, right) => left.start - right.start)) {
    marked += text.slice(from, start) + hit(text.slice(start, end));
    from = end;
  }
  return marked + text.slice(from);
}
