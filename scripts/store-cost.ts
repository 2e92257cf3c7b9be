/**
 * `npm run store-cost`: what each store costs in lines of code, in the folders that are its own. What all stores have in
 * common (the kits, `nodes/shared`) counts to none. Tests, comments and blank lines do not count either.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import ts from 'typescript';

const ROOT = resolve(__dirname, '..');

/** In the order of the columns. A part of a store is whatever in one of these folders has its name at the beginning. */
const PARTS: ReadonlyArray<{ title: string; folders: readonly string[] }> = [
  { title: 'core', folders: ['core/stores', 'core/presets'] },
  { title: 'nodes', folders: ['nodes', 'credentials'] },
  { title: 'sandbox', folders: ['sandbox'] },
];

/** `kit` is what stores share, and every other folder beside it a store. */
const STORES = readdirSync(join(ROOT, 'core/stores')).filter((name) => name !== 'kit');

const isTest = (file: string): boolean => /(\.test\.ts|(^|\/)test-[^/]*)$/.test(file);

function filesOf(store: string, folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.toLowerCase().startsWith(store))
    .filter((file) => file.endsWith('.ts') && !isTest(file))
    .map((file) => join(ROOT, folder, file));
}

/** Lines on which a token of the language stands, so that neither comments nor blank lines count. */
function codeLines(text: string): number {
  const file = ts.createSourceFile('', text, ts.ScriptTarget.Latest);
  const lines = new Set<number>();
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length > 0) {
      children.forEach(visit);
      return;
    }
    if (node.getWidth(file) === 0) return;
    const end = lineAt(node.getEnd());
    for (let line = lineAt(node.getStart(file)); line <= end; line += 1) lines.add(line);
  };
  visit(file);
  return lines.size;
}

function costOf(store: string, folders: readonly string[]): number {
  const files = folders.flatMap((folder) => filesOf(store, folder));
  return files.reduce((sum, file) => sum + codeLines(readFileSync(file, 'utf8')), 0);
}

const rows = STORES.map((store) => {
  const costs = PARTS.map(({ title, folders }) => [title, costOf(store, folders)] as const);
  const whole = costs.reduce((sum, [, cost]) => sum + cost, 0);
  return [store, { ...Object.fromEntries(costs), whole }] as const;
});

console.table(Object.fromEntries(rows));
