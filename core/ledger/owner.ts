import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';

/**
 * Who holds a lease: `hostname:pid:bootId`. The boot id is the time at which the process began, which all threads and
 * all copies of this module in the process share; a restarted container has the same host name and pid, but
 * another boot id.
 */
export function ownerId(parts: { host?: string; pid?: number; bootId?: string } = {}): string {
  const { host = hostname(), pid = process.pid } = parts;
  const { bootId = String(Math.round(performance.timeOrigin)) } = parts;
  return `${host}:${pid}:${bootId}`;
}

function parse(owner: string): { host: string; pid: number; bootId: string } | undefined {
  const match = /^(.*):(\d+):([^:]+)$/.exec(owner);
  if (!match) return undefined;
  return { host: match[1] ?? '', pid: Number(match[2]), bootId: match[3] ?? '' };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Whether a lease's owner provably runs no more, so that nobody needs to wait for the lease to end. Only for a ledger
 * that one machine has for itself: about another machine nothing can be known.
 */
export function isGone(owner: string, self: string): boolean {
  const [theirs, ours] = [parse(owner), parse(self)];
  if (!theirs || !ours || theirs.host !== ours.host || owner === self) return false;
  if (theirs.pid === ours.pid) return theirs.bootId !== ours.bootId;
  return !isAlive(theirs.pid);
}
