import { canonical, fieldOf, isWithin, parsePaths } from './path';
import type { Step } from './rules';
import type { Run } from './scope';
import type { FieldRule } from './spec';
import { pathsOf, valuesWithin } from './visit';

/**
 * Formulas are worked out later than all other rules. A rule that reads or writes what a formula above it fills waits for
 * that, in a wave of its own, so that the order of the rules stays the one that a person sees.
 */

/** Places of the target that a rule reads or writes, and the wave from which on it has done so. */
interface Use {
  places: string[];
  from: number;
}

function mappedPlaces(path: string): string[] {
  try {
    return parsePaths(path).flatMap(({ root, steps }) =>
      root.kind === 'mapped' ? [fieldOf(steps)] : [],
    );
  } catch {
    return [];
  }
}

const overlap = (one: string, other: string): boolean =>
  isWithin(one, other) || isWithin(other, one);

/** The wave of each rule: 0 for all that need not wait. */
export function wavesOf(rules: readonly FieldRule[]): number[] {
  const uses: Use[] = [];
  return rules.map((rule) => {
    const hasFormula = valuesWithin([rule]).some(({ formula }) => formula !== undefined);
    if (!hasFormula && uses.length === 0) return 0;
    const places = [canonical(rule.to), ...pathsOf(rule).flatMap(mappedPlaces)];
    const before = uses.filter((use) =>
      use.places.some((place) => places.some((own) => overlap(own, place))),
    );
    const wave = Math.max(0, ...before.map(({ from }) => from));
    const from = hasFormula ? wave + 1 : wave;
    if (from > 0) uses.push({ places, from });
    return wave;
  });
}

/** The step in its wave: `0` is at once. */
export function inWave(wave: number, step: Step): Step {
  if (wave === 0) return step;
  return (scope, target) => {
    const { run } = scope;
    (run.later ??= []).push({ wave: (run.wave ?? 0) + wave, start: () => step(scope, target) });
  };
}

/** How much is still to come of what has been started. */
export function toCome({ pending, later }: Run): number {
  return pending.length + (later?.length ?? 0);
}

/** Starts all that has waited for the formulas that are now worked out; false where nothing has. */
export function startNextWave(run: Run): boolean {
  const { later = [] } = run;
  if (later.length === 0) return false;
  run.wave = Math.min(...later.map(({ wave }) => wave));
  run.later = later.filter(({ wave }) => wave !== run.wave);
  for (const { wave, start } of later) if (wave === run.wave) start();
  return true;
}
