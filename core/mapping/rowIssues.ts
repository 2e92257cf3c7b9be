import type { DocumentField, DocumentType } from '../documents';
import { rowName } from '../documents';
import { validationError } from '../errors';
import { cutList } from './inList';
import type { MappingPlan, OverlayRow } from './plan';
import { isPlan, parseTarget, replacesValue } from './plan';
import { isListPath } from './read';
import { unknownPath } from './sample';
import type { MappingSpec } from './spec';
import { visitLeaves } from './visit';

/**
 * What is wrong with rows of the editor as a whole: with two that fill one field, with a name that cannot be meant. It is
 * said before anything runs, where a mapping would go through and quietly do something else than the row says.
 */

/** A row with what messages call it. */
export interface PlacedRow {
  row: OverlayRow;
  /** `Field 2 ("salesorder.name")` */
  name: string;
  /** Whether its field takes a list of values as it is. */
  keepsList?: boolean;
}

/** What the rows are laid over. */
export interface RowsWorld {
  /** The preset; left out: the rows are the whole mapping. */
  mapping?: MappingSpec | MappingPlan;
  /** Rows of another list of the editor, which these are laid over. */
  before: readonly OverlayRow[];
  from?: DocumentType;
  to?: DocumentType;
  documents: readonly DocumentType[];
  /** Documents of a run by hand: a path that none of them has is refused. Empty: no path is. */
  samples: readonly unknown[];
}

/** @throws a validation error that names the first row that is wrong, and how to repair it */
export function checkRows(rows: readonly PlacedRow[], world: RowsWorld): void {
  for (const placed of rows) {
    checkPrefix(placed, world);
    checkList(placed, world);
    checkMapped(placed, rows, world);
    checkPaths(placed, world);
  }
  checkDoubles(rows);
}

/** The last of two rows wins; unless it builds on the first, or leaves it to a condition, that one does nothing. */
function checkDoubles(rows: readonly PlacedRow[]): void {
  for (const [at, second] of rows.entries()) {
    const first = rows.slice(0, at).find(({ row }) => row.to === second.row.to);
    if (first === undefined || !replacesValue(second.row)) continue;
    const isElse = first.row.when !== undefined;
    throw validationError(
      `${first.name} and ${second.name} fill the same field, and only the second would count`,
      isElse
        ? `Move ${second.name} above ${first.name}: the row with the condition is then the exception to it.`
        : 'Remove one of them, give the second a condition (Only If), or let it change the Mapped Value.',
    );
  }
}

/** What the row fills: of the last document, or of the one that its target names. */
function targetOf({ to }: OverlayRow, { to: last, documents }: RowsWorld) {
  const { document, to: path } = parseTarget(to);
  const type = document === undefined ? last : documents.find(({ name }) => name === document);
  return { type, path };
}

const isGroup = ({ type }: DocumentField): boolean => type === 'object' || type === 'list';

/** A document that holds rows of tables has no field beside them: a bare name is a column without its table. */
function checkPrefix({ row, name }: PlacedRow, world: RowsWorld): void {
  const { type, path } = targetOf(row, world);
  const tops = type?.fields.filter((field) => !/[.[]/.test(field.path)) ?? [];
  if (type === undefined || tops.length === 0 || !tops.every(isGroup) || /[.[]/.test(path)) return;
  if (tops.some((field) => field.path === path)) return;
  const [table] = tops;
  throw validationError(
    `${name}: the ${type.phrase} has no field "${path}". Did you mean "${table?.path}.${path}"?`,
    `Write the name with what it is a field of: ${tops.map((field) => field.path).join(', ')}.`,
  );
}

function checkList({ row, name, keepsList }: PlacedRow, world: RowsWorld): void {
  const { from, aggregate } = row;
  if (from === undefined || aggregate !== undefined || keepsList) return;
  const { type, path } = targetOf(row, world);
  const isInList = cutList(path) !== undefined;
  const read = isInList ? (cutList(from)?.field ?? from) : from;
  if (type === undefined || !isListPath(read)) return;
  const field = type.fields.find((known) => known.path === path);
  if (field?.type === 'list' || field?.type === 'any') return;
  throw validationError(
    `${name} reads "${from}", which has several values, into one field`,
    'Say under Combine Several what to make of them, such as Join or Sum, or name one of them, such as items[0].sku.',
  );
}

/** The fields that a mapping fills of one of the documents on its way. */
function filledOf(mapping: MappingSpec | MappingPlan, type: DocumentType): string[] {
  const steps = isPlan(mapping) ? mapping.steps : [mapping];
  const leaves = visitLeaves(steps.filter(({ to }) => to === type.name).flatMap(fieldsOf));
  return [...leaves.map(({ to }) => to), ...Object.keys(type.completes ?? {})];
}

const fieldsOf = ({ fields }: MappingSpec) => fields;

const isIn = (path: string, whole: string): boolean =>
  path === whole || path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);

/** A new row takes the mapped value: of a field that nothing fills it would do nothing. */
function checkMapped({ row, name }: PlacedRow, rows: readonly PlacedRow[], world: RowsWorld): void {
  const { mapping, before } = world;
  const { type, path } = targetOf(row, world);
  if (!row.from?.startsWith('@mapped') || row.default !== undefined) return;
  if (mapping === undefined || type === undefined || type.name === mapping.from) return;
  const others = [...before, ...rows.map((placed) => placed.row)];
  const isBuiltOn = others.some((other) => other !== row && other.to === row.to);
  const filled = filledOf(mapping, type);
  if (isBuiltOn || filled.some((field) => isIn(field, path) || isIn(path, field))) return;
  throw validationError(
    `${name} takes the mapped value, but nothing fills "${rowName(type, path)}"`,
    'Choose where the value comes from under Source, such as Path or Fixed Value.',
  );
}

function checkPaths({ row, name }: PlacedRow, { from, samples }: RowsWorld): void {
  const unknown = samples.length === 0 ? undefined : unknownPath(row, from, samples);
  if (unknown === undefined) return;
  const { path, suggestion } = unknown;
  const document = from === undefined ? 'the input' : `the ${from.phrase}`;
  throw validationError(
    `${name} reads "${path}", which ${document} does not have, nor any item of this run.${suggestion}`,
    'Choose the field from the list or drag it from the input. Where only some documents have it, give the row a Default.',
  );
}
