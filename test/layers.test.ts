import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import ts from 'typescript';

const root = resolve(__dirname, '..');
const SOURCE_FOLDERS = ['credentials', 'nodes', 'core', 'sandbox', 'workflows', 'scripts', 'test'];
const MAX_LINES = 400;

interface Import {
  from: string;
  /** Path inside the project, or the name of a package. */
  to: string;
}

function filesBelow(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const child = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(child);
    return /\.(ts|mjs|js)$/.test(entry.name) ? [child.split(sep).join('/')] : [];
  });
}

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

const importsOf = (file: string): Import[] => importsIn(file, textOf(file));

/** Without what is there for the compiler alone. */
const runtimeImportsOf = (file: string): Import[] =>
  importsIn(file, textOf(file).replace(/^(?:import|export) type [^;]*;/gm, ''));

function importsIn(file: string, text: string): Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => ({
    from: file,
    to: fileName.startsWith('.')
      ? relative(root, resolve(root, dirname(file), fileName))
          .split(sep)
          .join('/')
      : fileName,
  }));
}

const files = SOURCE_FOLDERS.flatMap(filesBelow);
const imports = files.filter((file) => !file.endsWith('.test.ts')).flatMap(importsOf);

const moduleOf = (path: string) => path.replace(/\.(ts|mjs|js)$/, '').replace(/\/index$/, '');

/** The imports that are left when files that import nothing more, or that nobody imports, are taken away. */
function circlesIn(edges: Import[]): Import[] {
  const importing = new Set(edges.map(({ from }) => from));
  const imported = new Set(edges.map(({ to }) => to));
  const left = edges.filter(({ from, to }) => imported.has(from) && importing.has(to));
  return left.length === edges.length ? left : circlesIn(left);
}

const isBelow = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const isN8n = (path: string) => /^(n8n|@n8n)(\/|-|$)/.test(path);

/** Who may not import what, and why. */
const FORBIDDEN: Array<{
  rule: string;
  from: (path: string) => boolean;
  to: (path: string) => boolean;
}> = [
  { rule: 'core runs without n8n', from: isBelow('core'), to: isN8n },
  {
    rule: 'core never looks up to the nodes',
    from: isBelow('core'),
    to: (path) =>
      ['nodes', 'credentials', 'sandbox', 'scripts', 'test'].some((folder) =>
        isBelow(folder)(path),
      ),
  },
  {
    rule: 'the sandbox shares no code with the pack, so that one misreading cannot hide itself',
    from: isBelow('sandbox'),
    to: (path) =>
      ['core', 'nodes', 'credentials', 'workflows'].some((folder) => isBelow(folder)(path)) ||
      isN8n(path),
  },
  {
    rule: 'what all services of the sandbox share knows none of them',
    from: isBelow('sandbox/kit'),
    to: (path) => isBelow('sandbox')(path) && !/^sandbox\/(?:kit|seed)(?:\/|$)/.test(path),
  },
  {
    rule: 'the OData engine of the sandbox knows no service that speaks it',
    from: isBelow('sandbox/odata'),
    to: (path) => isBelow('sandbox')(path) && !/^sandbox\/(kit|odata)(\/|$)/.test(path),
  },
  {
    rule: 'what is published never imports what is not',
    from: (path) => isBelow('nodes')(path) || isBelow('credentials')(path),
    to: (path) => ['sandbox', 'scripts', 'test'].some((folder) => isBelow(folder)(path)),
  },
  {
    rule: 'a storefront never imports Dynamics',
    from: isBelow('core/stores'),
    to: isBelow('core/dynamics'),
  },
  {
    rule: 'Dynamics never imports a storefront',
    from: isBelow('core/dynamics'),
    to: isBelow('core/stores'),
  },
  {
    rule: 'what follows changes knows none of the services that it follows',
    from: (path) => isBelow('core/feeds')(path) || isBelow('core/webhooks')(path),
    to: (path) => isBelow('core/stores')(path) || isBelow('core/dynamics')(path),
  },
  {
    rule: 'what nodes with tables share knows no service',
    from: isBelow('nodes/shared/table'),
    to: (path) =>
      ['core/dynamics/dataverse', 'core/dynamics/finance', 'nodes/Dynamics365'].some((folder) =>
        isBelow(folder)(path),
      ),
  },
  {
    rule: 'OData knows no service',
    from: isBelow('core/odata'),
    to: (path) => isBelow('core/dynamics')(path) || isBelow('core/stores')(path),
  },
  {
    rule: 'the common model knows neither side',
    from: isBelow('core/commerce'),
    to: (path) => isBelow('core/stores')(path) || isBelow('core/dynamics')(path),
  },
  {
    rule: 'mapping works on documents that it is handed, and names no service',
    from: isBelow('core/mapping'),
    to: (path) =>
      ['core/presets', 'core/stores', 'core/dynamics'].some((f) => isBelow(f)(`${path}/`)),
  },
  {
    rule: 'presets name no client: of a service they know its documents and statuses',
    from: isBelow('core/presets'),
    to: (path) =>
      (isBelow('core/stores')(path) || isBelow('core/dynamics')(path)) &&
      !/\/(documents|statuses)$/.test(path),
  },
  {
    rule: 'readers of values know nothing but errors',
    from: isBelow('core/values'),
    to: (path) =>
      isBelow('core')(path) && path !== 'core/errors' && !isBelow('core/values')(`${path}/`),
  },
  {
    rule: 'what documents are is said without any of them',
    from: isBelow('core/documents'),
    to: (path) => isBelow('core')(path) && !isBelow('core/documents')(path),
  },
];

