import { type RegexEngine, setSafeRegexEngine } from 'n8n-workflow';

const compiled = (pattern: string, flags?: string): RegExp => new RegExp(pattern, flags);

/** For those that go on after the first match. */
const global = (pattern: string, flags = ''): RegExp =>
  compiled(pattern, flags.includes('g') ? flags : `${flags}g`);

const untimed: RegexEngine = {
  exec: (pattern, input, flags) => compiled(pattern, flags).exec(input),
  test: (pattern, input, flags) => compiled(pattern, flags).test(input),
  replace: (pattern, input, flags, by) => input.replace(compiled(pattern, flags), by),
  matchAll: (pattern, input, flags) => [...input.matchAll(global(pattern, flags))],
  split: (pattern, input, flags) => input.split(compiled(pattern, flags)),
};

/**
 * n8n ends an expression, such as the one by which a field is checked, a quarter of a second after its begin, by the clock
 * on the wall: a test would fail where the machine has given that time to somebody else. That those of the pack need next
 * to none is held by `test/patterns.test.ts`.
 */
export function matchWithoutLimit(): void {
  setSafeRegexEngine(untimed);
}
