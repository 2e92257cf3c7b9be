import type { TellField } from '../documents';
import { isBlank } from '../values';
import type { OrderDraft } from './draft';

/**
 * Every line needs an id that no other line of the order has: systems know it again by that when the order changes. A
 * line without one is known by its place (`position 2`), and one that repeats an id by how often it has come (`7 (2)`).
 */
export function completeLines(order: Pick<OrderDraft, 'lines'>, tell: TellField): void {
  // An order that names no lines has none; whether its total says so too is checked with the others.
  (order as { lines: unknown }).lines ??= [];
  const { lines } = order;
  if (!Array.isArray(lines)) return;
  const taken = new Set<string>();
  lines.forEach((line: { id?: unknown } | null, at) => {
    if (line === null || typeof line !== 'object') return;
    const id = isBlank(line.id) ? `position ${at + 1}` : String(line.id);
    const own = unused(id, taken);
    taken.add(own);
    if (own === line.id) return;
    line.id = own;
    const why = own === id ? 'without an id' : 'another line has the same id';
    tell(`lines[${at}].id`, `${why}: the line is known as "${own}"`);
  });
}

function unused(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  let count = 2;
  while (taken.has(`${id} (${count})`)) count += 1;
  return `${id} (${count})`;
}
