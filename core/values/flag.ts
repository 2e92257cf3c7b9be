import { type Choice, choiceIn } from './choice';
import { Unreadable } from './unreadable';

/** Words of shops and databases for yes and no; X-Cart writes E and D. Letters count in either case. */
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'y', 'on', 'enabled', 'e'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'n', 'off', 'disabled', 'd'].map((word) => [word, false] as const),
]);

/** Yes or no; undefined where it is neither, or empty: nothing said is not a no. */
export function flagIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value === 1 ? true : value === 0 ? false : undefined;
  return typeof value === 'string' ? WORDS.get(value.trim().toLowerCase()) : undefined;
}

/**
 * Yes and no in the words of every reader, and then in those of the column, which calls them 1 and 0.
 * @throws Unreadable where it is neither
 */
export function readFlagAmong(value: unknown, choices: readonly Choice[] = []): boolean {
  const label = typeof value === 'string' ? choiceIn(value, choices) : undefined;
  return flagIn(value) ?? (label === undefined ? readFlag(value) : label === 1);
}

/** @throws Unreadable where it is neither yes nor no, or empty */
export function readFlag(value: unknown): boolean {
  const flag = flagIn(value);
  if (flag !== undefined) return flag;
  throw new Unreadable('yes or no', value, {
    fix: 'Add a Look Up transform that names the values of the source.',
  });
}
