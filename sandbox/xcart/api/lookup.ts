import { notFound } from './problems';
import type { Call } from './routes';

/** The record with this id, or 404. */
export function found<T>(records: ReadonlyMap<number, T>, id: number): T {
  const record = records.get(id);
  if (record === undefined) throw notFound();
  return record;
}

/**
 * The children of a parent for a list. What a list below an unknown parent answers was only inferred, so a
 * switch decides: an empty list, or 404.
 */
export function childrenOf<P, C>(
  call: Call,
  parent: P | undefined,
  children: (parent: P) => C[],
): C[] {
  if (parent !== undefined) return children(parent);
  if (call.store.switches.unknownParentList === 'not-found') throw notFound();
  return [];
}
