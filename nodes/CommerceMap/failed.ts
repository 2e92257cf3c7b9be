import { countBy, groupBy, partition, uniq, uniqBy } from 'lodash';

import { ServiceError, toServiceError } from '../../core/errors';
import { MappingError, rowOf } from '../../core/mapping';
import type { Outcome } from '../../core/outcome';

/** So many of one kind are named; the items have them all. */
export const SHOWN = 3;
/** Of the values that a look-up lacks: whoever adds one is about to add the others. */
const SHOWN_VALUES = 10;

/** `"a" (3 ×); "b" (1 ×); and 2 more`, the most frequent first. */
export function named(counts: Record<string, number>, most = SHOWN): string {
  const entries = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const shown = entries.slice(0, most).map(([text, count]) => `${text} (${count} ×)`);
  const more = entries.length - shown.length;
  return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}

/** A value that the look-up of a row has no entry for. */
interface Missing {
  row: string;
  value: string;
}

/** What the look-ups of a document lack, each once; none where something else is wrong with it, too. */
function missingIn(error: ServiceError): Missing[] {
  const problems = error instanceof MappingError ? error.problems : [];
  const all = problems.flatMap((problem) =>
    problem.missing === undefined ? [] : [{ row: rowOf(problem), value: problem.missing }],
  );
  if (all.length < problems.length) return [];
  return uniqBy(all, ({ row, value }) => `${row} ${value}`);
}

/** One text for each look-up, with all that it lacks in all of the documents. */
function lookUps(errors: ServiceError[]): string[] {
  const rows = groupBy(errors.flatMap(missingIn), ({ row }) => row);
  return Object.entries(rows).map(([row, all]) => {
    const values = countBy(all, ({ value }) => value);
    return `the look-up of "${row}" has no entry for ${named(values, SHOWN_VALUES)}`;
  });
}

/** "5 of 5 failed: …", with what most of them say and how it is repaired; undefined where none has. */
export function failed(
  outcomes: readonly Outcome<object>[],
): { message: string; fix?: string } | undefined {
  const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [toServiceError(outcome.error)]));
  if (errors.length === 0) return undefined;
  const [lacking, others] = partition(errors, (error) => missingIn(error).length > 0);
  const counts = countBy(others, ({ message }) => message);
  const told = [...lookUps(lacking), ...(others.length > 0 ? [named(counts)] : [])];
  const fixes = uniq(errors.map(({ fix }) => fix));
  return {
    message: `${errors.length} of ${outcomes.length} failed: ${told.join('; ')}.`,
    fix: told.length === 1 && fixes.length === 1 ? fixes[0] : undefined,
  };
}

/** n8n shows hints beside an output, which a node that stops has not: then its error says how many have failed, and why. */
export function toldByError(outcomes: Outcome<object>[]): Outcome<object>[] {
  const first = outcomes.findIndex(({ ok }) => !ok);
  const outcome = outcomes[first];
  if (outcomes.length < 2 || outcome === undefined || outcome.ok) return outcomes;
  const { message = '', fix } = failed(outcomes) ?? {};
  const error = new ServiceError(message, { ...toServiceError(outcome.error).toDetails(), fix });
  return outcomes.with(first, { ok: false, error });
}
