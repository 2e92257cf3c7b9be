import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { signalGroup, spawnGroup } from '../../scripts/lib/child.mjs';
import { nodeArguments } from '../../scripts/lib/toolchain.mjs';
import { waitUntil } from '../../scripts/lib/wait';
import { allProcesses, expectNone, processesWith, type Process } from '../support/processes';

jest.setTimeout(240_000);

let folder: string;
let parent: ReturnType<typeof spawnGroup>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orphan-'));
  parent = spawnGroup(process.execPath, nodeArguments('test/e2e/n8n-alone.ts', [folder]), {
    stdio: 'inherit',
  });
});

afterEach(() => {
  signalGroup(parent, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const log = (): string => readFileSync(join(folder, 'n8n.log'), 'utf8');

/** The environment of the task runner says nothing of our folder, but the runner is in the group of its n8n. */
function groupOfN8n(): Process[] {
  const n8n = processesWith(folder).find(({ command }) => command.includes('bin/n8n start'));
  return allProcesses().filter(({ group }) => group === n8n?.group);
}

it('n8n and its task runner end when the process that started them is killed, and its log is kept', async () => {
  const isRunner = ({ command }: Process): boolean => command.includes('task-runner');
  const isUp = (): boolean => groupOfN8n().some(isRunner) && log().includes('Registered runner');
  expect(await waitUntil(() => isUp() || parent.exitCode !== null, 120_000)).toBe(true);
  expect(parent.exitCode).toBeNull();
  const [first] = groupOfN8n();
  parent.kill('SIGKILL');
  await expectNone(() => allProcesses().filter(({ group }) => group === first?.group));
  await expectNone(() => processesWith(folder));
  expect(log()).toContain('n8n ready on');
});
