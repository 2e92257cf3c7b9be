import { groupBy, uniq } from 'lodash';

import { FIELD_OVERRIDES, rowsFor } from '../documents';
import type { ServiceError } from '../errors';
import { validationError } from '../errors';
import type { FieldProblem } from './scope';

const SHOWN_PROBLEMS = 5;

/** What a person can do about a field that could not be filled, by its path. */
export interface Remedy {
  /** What the panel calls the row that fills the field. */
  rowName: (path: string) => string;
  /** Of the panel's own rows: the list that each stands in, by its path. Absent: a row of the preset has failed. */
  panels?: ReadonlyMap<string, string>;
}

/** One error of all fields that could not be filled; with a remedy, it names the rows that help. */
export function problemError(problems: readonly FieldProblem[], remedy?: Remedy): ServiceError {
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  const texts = shown.map(
    ({ target, source, message }) => `"${target}" (from ${quoted(source)}): ${message}`,
  );
  const more = problems.length - shown.length;
  const fix = problems[0]?.fix;
  return validationError(
    `Cannot fill ${texts.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    remedy ? withRows(fix, problems, remedy) : fix,
  );
}

function withRows(fix: string | undefined, problems: readonly FieldProblem[], remedy: Remedy) {
  const { panels, rowName } = remedy;
  const places = uniq(problems.map(({ target }) => target.replace(/\[\d+\]/g, '[*]')));
  const named = groupBy(places, (place) => panels?.get(place) ?? FIELD_OVERRIDES);
  const rows = Object.entries(named)
    .map(([panel, paths]) => rowsFor(paths.map(rowName), 'and', panel))
    .join(', and ');
  const sentence = panels
    ? `Change ${rows}.`
    : `Add ${rows}, with another field, a fixed value, a default or a formula.`;
  return fix === undefined ? sentence : `${sentence} ${fix}`;
}

function quoted(source: string): string {
  return source.includes(' ') ? source : `"${source}"`;
}
