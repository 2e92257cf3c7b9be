// Builds dist when a source is newer than the last build.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { step } from './progress.mjs';
import { environment, node24, nodeArguments, root, runQuietly } from './toolchain.mjs';

const SOURCES = [
  'nodes',
  'credentials',
  'core',
  'workflows',
  'package.json',
  'package-lock.json',
  'gulpfile.js',
];
const RESULT = join(root, 'dist/THIRD_PARTY_NOTICES.txt');

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export async function ensureBuild() {
  const isFresh =
    existsSync(RESULT) &&
    SOURCES.every((path) => newest(join(root, path)) <= statSync(RESULT).mtimeMs);
  if (isFresh) return;
  await step('Building the pack', () =>
    runQuietly(node24, nodeArguments('gulp', ['build']), { cwd: root, env: environment() }),
  );
}
