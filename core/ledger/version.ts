const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$/;

function asNumber(version: string): number | undefined {
  if (DATE.test(version)) {
    const time = Date.parse(version);
    return Number.isNaN(time) ? undefined : time;
  }
  return /^-?\d+(?:\.\d+)?$/.test(version) ? Number(version) : undefined;
}

/**
 * Orders two versions of a record: dates by the moment they name (so that `+02:00` and `Z` compare rightly), numbers
 * by size, anything else as text. Below 0: `a` is older.
 */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [asNumber(a), asNumber(b)];
  if (left !== undefined && right !== undefined && left !== right) return left - right;
  // The same millisecond; finer digits are compared as text, which is right only within one format.
  if (left !== undefined && right !== undefined && a.length !== b.length) return 0;
  return a < b ? -1 : 1;
}

/** False when either is missing: without versions nothing is known about the order. */
export function isOlder(version: string | undefined, than: string | undefined): boolean {
  return version !== undefined && than !== undefined && compareVersions(version, than) < 0;
}

export function newest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareVersions(a, b) < 0 ? b : a;
}
