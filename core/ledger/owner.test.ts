import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { Worker } from 'node:worker_threads';

import { isGone, ownerId } from './owner';

const self = ownerId();

test('a living process is not gone, a killed one is', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const owner = ownerId({ pid: child.pid, bootId: '1' });
  expect(isGone(owner, self)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isGone(owner, self)).toBe(true);
});

test('our own process number under another boot is a former life', () => {
  expect(isGone(ownerId({ bootId: '1' }), self)).toBe(true);
  expect(isGone(self, self)).toBe(false);
});

test('nothing is known about another machine, or an owner of another kind', () => {
  expect(isGone(ownerId({ host: `not-${hostname()}`, pid: 2 ** 22 + 1 }), self)).toBe(false);
  expect(isGone('worker 7', self)).toBe(false);
});

test('threads of one process have one boot id', async () => {
  const code = `
    const { performance } = require('node:perf_hooks');
    require('node:worker_threads').parentPort.postMessage(Math.round(performance.timeOrigin));`;
  const worker = new Worker(code, { eval: true });
  const [bootId] = (await once(worker, 'message')) as [number];
  expect(self.endsWith(`:${bootId}`)).toBe(true);
  await worker.terminate();
});
