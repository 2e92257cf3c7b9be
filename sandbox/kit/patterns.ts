import { setFlagsFromString } from 'node:v8';

/**
 * Patterns that come from outside. An ordinary regular expression may take exponential time on a text made for
 * that, and one request would then hold up every service of the process: nothing here backtracks.
 */

/** Any text between two parts of a pattern, also none. */
export const GAP = Symbol('gap');

/** One part of a pattern: a gap, or a test that one character has to pass. */
export type PatternPart = typeof GAP | ((character: string) => boolean);

export const sameCharacter =
  (wanted: string): PatternPart =>
  (character) =>
    character === wanted;

/**
 * Tests whole texts against a pattern. What stands between two gaps is looked for from left to right, and the
 * first place where it fits is as good as any later one, so that only the last gap is ever made longer: at most
 * length of the text × length of the pattern steps.
 */
export function wholeText(parts: readonly PatternPart[]): (text: string) => boolean {
  return (text) => {
    let [position, next] = [0, 0];
    let lastGap: { next: number; position: number } | undefined;
    while (position < text.length) {
      const part = parts[next];
      if (part === GAP) {
        next += 1;
        lastGap = { next, position };
      } else if (part?.(text.charAt(position))) {
        next += 1;
        position += 1;
      } else if (lastGap) {
        lastGap.position += 1;
        ({ next, position } = lastGap);
      } else return false;
    }
    return parts.slice(next).every((part) => part === GAP);
  };
}

setFlagsFromString('--enable-experimental-regexp-engine');

/**
 * A regular expression for V8's engine that never backtracks (flag `l`, https://v8.dev/blog/non-backtracking-regexp).
 * Throws a SyntaxError for what is no regular expression, and for what cannot be matched in linear time:
 * back references, looking ahead, and counts beyond the engine's limit, such as `a{1000}`.
 */
export const linearExpression = (source: string): RegExp => new RegExp(source, 'l');
