import { validationError } from '../../../core/errors';
import { COMPARISONS, type Condition, type Json } from '../../../core/mapping';
import { numberIn } from '../../../core/values';
import { OTHER } from '../fields';
import { constantOf, draggedOrTyped, isExpression } from './dragged';
import { named, type ReadRow } from './saved';

type Comparison = (typeof COMPARISONS)[number];

/** Comparisons that ask only whether there is a value. */
const ASKS_NO_VALUE: ReadonlySet<Comparison> = new Set(['missing', 'exists']);

/** What the editor's text says to be compared with, where that is no single value. */
const VALUES: Partial<Record<Comparison, (text: string, read: ReadRow) => Json>> = {
  in: (text) => text.split(',').map((part) => flagOr(part.trim())),
  greaterThan: numberOf,
  lessThan: numberOf,
};

/** `true` is yes in all the ways in which systems write it. */
function flagOr(text: string): Json {
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

function numberOf(text: string, { name }: ReadRow): Json {
  const number = numberIn(text);
  if (number !== undefined) return number;
  throw validationError(
    `Only If Field of ${name} compares numbers, and is compared with "${text}"`,
    'Enter a number, written as 1234.50.',
  );
}

function pathOf(read: ReadRow): string {
  const { raw, row, name } = read;
  const saved = raw.onlyIf === OTHER ? raw.otherOnlyIf : raw.onlyIf;
  const dragged = draggedOrTyped(saved, read);
  if (isExpression(saved) && dragged === undefined) {
    throw validationError(
      `Only If Field of ${name} has an expression that is no field`,
      'Choose a field from the list, or drag one from the input.',
    );
  }
  const path = dragged ?? named(row.onlyIf, row.otherOnlyIf);
  if (path !== '') return path;
  throw validationError(
    `Only If Field of ${name} names no field`,
    'Enter the path of the field, or choose one from the list.',
  );
}

/** The condition of a row; undefined for a row that always counts. */
export function conditionOf(read: ReadRow): Condition | undefined {
  const { raw, row, name } = read;
  if (!raw.onlyIf) return undefined;
  const path = pathOf(read);
  const is = COMPARISONS.find((known) => known === row.comparison) ?? 'equals';
  if (ASKS_NO_VALUE.has(is)) return { path, is };
  const what = `Compared With of ${name}`;
  const text = String(constantOf(raw.comparedWith, row.comparedWith, what) ?? '').trim();
  if (text !== '') return { path, is, value: (VALUES[is] ?? flagOr)(text, read) };
  throw validationError(
    `${what} is empty`,
    'Enter the value, or choose the comparison Is Empty or Is Not Empty.',
  );
}
