import type { XCartStore } from '../store';
import { type Model, type PhpTable, type PhpValue, RestError } from './input';

/** What an entity sees of a request. */
export interface ClassicCall {
  store: XCartStore;
  now: Date;
}

export type Test<T> = (record: T) => boolean;

/** One class of the store's models, as `_path` names it. */
export interface Entity<T> {
  all(call: ClassicCall): T[];
  idOf(record: T): number;
  /** Its own fields: all that a list shows, and a record inside another. */
  fields(record: T, call: ClassicCall): object;
  /** What it is related to, each with its own fields: only where one record is asked for. */
  relations?(record: T, call: ClassicCall): object;
  /** The same in `_schema=complex`, which only three classes have. */
  complex?(record: T, call: ClassicCall): object;
  /** `_cnd[name]`; one that is not here is ignored, as the store does. */
  conditions?: Readonly<Record<string, (value: PhpValue, call: ClassicCall) => Test<T>>>;
  /** What `_cnd[orderBy][0]` may say. */
  sorts?: Readonly<Record<string, (record: T) => number | string>>;
  create?(model: Model, call: ClassicCall): T;
  update?(record: T, model: Model, call: ClassicCall): void;
  remove?(record: T, call: ClassicCall): void;
}

/** Joins an entity with the type of its records, which the table of all of them need not know. */
export const defineEntity = <T>(entity: Entity<T>): Entity<unknown> => entity as Entity<unknown>;

export const unix = (text: string | null): number =>
  text === null ? 0 : Math.floor(Date.parse(text) / 1000);

/** A number as PHP reads it; text that is none is 0. */
export const numberOf = (value: unknown): number => Number(value) || 0;

export const flagOf = (value: unknown): boolean =>
  !['', '0', 'false', 'undefined', 'null'].includes(String(value));

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** `[0]` and `[1]` of a condition such as `_cnd[date]`. */
export function pairOf(value: PhpValue | undefined): [string, string] {
  if (typeof value !== 'object') return [textOf(value), ''];
  const [first, second] = Object.values(value);
  return [textOf(first), textOf(second)];
}

/** Between two numbers, both included; none and 0 are no bound. */
export function within(value: PhpValue): (number: number) => boolean {
  const [from, to] = pairOf(value).map(Number);
  return (number) => (!from || number >= from) && (!to || number <= to);
}

export const contains =
  (value: PhpValue) =>
  (text: string | null): boolean =>
    (text ?? '').toLowerCase().includes(textOf(value).toLowerCase());

/** What a list is asked for: filtered, sorted, cut. */
export function selected(
  entity: Entity<unknown>,
  conditions: PhpTable,
  call: ClassicCall,
): unknown[] {
  const tests = Object.entries(conditions).flatMap(([name, value]) => {
    const test = entity.conditions?.[name]?.(value, call);
    return test === undefined ? [] : [test];
  });
  const found = entity.all(call).filter((record) => tests.every((test) => test(record)));
  const [by, direction] = pairOf(conditions.orderBy);
  if (by !== '') sort(found, entity, by, direction);
  const [offset, count] = pairOf(conditions.limit).map(Number);
  return count ? found.slice(offset, (offset ?? 0) + count) : found;
}

/** A field that the model does not have is an exception of the database layer. */
function sort(found: unknown[], entity: Entity<unknown>, by: string, direction: string): void {
  const valueOf = entity.sorts?.[by];
  if (valueOf === undefined) throw new RestError(`Error: Class has no field or association ${by}`);
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  found.sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    return a === b ? 0 : a < b ? -sign : sign;
  });
}

/** The one related record that a model names by its id: `order[order_id]=5`. */
export function related<T>(
  model: Model,
  field: string,
  idName: string,
  records: ReadonlyMap<number, T>,
): T {
  const given = model[field];
  const id = numberOf((given as Model | undefined)?.[idName]);
  const record = records.get(id);
  if (record === undefined) throw new RestError(`${field} with ${idName} ${id} not found`);
  return record;
}
