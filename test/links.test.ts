/** What leads a reader from one document to another, and from a node to its document. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { ICredentialType } from 'n8n-workflow';

import { root } from '../scripts/lib/toolchain.mjs';

const REPOSITORY =
  'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/';

/** As their nodes' folders are called. */
const STORES = ['XCart', 'ThreeDCart', 'Clarity'];

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** As GitHub makes anchors of headings; a heading that comes again gets a number. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.replace(/[*`_]/g, '').toLowerCase();
    const anchor = plain.replace(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-');
    let name = anchor;
    for (let number = 1; anchors.has(name); number += 1) name = `${anchor}-${number}`;
    anchors.add(name);
  }
  return anchors;
}

/** A link that leads nowhere, from the folder that holds its document. */
function isBroken(folder: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = join(folder, path);
  if (!existsSync(join(root, file))) return true;
  return anchor !== undefined && !anchorsOf(read(file)).has(anchor);
}

function brokenIn(document: string): string[] {
  const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => (link.startsWith('#') ? `${document.split('/').at(-1)}${link}` : link))
    .filter((link) => isBroken(dirname(document), link));
}

const documents = ['README.md', 'CHANGELOG.md', ...globSync('docs/*.md', { cwd: root })];

it.each(documents)('every link of %s leads somewhere', (document) => {
  expect(brokenIn(document)).toEqual([]);
});

it('every document is to be found from the README', () => {
  const readme = read('README.md');
  expect(documents.slice(1).filter((document) => !readme.includes(`(${document}`))).toEqual([]);
});

interface Codex {
  resources: Record<'primaryDocumentation', Array<{ url: string }>>;
}

/** Its file names the class that it holds. */
function typeIn(file: string): ICredentialType {
  const name = basename(file, '.credentials.ts');
  const { [name]: Type } = jest.requireActual<Record<string, new () => ICredentialType>>(
    join(root, file),
  );
  if (!Type) throw new Error(`${file} has no class ${name}`);
  return new Type();
}

const pageOf = (file: string): string | undefined => {
  const { resources } = JSON.parse(read(file)) as Codex;
  return resources.primaryDocumentation[0]?.url.slice(REPOSITORY.length);
};

// The tutorial, which they led to once, is that of one store alone.
it.each(STORES)('the nodes of %s lead to the page that is about every store', (store) => {
  const files = globSync(`nodes/${store}{,Trigger}/*.node.json`, { cwd: root });
  expect(files.map(pageOf)).toEqual(['docs/stores.md', 'docs/stores.md']);
});

it('the README calls every credential as n8n does', () => {
  const types = globSync('credentials/*.credentials.ts', { cwd: root }).map(typeIn);
  const readme = read('README.md').replace(/\s+/g, ' ');
  const missing = types.filter(({ displayName }) => !readme.includes(`_${displayName}_`));
  expect(missing.map(({ displayName }) => displayName)).toEqual([]);
});

const linking = [
  ...globSync('nodes/*/*.node.json', { cwd: root }),
  ...globSync('credentials/*.credentials.ts', { cwd: root }),
];

it.each(linking)('every document that %s links to is there', (file) => {
  const links = [...read(file).matchAll(/https:\/\/github\.com\/[^\s"']+/g)].map(([link]) => link);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) {
    expect(link.startsWith(REPOSITORY)).toBe(true);
    expect(isBroken('.', link.slice(REPOSITORY.length))).toBe(false);
  }
});
