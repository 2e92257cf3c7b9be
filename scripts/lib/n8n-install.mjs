// The pinned n8n, installed once per lock file into a cache outside the checkout.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { step } from './progress.mjs';
import { ensureDebian, root, runQuietly } from './toolchain.mjs';

const source = join(root, 'test/e2e/n8n');
export const cacheRoot = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'n8n-nodes-dynamics-commerce',
);

function cacheFolder() {
  const lock = readFileSync(join(source, 'package-lock.json'));
  return join(cacheRoot, `n8n-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`);
}

/** Where n8n is; installs it on the first call. Returns `{ folder, node, n8n }`. */
export async function ensureN8n() {
  const folder = cacheFolder();
  if (!existsSync(join(folder, '.complete'))) {
    await ensureDebian([
      { program: 'python3', package: 'python3' },
      { program: 'make', package: 'make' },
      { program: 'g++', package: 'g++' },
    ]);
    await step('Installing n8n 2.39.10 and its Node.js (once per machine, 3 to 6 minutes)', () =>
      install(folder),
    );
  }
  return {
    folder,
    node: join(folder, 'node_modules/node/bin/node'),
    n8n: join(folder, 'node_modules/n8n/bin/n8n'),
  };
}

/** Into a folder of this process, then renamed: an install that was cut off never looks complete. */
async function install(folder) {
  const work = `${folder}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  cpSync(source, work, { recursive: true });
  const npm = (args, env = {}) =>
    runQuietly('npm', args, { cwd: work, env: { ...process.env, ...env } });
  // Install scripts of optional parts fail without a network of their own: skip all, then build the two native
  // modules that n8n cannot start without.
  await npm(['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-fund', '--no-audit']);
  await npm(['rebuild', 'node', '--ignore-scripts=false']);
  await npm(['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'], {
    PATH: `${join(work, 'node_modules/node/bin')}:${process.env.PATH}`,
    npm_config_nodedir: nodeHeaders(work),
  });
  writeFileSync(join(work, '.complete'), '');
  try {
    renameSync(work, folder);
  } catch (error) {
    // Another process was first, or left an unfinished folder.
    if (existsSync(join(folder, '.complete')))
      return rmSync(work, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    void error;
  }
}

/** The headers that came with Node.js 24; without them node-gyp would ask the internet for some. */
function nodeHeaders(work) {
  const nested = join(work, 'node_modules/node/node_modules');
  const platform = readdirSync(nested).find((name) => existsSync(join(nested, name, 'include')));
  if (!platform) throw new Error(`The package "node" brought no headers below ${nested}`);
  return join(nested, platform);
}
