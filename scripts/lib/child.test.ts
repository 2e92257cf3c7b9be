import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';

import { expectNone, processesWith } from '../../test/support/processes';
import { waitUntil } from './wait';

const MODULE = join(__dirname, 'child.mjs');

/** A program that starts another one, and stays; "ready" is what both have to say. */
const PROGRAM = 'sleep 1000 & echo ready; wait';

/** In the environment of everything that a test starts. */
let mark: string;

beforeEach(() => (mark = randomUUID()));

function parent(code: string): ChildProcess {
  const script = `import { spawnChild, spawnGroup, signalGroup } from '${MODULE}';\n${code}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, MARK: mark },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function output({ stdout }: ChildProcess, until?: string): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    if (until && text.includes(until)) break;
  }
  return text;
}

/**
 * The shell says so before what it has forked is the other program: until then that one is a shell too, and may lose a signal
 * that is sent to it.
 */
async function ready(running: ChildProcess): Promise<void> {
  await output(running, 'ready');
  const isAsleep = (): boolean =>
    processesWith(mark).filter(({ command }) => command.startsWith('sleep')).length === 1;
  expect(await waitUntil(isAsleep, 60_000)).toBe(true);
}

const start = (by: 'spawnChild' | 'spawnGroup', program: string): string =>
  `const child = ${by}('sh', ['-c', ${JSON.stringify(program)}], { stdio: ['ignore', 'inherit', 'inherit'] });`;

describe('a program in a group', () => {
  it('ends, with all that it has started, when its parent is killed', async () => {
    const running = parent(start('spawnGroup', PROGRAM));
    await ready(running);
    running.kill('SIGKILL');
    await expectNone(() => processesWith(mark));
  });

  it('ends also where it takes no notice of being asked to', async () => {
    const running = parent(start('spawnGroup', `trap '' TERM; ${PROGRAM}`));
    await ready(running);
    running.kill('SIGKILL');
    await expectNone(() => processesWith(mark));
  });

  it('takes with it what it has left behind in the group when it ends by itself', async () => {
    const running = parent(
      `${start('spawnGroup', 'sleep 1000 & exit 7')}
       child.on('exit', (code) => { console.log('code', code); setInterval(() => {}, 1000); });`,
    );
    expect(await output(running, 'code')).toContain('code 7');
    expect(await waitUntil(() => processesWith(mark).length === 1, 60_000)).toBe(true);
    running.kill('SIGKILL');
    await expectNone(() => processesWith(mark));
  });

  it('gets its arguments as they are, and a signal by its name', async () => {
    const running = parent(
      `const child = spawnGroup('node', ['-e', 'console.log(process.argv[1]); setInterval(() => {}, 1000)', '$HOME "a b"'], { stdio: ['ignore', 'pipe', 'inherit'] });
       child.stdout.once('data', (text) => { console.log(String(text)); signalGroup(child, 'SIGUSR2'); });
       child.on('exit', (code, signal) => console.log(signal));`,
    );
    const text = await output(running);
    expect(text).toContain('$HOME "a b"');
    expect(text).toContain('SIGUSR2');
    await expectNone(() => processesWith(mark));
  });
});

describe('a program in the foreground', () => {
  it('is asked to end when its parent is killed', async () => {
    const asked = `trap 'kill $!; exit' TERM; ${PROGRAM}`;
    const running = parent(start('spawnChild', asked));
    await ready(running);
    running.kill('SIGKILL');
    await expectNone(() => processesWith(mark));
  });

  it('is asked nothing when it ends by itself, and what it has started goes on', async () => {
    const running = parent(
      `${start('spawnChild', 'sleep 1000 >/dev/null & echo $!; exit 3')}
       child.on('exit', (code) => console.log('code', code));`,
    );
    const text = await output(running);
    if (running.exitCode === null) await once(running, 'exit');
    expect(text).toContain('code 3');
    expect(await waitUntil(() => processesWith(mark).length === 1, 60_000)).toBe(true);
    process.kill(Number.parseInt(text, 10), 'SIGKILL');
    await expectNone(() => processesWith(mark));
  });
});
