import { groupBy, uniq } from 'lodash';

import { FIELD_OVERRIDES, rowsFor } from '../documents';
import { ServiceError, type ServiceErrorDetails } from '../errors';
import { isWithin } from './path';
import type { FieldProblem } from './scope';

const SHOWN_PROBLEMS = 5;

/** What a person can do about a field that could not be filled, by its path. */
export interface Remedy {
  /** What the panel calls the row that fills the field. */
  rowName: (path: string) => string;
  /** Of the panel's own rows: the list that each stands in, by its path. Absent: a row of the preset has failed. */
  panels?: ReadonlyMap<string, string>;
}

/** Which rows have failed: those that make a document, or the user's own over it. */
export interface FailedRows {
  /** What the name of a target begins with where the document is not the last: `commerce.order:`. */
  prefix: string;
  isOwn: boolean;
  remedy?: Remedy;
}

/** A document that could not be mapped, with what was wrong with each of its fields. */
export class MappingError extends ServiceError {
  constructor(
    message: string,
    details: ServiceErrorDetails,
    readonly problems: readonly FieldProblem[],
  ) {
    super(message, details);
  }
}

/** One error of all fields that could not be filled; with a remedy, it names the rows that help. */
export function problemError(problems: readonly FieldProblem[], rows: FailedRows): MappingError {
  const { prefix, isOwn, remedy } = rows;
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  const texts = shown.map(
    ({ target, source, message }) => `"${target}" (from ${quoted(source)}): ${message}`,
  );
  const more = problems.length - shown.length;
  const [first] = problems;
  return new MappingError(
    `Cannot fill ${texts.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    {
      class: 'validation',
      fix: remedy ? withRows(first?.fix, problems, remedy) : first?.fix,
      rule: first && { target: `${prefix}${rowOf(first)}`, isOwn },
    },
    problems,
  );
}

/**
 * A document that does not add up, where rows of the user's own fill what is added up. Then it is they that are to be
 * looked at first, and if they fail for every document, it is a fault of the mapping.
 *
 * @param reads what the check reads; left out: everything
 */
export function causedByRows(
  failure: ServiceError,
  { prefix, remedy }: FailedRows,
  reads?: readonly string[],
): ServiceError {
  const own = [...(remedy?.panels?.keys() ?? [])];
  const isRead = (path: string): boolean =>
    reads?.some((read) => isWithin(path, read) || isWithin(read, path)) ?? true;
  const causes = own.filter(isRead);
  const [first] = causes;
  if (first === undefined || !remedy || failure.class !== 'validation') return failure;
  const problems = causes.map((target) => ({ target, source: '', message: '', fix: '' }));
  return new ServiceError(failure.message, {
    ...failure.toDetails(),
    fix: withRows(failure.fix, problems, remedy),
    rule: { target: `${prefix}${first}`, isOwn: true },
    cause: failure,
  });
}

/** The row that a place belongs to: it is the same for every element of a list. */
export const rowOf = ({ target }: FieldProblem): string => target.replace(/\[\d+\]/g, '[*]');

function withRows(fix: string | undefined, problems: readonly FieldProblem[], remedy: Remedy) {
  const { panels, rowName } = remedy;
  const places = uniq(problems.map(rowOf));
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
