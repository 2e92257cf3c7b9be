import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { ensureBuild } from '../scripts/lib/build.mjs';
import { root } from '../scripts/lib/toolchain.mjs';

interface Packed {
  size: number;
  unpackedSize: number;
  files: Array<{ path: string }>;
}

interface Manifest {
  n8n: { nodes: string[]; credentials: string[] };
  [field: string]: unknown;
}

/** In bytes: a page with its pictures is to open at once. */
const MOST_OF_A_PICTURE = 120 * 1024;

/** npm 10 answers a list, npm 11 a list or an object by package name. */
function dryRun(): Packed {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = Object.values(JSON.parse(output) as Packed[] | Record<string, Packed>);
  if (!packed) throw new Error('npm pack named nothing');
  return packed;
}

/** n8n makes an instance of the class that is named as the file is. */
function loadedByN8n(file: string): INodeType {
  const module = jest.requireActual<Record<string, new () => INodeType>>(join(root, file));
  const NodeType = module[basename(file).split('.')[0] ?? ''];
  if (!NodeType) throw new Error(`${file} holds no class of its name`);
  return new NodeType();
}

/** The editor asks for nodes/<Node>/__schema__/v<version>/<resource>/<operation>.json. */
function isAskedFor(file: string): boolean {
  const [, node = '', , folder = '', ...rest] = file.replace(/\.json$/, '').split('/');
  const [operation, resource] = rest.reverse();
  const module = jest.requireActual<Record<string, new () => INodeType>>(
    join(root, 'nodes', node, `${node}.node`),
  );
  const NodeType = module[node];
  if (!NodeType) return false;
  const { version, properties } = new NodeType().description;
  const versions = [version].flat().map((each) => [...`${each}`.split('.'), '0', '0'].slice(0, 3));
  return (
    versions.some((parts) => folder === `v${parts.join('.')}`) &&
    properties.some(
      ({ name, options, displayOptions }) =>
        name === 'operation' &&
        displayOptions?.show?.resource?.[0] === resource &&
        options?.some((option) => 'value' in option && option.value === operation),
    )
  );
}

describe('the published package', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  let packed: Packed;
  let paths: string[];

  beforeAll(async () => {
    await ensureBuild();
    packed = dryRun();
    paths = packed.files.map(({ path }) => path);
  });

  it('needs no other package', () => {
    for (const field of [
      'dependencies',
      'bundledDependencies',
      'optionalDependencies',
      'overrides',
    ]) {
      expect(manifest[field]).toBeUndefined();
    }
    expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
    expect(manifest.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
    const used = paths
      .filter((path) => path.endsWith('.js') && !path.startsWith('dist/vendor/'))
      .flatMap((path) => [
        ...readFileSync(join(root, path), 'utf8').matchAll(/require\("([^".][^"]*)"\)/g),
      ])
      .map(([, name]) => name)
      .filter((name) => !name?.startsWith('node:'));
    expect([...new Set(used)]).toEqual(['n8n-workflow']);
  });

  it('holds every node and credential, its icons and its codex file', () => {
    for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
      expect(paths).toContain(file);
    for (const file of manifest.n8n.nodes) expect(paths).toContain(file.replace(/\.js$/, '.json'));
    for (const file of manifest.n8n.nodes) {
      const { icon } = loadedByN8n(file).description;
      const icons = Object.values(icon as Record<string, string>);
      expect(icons).toHaveLength(2);
      for (const one of icons) expect(paths).toContain(join(file, '..', one.replace('file:', '')));
    }
  });

  it('holds every preview of an output, for a version, resource and operation that there is', () => {
    const previews = [...globSync('nodes/*/__schema__/**/*.json', { cwd: root })];
    expect(previews.length).toBeGreaterThan(30);
    expect(paths).toEqual(expect.arrayContaining(previews.map((file) => join('dist', file))));
    expect(previews.filter((file) => !isAskedFor(file))).toEqual([]);
  });

  it('holds what n8n needs and nothing else', () => {
    const expected =
      /^(dist\/(nodes|credentials|vendor|workflows)\/|dist\/pack\.js$|dist\/THIRD_PARTY_NOTICES\.txt$|docs\/|index\.js$|package\.json$|(README|CHANGELOG)\.md$|LICENSE$)/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.test\.|\.ts$|\.map$/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(2 * 1024 * 1024);
  });

  it('holds the documents that users need, with their pictures', () => {
    const forMaintainers = ['docs/architecture.md', 'docs/decisions.md'];
    const documents = globSync(['docs/*.{md,json}', 'docs/images/*'], { cwd: root });
    const packedDocuments = paths.filter((path) => path.startsWith('docs/'));
    expect(packedDocuments.sort()).toEqual(
      documents.filter((path) => !forMaintainers.includes(path)).sort(),
    );
    for (const path of packedDocuments.filter((each) => each.endsWith('.png')))
      expect(statSync(join(root, path)).size).toBeLessThan(MOST_OF_A_PICTURE);
  });

  it('names every bundled library with its licence', () => {
    const notices = readFileSync(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const notice of notices.split('-'.repeat(80)).slice(1))
      expect(notice.trim().length).toBeGreaterThan(300);
    expect(notices).toContain('@azure/msal-node');
  });

  it('has an entry point that names what it holds', () => {
    const entry = jest.requireActual<{ nodes: string[]; credentials: string[] }>('../index.js');
    for (const file of [...entry.nodes, ...entry.credentials])
      expect(existsSync(join(root, file))).toBe(true);
  });
});
