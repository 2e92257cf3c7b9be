import { execFileSync } from 'node:child_process';

/** How often the starters are looked for. */
const INTERVAL_MS = 300;

/** `npm run sandbox` puts a shell and a starter script between npm and this process. */
const startedByNpm = (): boolean =>
  process.env.npm_lifecycle_script?.includes('sandbox/main.ts') ?? false;

/** The parent of a process; undefined where there is no `ps` to ask (Windows). */
function parentOf(pid: number): number | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
    const parent = Number(text.trim());
    return parent > 1 ? parent : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Calls `stop` once when npm, asked to end, took its shell with it: a shell does not pass signals on, and without
 * this the sandbox would keep its ports for ever. Does nothing when the sandbox was started without npm.
 */
export function onOrphaned(stop: () => void): void {
  if (!startedByNpm()) return;
  const starter = process.ppid;
  const shell = parentOf(starter);
  const timer = setInterval(() => {
    if (process.ppid === starter && (shell === undefined || isAlive(shell))) return;
    clearInterval(timer);
    stop();
  }, INTERVAL_MS);
  timer.unref();
}
