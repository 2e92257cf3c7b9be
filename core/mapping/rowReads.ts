import { validationError } from '../errors';
import { holdsOne } from './between';
import { cutList, listRead } from './inList';
import { madeOf } from './madeOf';
import { fieldOf, parsePaths } from './path';
import type { OverlayRow } from './plan';
import { isListPath } from './read';
import type { PlacedRow, RowsWorld } from './rowsWorld';
import { targetKey, targetOf } from './rowsWorld';
import { unknownPath } from './sample';
import type { Condition } from './spec';
import { pathsOf } from './visit';
import { wholeAt } from './whole';

/** What is wrong with the paths that rows read. */

export function checkReads(placed: PlacedRow, rows: readonly PlacedRow[], world: RowsWorld): void {
  checkSeveral(placed, world);
  checkBeside(placed, rows, world);
  checkPaths(placed, world);
  checkWhole(placed, world);
  for (const comparison of comparisonsIn(placed.row.when)) {
    checkComparison(comparison, placed, world);
  }
}

/** In a list each element is read alone: what its paths name there is behind the first `[*]`. */
function readAlone(path: string, { to }: OverlayRow): string {
  return cutList(to) === undefined ? path : (cutList(path)?.field ?? path);
}

function checkSeveral({ row, name }: PlacedRow, world: RowsWorld): void {
  const { from, aggregate, keepsList } = row;
  if (from === undefined || aggregate !== undefined || keepsList) return;
  const { type, field } = targetOf(row, world);
  if (type === undefined || !isListPath(readAlone(from, row))) return;
  if (field?.type === 'list' || field?.type === 'any') return;
  throw validationError(
    `${name} reads "${from}", which has several values, into one field`,
    'Say under Combine Several what to make of them, such as Join or Sum, or name one of them, such as items[0].sku.',
  );
}

/** A list of the document, or an object with fields of its own, is no value of a column. */
function checkWhole({ row, name }: PlacedRow, world: RowsWorld): void {
  const { from, aggregate, keepsList } = row;
  if (from === undefined || aggregate !== undefined || keepsList) return;
  const { type, path } = targetOf(row, world);
  if (!holdsOne(path, type)) return;
  const whole = wholeAt(from, world.from, world.samples);
  if (whole === undefined) return;
  throw validationError(
    `${name} reads "${from}", which is ${whole.kind}, into one field`,
    `Name a single value of it${whole.example}${whole.isList ? ', or say under Combine Several of Field Overrides what to make of them all' : ''}.`,
  );
}

type Comparison = Extract<Condition, { path: string }>;

function comparisonsIn(condition: Condition | undefined): Comparison[] {
  if (condition === undefined) return [];
  if ('and' in condition) return condition.and.flatMap(comparisonsIn);
  if ('or' in condition) return condition.or.flatMap(comparisonsIn);
  return 'not' in condition ? comparisonsIn(condition.not) : [condition];
}

function checkComparison(
  { path, is }: Comparison,
  { row, name }: PlacedRow,
  { from, samples }: RowsWorld,
): void {
  if (is !== 'contains' && isListPath(readAlone(path, row))) {
    throw validationError(
      `Only If Field of ${name} compares "${path}", which has several values`,
      'Choose the comparison Contains, or name one of them, such as items[0].sku.',
    );
  }
  if (is === 'exists' || is === 'missing') return;
  const whole = wholeAt(path, from, samples);
  if (whole === undefined || (is === 'contains' && whole.isOfValues)) return;
  throw validationError(
    `Only If Field of ${name} compares "${path}", which is ${whole.kind}`,
    `Name a single value of it${whole.example}, or choose the comparison Is Empty or Is Not Empty.`,
  );
}

/** Lists of which paths read each element. */
function listsIn(paths: readonly string[]): string[] {
  return paths.flatMap((text) => {
    try {
      return parsePaths(text).flatMap((path) => {
        const { kind } = path.root;
        const isMapped = kind === 'mapped';
        if (kind !== 'current' && kind !== 'document' && !isMapped) return [];
        const list = cutList(path.rest)?.list;
        return list === undefined ? [] : [isMapped ? `@mapped.${list}` : list];
      });
    } catch {
      // What cannot be read is refused with the row where it is compiled.
      return [];
    }
  });
}

/** Elements of two lists at the same place belong together only where the one list was made of the other. */
function checkBeside(placed: PlacedRow, rows: readonly PlacedRow[], world: RowsWorld): void {
  const { row, name } = placed;
  const { type, path } = targetOf(row, world);
  const target = cutList(path)?.list;
  if (target === undefined) return;
  const made = listsFor(target, type?.name, { row, rows, world });
  const other = made && readBeside(placed, world).find((list) => !made.includes(list));
  if (other === undefined) return;
  const [own = `@mapped.${target}`] = made ?? [];
  throw validationError(
    `${name} is a field of each element of "${target}", which come from "${own}", and reads "${other}", which is another list`,
    `Read a field of "${own}". What is the same for all of them is named by its place, typed under Source Field → Other (Type a Name), such as ${other}[0].…; of entries that have a name, by that.`,
  );
}

/** The lists that a row reads beside the elements of its target. A mapping of the user's own reads others as a whole. */
function readBeside({ row }: PlacedRow, { mapping }: RowsWorld): string[] {
  if (mapping !== undefined) return listsIn(pathsOf(row));
  const { from, aggregate, keepsList } = row;
  return from === undefined || aggregate !== undefined || keepsList ? [] : listsIn([from]);
}

function listsFor(
  target: string,
  document: string | undefined,
  { row, rows, world }: { row: OverlayRow; rows: readonly PlacedRow[]; world: RowsWorld },
): readonly string[] | undefined {
  const { mapping } = world;
  const mapped = `@mapped.${target}`;
  if (mapping !== undefined) {
    const made = document === undefined ? undefined : madeOf(target, document, mapping);
    return made && [...made, mapped];
  }
  // Without a preset, the first row of a list says what it is made of.
  const key = targetKey({ to: target, document: row.document }, world);
  const list = rows
    .map((placed) => placed.row)
    .filter(({ to, document: of }) => {
      const cut = cutList(to);
      return cut !== undefined && targetKey({ to: cut.list, document: of }, world) === key;
    })
    .map((other) => listRead(other))
    .find((read) => read !== undefined);
  return list === undefined ? undefined : [fieldOf(parsePaths(list)[0]?.steps ?? [])];
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
