import type { DocumentType } from '../documents';
import { keyPath } from '../documents';
import { fieldAt } from './check';
import { parsePath, parsePaths, type Path, type PathStep } from './path';
import type { OverlayRow } from './plan';
import { isListPath } from './read';
import { elementAt, isEmpty, listIn } from './scope';
import type { Condition } from './spec';
import { didYouMean } from './suggest';
import { pathsOf } from './visit';

/** Looks for what a row reads in documents that are at hand. */

/** `unknown`: it has no part in which the field could stand, such as a list without elements. */
type Found = 'yes' | 'no' | 'unknown';

function inList(list: unknown[], rest: PathStep[]): Found {
  const found = new Set(list.map((element) => find(element, rest)));
  if (found.has('yes')) return 'yes';
  return found.has('no') && !found.has('unknown') ? 'no' : 'unknown';
}

function find(value: unknown, [step, ...rest]: PathStep[]): Found {
  if (step === undefined) return 'yes';
  if (isEmpty(value)) return 'unknown';
  if (step.kind === 'index') return findAt(value, step.index, rest);
  if (typeof value !== 'object') return 'no';
  if (step.kind === 'key') {
    return Object.hasOwn(value, step.key)
      ? find((value as Record<string, unknown>)[step.key], rest)
      : 'no';
  }
  const list = listIn(value);
  return Array.isArray(list) ? inList(list, rest) : 'no';
}

function findAt(value: unknown, index: number, rest: PathStep[]): Found {
  const element = elementAt(value, index);
  if (element !== undefined) return find(element, rest);
  return Array.isArray(listIn(value)) ? 'unknown' : 'no';
}

/** Every field of a document, as paths write it; of a list what its first elements have. */
export function fieldsIn(given: unknown, prefix = ''): string[] {
  const value = listIn(given);
  if (Array.isArray(value)) {
    return value.slice(0, 3).flatMap((element) => fieldsIn(element, `${prefix}[*]`));
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const own = keyPath(prefix, key);
    return [own, ...fieldsIn(part, own)];
  });
}

/** Asking whether a field is there is no mistake where it is not. */
function asksForAbsence(condition: Condition | undefined): boolean {
  return condition !== undefined && 'is' in condition && /^(exists|missing)$/.test(condition.is);
}

/** What a row needs to be there: with a default, its value need not be. */
function neededPaths(row: OverlayRow): string[] {
  const { default: other, when, ...value } = row;
  return [
    ...(other === undefined ? pathsOf(value) : []),
    ...(asksForAbsence(when) ? [] : pathsOf({ when })),
  ];
}

function isOfDocument({ root }: Path): boolean {
  return root.kind === 'current' || root.kind === 'document';
}

/** The first path of a row that neither the known document nor any sample has, of alternatives all. */
export function unknownPath(
  row: OverlayRow,
  document: DocumentType | undefined,
  samples: readonly unknown[],
): { path: string; suggestion: string } | undefined {
  const known = new Set(document?.fields.map(({ path }) => path));
  const isThere = (path: Path): boolean =>
    !isOfDocument(path) ||
    known.has(fieldAt(path.rest)) ||
    samples.some((sample) => find(sample, parsePath(path.rest).steps) !== 'no');
  const path = neededPaths(row).find((text) => isReadable(text) && !parsePaths(text).some(isThere));
  if (path === undefined) return undefined;
  const [first] = parsePaths(path);
  const names = [...known, ...samples.slice(0, 20).flatMap((sample) => fieldsIn(sample))];
  const suggestion = didYouMean(fieldAt(first?.rest), new Set(names));
  return { path, suggestion };
}

/** What cannot be read is refused with the row where it is compiled. */
function isReadable(path: string): boolean {
  return isListPath(path) !== undefined;
}
