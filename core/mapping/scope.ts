import type { Settings } from '../documents';
import type { Note } from '../notes';

/** What is known while one document is mapped. */

export interface MappingContext {
  /** Where the document comes from: `@source.platform`, `@source.store`, … */
  source?: object;
  /** What the user chose beside the rows, for rules and documents that ask: `@settings.prices`. */
  settings?: Settings;
  /** The document as the mapping's own rules made it, for rules laid over them: `@mapped.salesorder.name`. */
  mapped?: object;
  /** Values worked out by the caller, by the name in `expression`. */
  expressions?: Readonly<Record<string, () => unknown>>;
}

/** One field that could not be filled. */
export interface FieldProblem {
  /** Target field with its place in lists: `order_details[0].quantity`. */
  target: string;
  source: string;
  message: string;
  fix: string;
  /** The value that a look-up has no entry for, as messages show it. */
  missing?: string;
}

/** Says what was done to a value; the row that it is for adds its field. */
export type Tell = (message: string) => void;

export interface Later {
  wave: number;
  start(): void;
}

export interface Run {
  readonly context: MappingContext;
  readonly problems: FieldProblem[];
  readonly notes: Note[];
  readonly tell: Tell;
  /** Formulas still being worked out. */
  readonly pending: Promise<void>[];
  /** What waits for formulas of an earlier wave. */
  later?: Later[];
  /** The wave that is running; none is the first. */
  wave?: number;
}

export interface Scope {
  /** The element that plain paths start from: the document itself, or the current one of an `each`. */
  readonly value: unknown;
  readonly root: unknown;
  readonly parent: Scope | undefined;
  readonly index: number;
  /** The list that `value` is an element of. */
  readonly list?: readonly unknown[];
  readonly run: Run;
  /** What the elements of each list in this scope share, such as an allocation. */
  memo?: Map<unknown, Map<string, number[]>>;
  /** The elements of each list in this scope that rows read beside those of the target, by the path of the list. */
  beside?: Map<string, readonly Scope[]>;
}

export type Reader = (scope: Scope) => unknown;

export function isEmpty(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** PHP writes a list whose keys have gaps as an object: `{"0": …, "2": …}`. It is one all the same; all else stays. */
export function listIn(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value);
  const isList = keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
  return isList ? Object.values(value) : value;
}

/**
 * What stands at a place: where n8n has something there, that (a field of this name, a letter of a text); else the element
 * of a list with gaps.
 */
export function elementAt(value: unknown, index: number): unknown {
  if (Array.isArray(value) || typeof value === 'string') return value.at(index) as unknown;
  if (value === null || typeof value !== 'object') return undefined;
  if (Object.hasOwn(value, index)) return (value as Record<number, unknown>)[index];
  const list = listIn(value);
  return Array.isArray(list) ? list.at(index) : undefined;
}

/** `items[*].sku` with the indexes of the lists that the scope stands in: `items[2].sku`. */
export function placeIn(scope: Scope, pattern: string): string {
  const indexes: number[] = [];
  for (let at: Scope | undefined = scope; at?.parent; at = at.parent) indexes.unshift(at.index);
  return pattern.replace(/\[\*\]/g, (all) => {
    const index = indexes.shift();
    return index === undefined ? all : `[${index}]`;
  });
}
