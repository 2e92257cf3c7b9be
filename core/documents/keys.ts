/** What stands in a path as it is; all else is quoted. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** A key behind a path, as paths write it: `a.b`, `a["b.c"]`. Of two kinds of quotes a key can hold one. */
export function keyPath(prefix: string, key: string): string {
  if (PLAIN.test(key)) return prefix === '' ? key : `${prefix}.${key}`;
  const quote = key.includes('"') ? "'" : '"';
  return `${prefix}[${quote}${key}${quote}]`;
}
