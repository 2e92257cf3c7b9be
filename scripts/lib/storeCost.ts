import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { mergeWith } from 'lodash';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** What a store is made of, in the order of the columns. */
const PARTS = {
  core: ['core/stores', 'core/presets'],
  nodes: ['nodes', 'credentials'],
  sandbox: ['sandbox'],
} as const;

export type Part = keyof typeof PARTS;

/** Lines of code of each part and of all together, and how many files they stand in. */
export type Cost = Record<Part | 'whole' | 'files', number>;

/** `kit` is what stores share, and every other folder beside it a store. */
const STORES_IN = 'core/stores';
const KIT = 'kit';

/** By what stores, and others, are followed. */
const FOLLOWING = ['core/feeds', 'core/webhooks'];

export const storeNames = (): string[] =>
  readdirSync(join(ROOT, STORES_IN)).filter((name) => name !== KIT);

const isTest = (file: string): boolean => /(\.test\.ts|(^|\/)test-[^/]*)$/.test(file);

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !isTest(file))
    .map((file) => file.replaceAll('\\', '/'));
}

/** Lines on which a token of the language stands, so that neither comments nor blank lines count. */
export function codeLines(text: string): number {
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

/**
 * @param isCounted whether a file counts, by its path below one of the folders
 * @param among by part, the folders that are looked through
 */
function costOf(
  isCounted: (file: string) => boolean,
  among: Partial<Record<Part, readonly string[]>> = PARTS,
): Cost {
  const cost: Cost = { core: 0, nodes: 0, sandbox: 0, whole: 0, files: 0 };
  for (const [part, folders] of Object.entries(among) as Array<[Part, readonly string[]]>) {
    for (const folder of folders) {
      for (const file of filesIn(folder).filter(isCounted)) {
        const lines = codeLines(readFileSync(join(ROOT, folder, file), 'utf8'));
        cost[part] += lines;
        cost.whole += lines;
        cost.files += 1;
      }
    }
  }
  return cost;
}

/**
 * What a store costs in the folders that are its own: whatever in one of them has its name at the beginning.
 *
 * @param inside a folder of the store, where that alone is asked for: one of its protocols, say
 */
export function storeCost(store: string, inside?: string): Cost {
  return costOf(
    (file) =>
      file.toLowerCase().startsWith(store) &&
      (inside === undefined || file.includes(`/${inside}/`)),
  );
}

/** What all stores have in common: no store writes it again. */
export function kitCost(): Cost {
  const shared = costOf((file) => /^(?:kit|shared)\//.test(file));
  const following = costOf(() => true, { core: FOLLOWING });
  return mergeWith(shared, following, (one: number, other: number) => one + other);
}
