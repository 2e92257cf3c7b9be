import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { spawnChild } from '../scripts/lib/child.mjs';
import type { SandboxAddresses } from './start';

const ROOT = join(__dirname, '..');

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

function start(...args: string[]): ChildProcess {
  child = spawnChild(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  return child;
}

async function output(stream: NodeJS.ReadableStream | null): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of stream ?? []) chunks.push(String(chunk));
  return chunks.join('');
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text;
}

test('prints one JSON line with every address, and SIGTERM ends it even while a request hangs', async () => {
  const running = start('--', '--port', '0', '--seed', '2');
  const line = await firstLine(running.stdout);
  const { entra, dataverse, xcart, control } = JSON.parse(line) as SandboxAddresses;
  expect(line.trim().split('\n')).toHaveLength(1);
  expect(entra.tenantId).toMatch(/^[0-9a-f-]{36}$/);
  expect(dataverse.scope).toBe(`${dataverse.url}/.default`);
  const rules = [{ service: 'xcart', kind: 'timeout-after-commit', holdMs: 600_000 }];
  await fetch(`${control.url}/faults`, { method: 'PUT', body: JSON.stringify({ rules }) });
  const headers = { 'x-auth-token': xcart.readKey };
  const hanging = expect(fetch(`${xcart.url}/api/orders`, { headers })).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 100));
  running.kill('SIGTERM');
  const [code] = (await once(running, 'exit')) as [number | null];
  expect(code).toBe(0);
  await hanging;
});

test('a taken port and a wrong argument end with a sentence and no stack', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const running = start('--port', String(port));
  const error = await output(running.stderr);
  expect(error).toContain(`Port ${port} on 127.0.0.1 is taken`);
  expect(error).not.toContain('    at ');
  expect(running.exitCode).not.toBe(0);
  taken.close();
  const wrong = await output(start('--prot', '1').stderr);
  expect(wrong).toContain("Unknown option '--prot'");
});

test('--help says what there is', async () => {
  expect(await output(start('--help').stdout)).toContain('--port N');
});

test('npm ended by SIGTERM takes the sandbox with it', async () => {
  child = spawnChild('npm', ['run', 'sandbox', '--', '--port', '0'], { cwd: ROOT, stdio: 'pipe' });
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('"control"')) break;
  }
  const line = text.split('\n').find((one) => one.startsWith('{')) ?? '';
  const { control } = JSON.parse(line) as SandboxAddresses;
  const health = (): Promise<number> =>
    fetch(`${control.url}/health`).then(
      ({ status }) => status,
      () => 0,
    );
  expect(await health()).toBe(200);
  child.kill('SIGTERM');
  while ((await health()) !== 0) await new Promise((resolve) => setTimeout(resolve, 100));
});
