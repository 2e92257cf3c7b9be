/** `npm start` in a checkout and with a folder for temporary files of its own, ended in one way or another. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { spawnChild } from '../../scripts/lib/child.mjs';
import { root } from '../../scripts/lib/toolchain.mjs';
import { waitUntil } from '../../scripts/lib/wait';
import { expectNone, killAll, processesWith } from './processes';

/** No test measures time: a demonstration that has not come so far by then hangs. */
const PATIENCE_MS = 240_000;

/** What Node.js and tsx keep for the next start of anything. */
const CACHES = /^(node-compile-cache|tsx-\d+)$/;

/** How `npm start` is ended: by Ctrl-C, which reaches its whole process group, or by a signal to npm alone. */
export type End = 'Ctrl-C' | 'SIGTERM' | 'SIGKILL';

/** A checkout of its own, so that what is cut off, such as a build, is nobody else's. */
function copyCheckout(to: string): void {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  for (const file of files.filter((name) => name !== '')) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file), { preserveTimestamps: true });
  }
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
}

type Child = ReturnType<typeof spawnChild>;

async function startAndWaitFor(text: string, checkout: string, temp: string): Promise<Child> {
  // What is ended is the same with one shop, and is there in a third of the time.
  const child = spawnChild('npm', ['start', '--', '--store', 'xcart'], {
    cwd: checkout,
    // As under a terminal: a process group that Ctrl-C reaches as a whole.
    detached: true,
    env: { ...process.env, TMPDIR: temp },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await waitUntil(() => output.includes(text) || hasEnded(), PATIENCE_MS, 50);
  if (output.includes(text)) return child;
  const what = hasEnded() ? 'ended by itself' : `did not say "${text}"`;
  throw new Error(`npm start ${what}:\n${output}`);
}

/**
 * Runs `npm start` until it has said a text and so many milliseconds more, ends it, and expects that no process and
 * no temporary file is left.
 */
export async function expectNothingLeft(end: End, text: string, ms: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stop-'));
  const [checkout, temp] = [join(folder, 'checkout'), join(folder, 'tmp')];
  try {
    mkdirSync(temp);
    copyCheckout(checkout);
    const child = await startAndWaitFor(text, checkout, temp);
    await sleep(ms);
    if (end === 'Ctrl-C') process.kill(-(child.pid ?? 0), 'SIGINT');
    else child.kill(end);
    await expectNone(() => processesWith(folder));
    expect(readdirSync(temp).filter((name) => !CACHES.test(name))).toEqual([]);
  } finally {
    // Also what was started and has never come so far.
    killAll(processesWith(folder));
    rmSync(folder, { recursive: true, force: true });
  }
}
