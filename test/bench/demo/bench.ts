import { once } from 'node:events';

import { spawnChild } from '../../../scripts/lib/child.mjs';
import { onEnd } from '../../../scripts/lib/lifecycle';
import { step } from '../../../scripts/lib/progress.mjs';
import { root } from '../../../scripts/lib/toolchain.mjs';
import { type BenchResult, ceiling } from '../result';

/** From the command to its end, with all shops, where n8n is installed and the pack is built. */
const MOST_SECONDS = 90;

/** `npm start -- --exit` as a person runs it. The first run may install and build, and is not counted. */
export async function demoBench({ runs }: { runs: number }): Promise<BenchResult[]> {
  await step('npm start -- --exit: what it needs', demonstrate);
  const seconds: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    seconds.push(await step(`npm start -- --exit: run ${run}`, demonstrate));
  }
  return [ceiling('npm start -- --exit: seconds', 's', seconds, MOST_SECONDS)];
}

/** How many seconds it took. Its exit code says whether anything was lost, doubled, or differs. */
async function demonstrate(): Promise<number> {
  const started = Date.now();
  const child = spawnChild('npm', ['start', '--', '--exit'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  onEnd(() => void child.kill('SIGTERM'));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`The run does not count: npm start ended with ${code}\n${output}`);
  return (Date.now() - started) / 1000;
}
