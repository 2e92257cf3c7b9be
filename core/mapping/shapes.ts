/** So many documents show which fields a mapping fills, and in which order. */
const LEARNT = 32;

function copyOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}

/**
 * V8 turns an object into a slow table where its fields come one by one, under names that only the mapping knows, and are
 * more than some fifteen; unless it has met an object of the same fields in the same order that was made at once. So the
 * first documents of a mapping are copied that way, and the copies kept: the others are made, and read, faster.
 */
export class Shapes {
  private readonly learnt: unknown[] = [];

  learn(document: unknown): void {
    if (this.learnt.length < LEARNT) this.learnt.push(copyOf(document));
  }
}
