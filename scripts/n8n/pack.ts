import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'n8n-nodes-dynamics-commerce';

/** Fields that n8n's community package installer drops from an installed package. */
const DROPPED = ['devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Packs the project and lays it where n8n's community package installer would: below `nodes/node_modules` of
 * the n8n folder. Never through the custom extensions folder, where node types get another name.
 */
export function installPack(projectRoot: string, n8nFolder: string): string {
  const target = join(n8nFolder, 'nodes', 'node_modules', NAME);
  const work = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', work], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    execFileSync('tar', [
      '-xzf',
      join(work, packedFile(packed)),
      '--strip-components=1',
      '-C',
      target,
    ]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  dropDependencies(join(target, 'package.json'));
  return target;
}

/** npm 10 answers a list, npm 11 a list or an object by package name. */
function packedFile(output: string): string {
  const parsed = JSON.parse(output) as
    Array<{ filename: string }> | Record<string, { filename: string }>;
  const entry = Object.values(parsed)[0];
  if (!entry) throw new Error('npm pack named no file');
  return entry.filename;
}

function dropDependencies(manifestPath: string): void {
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, unknown>;
  for (const field of DROPPED) delete manifest[field];
  writeFileSync(manifestPath, JSON.stringify(manifest, null, 2));
}