describe('layers', () => {
  it('reads the whole project', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(FORBIDDEN)('$rule', ({ from, to }) => {
    expect(imports.filter((entry) => from(entry.from) && to(entry.to))).toEqual([]);
  });

  it('no file imports itself by way of others, types apart', () => {
    const edges = files
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap(runtimeImportsOf)
      .map(({ from, to }) => ({ from: moduleOf(from), to: moduleOf(to) }));
    expect(circlesIn(edges)).toEqual([]);
  });

  it('a storefront never imports another storefront', () => {
    const storeOf = (path: string) => /^core\/stores\/([^/]+)\//.exec(path)?.[1];
    const crossing = imports.filter(
      ({ from, to }) =>
        storeOf(from) && storeOf(to) && storeOf(to) !== 'kit' && storeOf(from) !== storeOf(to),
    );
    expect(crossing).toEqual([]);
  });

  it('documents, statuses and presets reach no network', () => {
    const reached = new Set<string>();
    const follow = (path: string): void => {
      const file = [`${path}.ts`, `${path}/index.ts`].find((name) => files.includes(name));
      if (file === undefined || reached.has(file)) return;
      reached.add(file);
      imports.filter(({ from }) => from === file).forEach(({ to }) => follow(to));
    };
    follow('core/presets');
    expect(reached).toContain('core/stores/xcart/documents.ts');
    expect([...reached].filter((file) => /\/(http|odata)\/|\/client\.ts$/.test(file))).toEqual([]);
  });

  it('every storefront folder has the same files', () => {
    const stores = readdirSync(join(root, 'core/stores'), { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && entry.name !== 'kit',
    );
    for (const { name } of stores) {
      const present = readdirSync(join(root, 'core/stores', name));
      // And a webhook.ts where the store sends any.
      expect(present).toEqual(
        expect.arrayContaining([
          'api.ts',
          'wire.ts',
          'client.ts',
          'documents.ts',
          'statuses.ts',
          'feed.ts',
          'stock.ts',
        ]),
      );
    }
  });

  it('all items of all nodes go through the one loop of nodes/shared/run.ts', () => {
    // Whoever cannot reach the items, and cannot make a failed one, can neither forget a claim nor an item's failure.
    const ownLoop = /\b(getInputData|failItem|errorItem|inFlight|holdingClaims)\b/;
    const nodes = files.filter(isBelow('nodes')).filter((file) => !file.endsWith('.test.ts'));
    const looping = nodes
      .filter((file) => !isBelow('nodes/shared')(file))
      .filter((file) => ownLoop.test(readFileSync(join(root, file), 'utf8')));
    expect(nodes.length).toBeGreaterThan(50);
    // The ledger asks only whether its context has items at all.
    expect(looping).toEqual(['nodes/SyncLedger/fields/flow.ts']);
  });

  it(`no file is longer than ${MAX_LINES} lines`, () => {
    const tooLong = files
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(tooLong).toEqual([]);
  });

  it('tests stand beside what they test, and are not packed', () => {
    const { files: packed } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      files: string[];
    };
    const isDocument = (path: string): boolean =>
      /^docs\/[\w-]+\.json$|\.md$|^docs\/images$/.test(path);
    expect(packed.filter((path) => !isDocument(path))).toEqual(['dist', 'index.js']);
    const dist = join(root, 'dist');
    if (!existsSync(dist) || !statSync(dist).isDirectory()) return;
    expect(filesBelow('dist').filter((file) => /\.test\.|sandbox\//.test(file))).toEqual([]);
  });
});
