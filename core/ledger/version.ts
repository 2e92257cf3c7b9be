import { momentIn } from '../values';

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$/;

function asNumber(version: string): number | undefined {
  if (DATE.test(version)) {
    return momentIn(version, { zone: 'UTC' });
  }
  return /^-?\d+(?:\.\d+)?$/.test(version) ? Number(version) : undefined;
}

/** Between what the system says of a content and when it was read. */
const READ = ' read ';

/**
 * Dates have whole seconds in most systems: two contents of one second have the same version. Then the one that was
 * read later is the newer one.
 *
 * @param readAt ISO 8601
 */
export function versionOf(
  said: string | undefined,
  readAt: string | undefined,
): string | undefined {
  return readAt === undefined ? said : `${said ?? ''}${READ}${readAt}`;
}

function parts(version: string): { said: string; readAt: string } {
  const at = version.lastIndexOf(READ);
  if (at < 0) return { said: version, readAt: '' };
  return { said: version.slice(0, at), readAt: version.slice(at + READ.length) };
}

/**
 * Orders two versions of a record, first by what the system says, then by when they were read. Below 0: `a` is
 * older. What only one of them has decides nothing.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  const bySystem = left.said && right.said ? compareSaid(left.said, right.said) : 0;
  if (bySystem !== 0 || !left.readAt || !right.readAt) return bySystem;
  return compareSaid(left.readAt, right.readAt);
}

/**
 * Dates by the moment they name (so that `+02:00` and `Z` compare rightly), numbers
 * by size, anything else as text.
 */
function compareSaid(a: string, b: string): number {
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

/** Whether something took place after the reading of the one version and before that of the other; false where that is not known. */
export function isReadAround(
  at: number | undefined,
  before: string | undefined,
  after: string | undefined,
): boolean {
  const [one, other] = [before, after].map((each) => asNumber(parts(each ?? '').readAt));
  return at !== undefined && one !== undefined && other !== undefined && one < at && at < other;
}

/** Whether the system itself says that a version is later than another. When they were read says nothing of that. */
export function isSaidLater(version: string | undefined, than: string | undefined): boolean {
  const [one, other] = [version, than].map((each) => parts(each ?? '').said);
  return Boolean(one && other) && compareSaid(String(one), String(other)) > 0;
}

export function newest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareVersions(a, b) < 0 ? b : a;
}
