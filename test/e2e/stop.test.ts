import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { waitUntil } from '../../scripts/lib/wait';

jest.setTimeout(240_000);

const root = resolve(__dirname, '../..');

let folder: string;
let checkout: string;
let temp: string;

/** A checkout of its own, so that what is cut off, such as a build, is nobody else's. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stop-'));
  checkout = join(folder, 'checkout');
  temp = join(folder, 'tmp');
  mkdirSync(temp);
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  for (const file of files.filter((name) => name !== '')) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    cpSync(join(root, file), join(checkout, file), { preserveTimestamps: true });
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every process that knows our folder, by its environment or its command line. */
function processes(): string[] {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => `${read(pid, 'environ')} ${read(pid, 'cmdline')}`.includes(folder))
    .map((pid) => read(pid, 'cmdline') || `process ${pid}`);
}

async function startAndWaitFor(text: string): Promise<ChildProcess> {
  const child = spawn('npm', ['start'], {
    cwd: checkout,
    // As under a terminal: a process group that Ctrl-C reaches as a whole.
    detached: true,
    env: { ...process.env, TMPDIR: temp },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes(text)) {
    if (child.exitCode !== null) throw new Error(`npm start ended by itself:\n${output}`);
    await sleep(50);
  }
  return child;
}

/** What Node.js and tsx keep for the next start of anything. */
const CACHES = /^(node-compile-cache|tsx-\d+)$/;

async function nothingLeft(): Promise<void> {
  await waitUntil(() => processes().length === 0, 20_000);
  expect(processes()).toEqual([]);
  expect(readdirSync(temp).filter((name) => !CACHES.test(name))).toEqual([]);
}

/** What is being done, and how much later the end comes. */
const MOMENTS = [
  ['Building the pack', 300],
  ['Starting the sandbox and n8n', 300],
  ['Starting the sandbox and n8n', 6_000],
  ['n8n is running', 0],
] as const;

describe('npm start, ended', () => {
  it.each(MOMENTS)('by Ctrl-C at "%s" and %i ms leaves nothing behind', async (text, ms) => {
    const child = await startAndWaitFor(text);
    await sleep(ms);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await nothingLeft();
  });

  it.each(MOMENTS)('by kill at "%s" and %i ms leaves nothing behind', async (text, ms) => {
    const child = await startAndWaitFor(text);
    await sleep(ms);
    child.kill('SIGTERM');
    await nothingLeft();
  });
});
