// What has to be there before anything else can run. Plain JavaScript for whatever Node.js the machine has:
// on a fresh checkout nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { signalGroup, spawnChild, spawnGroup } from './child.mjs';
import { step } from './progress.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Node.js 24: n8n and `node:sqlite` need it, so it comes as a development dependency. */
export const node24 = join(root, 'node_modules/node/bin/node');

const installedLock = join(root, 'node_modules/.package-lock.json');
const lock = join(root, 'package-lock.json');

/** npm, which has started us by a shell. Not every shell gives its place to the one program that it runs. */
function npmProcess() {
  const about = ['-o', 'ppid=,comm=', '-p', String(process.ppid)];
  const { stdout } = spawnSync('ps', about, { encoding: 'utf8' });
  const [, parent, name] = /(\d+)\s+(\S+)/.exec(stdout ?? '') ?? [];
  return name?.endsWith('sh') ? Number(parent) : process.ppid;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * A `kill` of npm ends npm, and sometimes the shell between it and us, and nobody tells us. Take it as the signal that
 * it was meant to be.
 */
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const npm = npmProcess();
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(npm)) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

function isInstalled() {
  return existsSync(installedLock) && statSync(installedLock).mtimeMs >= statSync(lock).mtimeMs;
}

export async function ensureDependencies() {
  if (!isInstalled()) {
    await step('Installing the dependencies (about a minute)', () =>
      runQuietly('npm', ['ci'], { cwd: root }),
    );
  }
  await ensureNode24();
}

/** `.npmrc` switches install scripts off; this is the one package that needs its own. */
export async function ensureNode24() {
  if (existsSync(node24)) return;
  await step('Bringing Node.js 24', () =>
    runQuietly('npm', ['rebuild', 'node', '--ignore-scripts=false'], { cwd: root }),
  );
}

/** The environment in which a plain `node` is Node.js 24, also for programs that are started from there. */
export function environment(extra = {}) {
  return {
    ...process.env,
    PATH: `${dirname(node24)}:${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    ...extra,
  };
}

/** Arguments for Node.js 24 that run a TypeScript file, or a tool of node_modules by its name. */
export function nodeArguments(target, args) {
  if (target.endsWith('.ts')) return ['--import', 'tsx', join(root, target), ...args];
  return [toolPath(target), ...args];
}

/** Packages whose program has another name than they have. */
const packageOf = { tsc: 'typescript' };

function toolPath(name) {
  const folder = join(root, 'node_modules', packageOf[name] ?? name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/**
 * Runs a program in the foreground; resolves with its exit code. Signals reach it, so nothing stays behind.
 * `onOutput` gets what it writes, which is not shown then.
 */
export function runInForeground(command, args, { onOutput, ...options } = {}) {
  return new Promise((done, fail) => {
    const stdio = onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawnChild(command, args, { stdio, cwd: root, ...options });
    if (onOutput) for (const stream of [child.stdout, child.stderr]) stream.on('data', onOutput);
    // A terminal sends Ctrl-C to both; a second SIGINT does the child no harm.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => child.kill(signal));
    child.on('error', fail);
    // Comes when all that it has written is read.
    child.on('close', (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}

export async function runTool(target, args = [], options = {}) {
  return await runInForeground(node24, nodeArguments(target, args), {
    env: environment(),
    ...options,
  });
}

/** Runs one tool after the other, also where one fails; resolves with 0 only if all went well. */
export async function runAll(commands) {
  let failed = 0;
  for (const [tool, ...args] of commands) {
    const code = await runTool(tool, args);
    process.stderr.write(`${code === 0 ? '✓' : '✗'} ${tool}\n`);
    if (code !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

/** Runs all tools at the same time, and shows what each has written as it ends; resolves with 0 only if all went well. */
export async function runSideBySide(commands) {
  const codes = await Promise.all(
    commands.map(async ([tool, ...args]) => {
      const output = [];
      const code = await runTool(tool, args, { onOutput: (chunk) => output.push(chunk) });
      process.stdout.write(Buffer.concat(output));
      process.stderr.write(`${code === 0 ? '✓' : '✗'} ${tool}\n`);
      return code;
    }),
  );
  return codes.every((code) => code === 0) ? 0 : 1;
}

/** Runs a program and shows its output only when it fails. Its whole process group ends with this process. */
export function runQuietly(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawnGroup(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const stop = (signal) => {
      signalGroup(child, 'SIGKILL');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    signals.forEach((signal) => process.on(signal, stop));
    const finish = () => signals.forEach((signal) => process.off(signal, stop));
    child.on('error', (error) => (finish(), fail(error)));
    child.on('exit', (code) => {
      finish();
      if (code === 0) return done();
      fail(new Error(`${command} ${args.join(' ')} ended with ${code}\n${Buffer.concat(output)}`));
    });
  });
}

/** Installs Debian packages that a step cannot do without, where their program is missing. */
export async function ensureDebian(programs) {
  const missing = programs.filter(({ program }) => spawnSync('which', [program]).status !== 0);
  if (missing.length === 0) return;
  const packages = missing.map(({ package: name }) => name);
  await step(`Installing ${packages.join(', ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly('apt-get', ['update', '-q'], { env });
    await runQuietly('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      env,
    });
  });
}
