import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/** The texts of the code, to which pages are held that quote how messages begin. */

const ROOT = join(__dirname, '../..');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(ROOT, folder, file));
}

/** A text of the code, with `…` for what is put into it. */
function textsIn(node: ts.Node): string[] {
  const own = ts.isStringLiteralLike(node)
    ? [node.text]
    : ts.isTemplateExpression(node)
      ? [[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')]
      : [];
  const inside: string[] = [];
  ts.forEachChild(node, (child) => void inside.push(...textsIn(child)));
  return [...own, ...inside];
}

/** What is put in may stand in quotes or not; a message may begin with it. */
export const plain = (text: string): string =>
  text
    .replace(/(?:"?…"?\s*)+/g, ' … ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s…]+/, '');

const texts = ['core', 'nodes', 'credentials'].flatMap(sourceFiles).flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  return textsIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest)).map(plain);
});

/** Holds the beginning of a message, as a page quotes it, to what the code says. */
export function expectSaid(message: string): void {
  expect(plain(message).length).toBeGreaterThanOrEqual(10);
  expect(texts.filter((text) => text.startsWith(plain(message)))).not.toEqual([]);
}
