/**
 * Builds what is published: our own modules as one file, a file beside it for each node and credential that n8n loads by
 * name, every library they use as one file in dist/vendor, icons, codex files and output previews beside the nodes. The
 * published package then has no dependency at all.
 */
const { readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync } = require('node:fs');
const { builtinModules } = require('node:module');
const { basename, dirname, join, relative } = require('node:path').posix;

const esbuild = require('esbuild');
const { dest, series, src } = require('gulp');

const PACK = 'dist/pack.js';
const target = 'node20';
const builtin = new Set(builtinModules);
/** Comes with n8n itself; a second copy breaks `instanceof` and costs 144 MB. */
const provided = new Set(['n8n-workflow']);

async function clean() {
  rmSync('dist', { recursive: true, force: true });
}

/** What n8n loads by name: the class `XCart` of `dist/nodes/XCart/XCart.node.js`. */
const { nodes, credentials } = require('./package.json').n8n;
const entries = [...nodes, ...credentials].map((file) => ({
  file,
  source: file.replace(/^dist/, '.').replace(/\.js$/, ''),
  name: basename(file).split('.')[0],
}));

const isOurs = (path) => path.startsWith('.');
const isLibrary = (path) =>
  !isOurs(path) && !path.startsWith('node:') && !builtin.has(path) && !provided.has(path);
const vendorFile = (library) => `${library.replace('@', '').replaceAll('/', '-')}.js`;

/** Leaves libraries out, and points their imports to dist/vendor. */
function vendored(libraries) {
  return {
    name: 'vendored',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path }) => {
        if (isOurs(path) || path.endsWith('.json')) return null;
        if (!isLibrary(path)) return { path, external: true };
        libraries.add(path);
        return { path: `./vendor/${vendorFile(path)}`, external: true };
      });
    },
  };
}

/**
 * As one file, because every call from one CommonJS module into another goes through a getter: mapping an order took half
 * as long again.
 */
async function compile() {
  const libraries = new Set();
  await esbuild.build({
    stdin: {
      contents: entries.map(({ source }) => `export * from '${source}';`).join('\n'),
      resolveDir: '.',
    },
    outfile: PACK,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target,
    plugins: [vendored(libraries)],
    logLevel: 'warning',
  });
  for (const { file, name } of entries) {
    mkdirSync(dirname(file), { recursive: true });
    const pack = relative(dirname(file), PACK);
    writeFileSync(file, `exports.${name} = require("${pack}").${name};\n`);
  }
  await vendor([...libraries]);
}

/** One file per library, so that what is heavy loads on first use and what is shared loads once. */
async function vendor(libraries) {
  const result = await esbuild.build({
    entryPoints: libraries.map((library) => ({
      in: library,
      out: vendorFile(library).replace(/\.js$/, ''),
    })),
    outdir: 'dist/vendor',
    bundle: true,
    minify: true,
    legalComments: 'none',
    format: 'cjs',
    platform: 'node',
    target,
    external: [...provided],
    metafile: true,
    logLevel: 'warning',
  });
  writeNotices(Object.keys(result.metafile.inputs));
}

/** The licence of every package that was bundled, as their licences ask. */
function writeNotices(inputs) {
  const packages = new Set(
    inputs.map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[0]).filter(Boolean),
  );
  const notices = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${licenceText(folder)}\n`;
  });
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/THIRD_PARTY_NOTICES.txt', notices.join('\n'));
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : usualText(folder);
}

/** For a package that names the MIT licence and holds no text of it. */
function usualText(folder) {
  const { author, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (license !== 'MIT') return '';
  return `MIT License

Copyright (c) ${typeof author === 'string' ? author : author?.name}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

function assets() {
  const files = [
    '{nodes,credentials}/**/*.{svg,png}',
    'nodes/**/*.node.json',
    'nodes/**/__schema__/**/*.json',
  ];
  return src(files, { encoding: false, base: '.' }).pipe(dest('dist'));
}

function templates() {
  return src('workflows/*.json', { allowEmpty: true }).pipe(dest('dist/workflows'));
}

exports.build = series(clean, compile, assets, templates);
