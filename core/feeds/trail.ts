/**
 * What a poll has put out at which time, so that it can be put out again. Dates of the records do not tell that: a
 * backlog that is being worked off is months old.
 */
export interface Stretch {
  /** First and last hand-out of the stretch, by the clock of this machine. */
  first: number;
  last: number;
  /** All that was put out lies behind this cursor of the poll. */
  cursor: number;
}

/** Oldest first. */
export type Trail = Stretch[];

/** Stretches that a trail has at most; a stretch is as long as that allows. */
const LENGTH = 48;

/** What was put out at times that now lie ahead: the clock was turned back since. */
function notAhead({ first, last, cursor }: Stretch, now: number): Stretch {
  return { first: Math.min(first, now), last: Math.min(last, now), cursor };
}

/** The trail with a hand-out of what lies behind `cursor`; what is older than `keepMs` is forgotten. */
export function noteHandOut(trail: Trail, now: number, cursor: number, keepMs: number): Trail {
  const kept = trail
    .map((stretch) => notAhead(stretch, now))
    .filter(({ last }) => last >= now - keepMs);
  const current = kept.at(-1);
  if (!current || now - current.first >= keepMs / LENGTH) {
    return [...kept, { first: now, last: now, cursor }];
  }
  const lowest = Math.min(current.cursor, cursor);
  return [...kept.slice(0, -1), { first: current.first, last: now, cursor: lowest }];
}

/** Where to begin so as to see again all that was put out since `time`; undefined: nothing was. */
export function cursorSince(trail: Trail, time: number): number | undefined {
  const cursors = trail.filter(({ last }) => last >= time).map(({ cursor }) => cursor);
  return cursors.length > 0 ? Math.min(...cursors) : undefined;
}
