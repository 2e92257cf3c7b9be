import type { DocumentField } from '../documents';
import { FIELD_OVERRIDES, keyPath, rowName } from '../documents';
import { validationError } from '../errors';
import { canonical, isWithin, parsePath } from './path';
import type { MappingPlan } from './plan';
import { isPlan, replacesValue } from './plan';
import type { PlacedRow, RowsWorld } from './rowsWorld';
import { targetKey, targetOf } from './rowsWorld';
import type { MappingSpec } from './spec';
import { closest } from './suggest';
import { visitLeaves } from './visit';

/** What is wrong with the targets of rows. */

/** The last of two rows wins; unless it builds on the first, or leaves it to a condition, that one does nothing. */
export function checkDoubles(rows: readonly PlacedRow[], world: RowsWorld): void {
  const filling = new Map<string, PlacedRow>();
  for (const second of rows) {
    const key = targetKey(second.row, world);
    const first = filling.get(key);
    if (first) checkDouble(first, second, rows);
    else filling.set(key, second);
  }
}

function checkDouble(first: PlacedRow, second: PlacedRow, rows: readonly PlacedRow[]): void {
  const { panel } = first.row;
  if (panel !== undefined && second.row.panel === undefined) {
    const position = rows.filter(({ row }) => row.panel === undefined).indexOf(second) + 1;
    checkAcross(first, second, { panel, position });
  } else if (replacesValue(second.row)) {
    const isElse = first.row.when !== undefined;
    throw validationError(
      `${first.name} and ${second.name} fill the same field, and only the second would count`,
      isElse
        ? `Move ${second.name} above ${first.name}: the row with the condition is then the exception to it.`
        : 'Remove one of them, give the second a condition (Only If Field), or let it change the Mapped Value.',
    );
  }
}

/** Of rows of two lists nobody could see which one counts. */
function checkAcross(
  first: PlacedRow,
  second: PlacedRow,
  { panel, position }: { panel: string; position: number },
): void {
  const { to } = second.row;
  if (first.row.remove) {
    throw validationError(
      `"${to}" is left out under ${panel}, and field ${position} of ${FIELD_OVERRIDES} fills it`,
      `Add it again under ${panel} (Add column to send), or remove field ${position}.`,
    );
  }
  if (!replacesValue(second.row)) return;
  throw validationError(
    `"${to}" is filled twice: under ${panel}, and by row ${position} of ${FIELD_OVERRIDES}`,
    `Empty it under ${panel}, or remove row ${position}. To change what ${panel} puts there, set the Source of row ${position} to Mapped Value.`,
  );
}

const isGroup = ({ type }: DocumentField): boolean => type === 'object' || type === 'list';

function firstKey(path: string): string | undefined {
  try {
    const [step] = parsePath(path).steps;
    return step?.kind === 'key' ? step.key : undefined;
  } catch {
    // What cannot be read is refused with the row where it is compiled.
    return undefined;
  }
}

/** The part of a document that was probably meant, with the path behind it. */
function meant(
  path: string,
  key: string,
  fields: readonly DocumentField[],
  tops: string[],
): string {
  const rest = path.slice(keyPath('', key).length);
  const inside = fields.find((field) => isGroup(field) && field.path.endsWith(`.${key}`));
  if (inside) return inside.path + rest;
  if (rest === '') return keyPath(tops[0] ?? '', key);
  const top = closest(key, tops);
  return top === undefined ? `${tops[0]}.${rest.replace(/^(?:\[\*\])?\./, '')}` : top + rest;
}

/** A document that holds rows of tables has no field beside them: a bare name is a column without its table. */
export function checkPrefix({ row, name }: PlacedRow, world: RowsWorld): void {
  const { type, path } = targetOf(row, world);
  const top = type?.fields.filter((field) => !/[.[]/.test(field.path)) ?? [];
  const key = firstKey(path);
  if (type === undefined || key === undefined || top.length === 0 || !top.every(isGroup)) return;
  const tops = top.map((field) => field.path);
  if (tops.includes(key)) return;
  throw validationError(
    `${name}: the ${type.phrase} has no field "${path}". Did you mean "${meant(canonical(path), key, type.fields, tops)}"?`,
    `Write the name with what it is a field of: ${tops.join(', ')}. What is for another node goes into a node of its own, such as Edit Fields, behind this one.`,
  );
}

/** The fields that a mapping fills of one of the documents on its way. */
function filledOf(mapping: MappingSpec | MappingPlan, document: string): string[] {
  const steps = isPlan(mapping) ? mapping.steps : [mapping];
  return visitLeaves(steps.filter(({ to }) => to === document).flatMap(({ fields }) => fields)).map(
    ({ to }) => to,
  );
}

/** A new row takes the mapped value: of a field that nothing fills it would do nothing. */
export function checkMapped(
  { row, name }: PlacedRow,
  rows: readonly PlacedRow[],
  world: RowsWorld,
): void {
  const { mapping } = world;
  const { type, path } = targetOf(row, world);
  if (!row.from?.startsWith('@mapped') || row.default !== undefined) return;
  if (mapping === undefined || type === undefined || type.name === mapping.from) return;
  const key = targetKey(row, world);
  const isBuiltOn = rows.some(({ row: other }) => other !== row && targetKey(other, world) === key);
  const filled = [...filledOf(mapping, type.name), ...Object.keys(type.completes ?? {})];
  const own = canonical(path);
  if (isBuiltOn || filled.some((field) => isWithin(field, own) || isWithin(own, field))) return;
  throw validationError(
    `${name} takes the mapped value, but nothing fills "${rowName(type, path)}"`,
    'Choose where the value comes from under Source, such as Path or Fixed Value.',
  );
}
