/**
 * What the next store costs. The toy store is written as a real one would be, so that its lines are those that the kit
 * cannot take over: where this test fails, the kit has become dearer for every store.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const STORE = join(__dirname, 'store');
/** With two kinds of records to follow and to read. */
const MOST_LINES = 440;
const MOST_LINES_OF_CODE = 150;

const hasBody = (node: ts.Node): node is ts.FunctionLikeDeclaration & { body: ts.Node } =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/**
 * Lines on which a function does something. All others say what there is: words, schemas, descriptions, types, imports,
 * comments.
 */
function codeLinesOf(file: ts.SourceFile): Set<number> {
  const lines = new Set<number>();
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (hasBody(node)) {
      const { body } = node;
      for (let line = lineAt(body.getStart(file)); line <= lineAt(body.getEnd()); line += 1) {
        lines.add(line);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

const files = readdirSync(STORE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const text = readFileSync(join(STORE, name), 'utf8');
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    return { name, lines: text.trimEnd().split('\n').length, code: codeLinesOf(file).size };
  });

const sum = (of: 'lines' | 'code'): number => files.reduce((all, file) => all + file[of], 0);

test(`a store takes at most ${MOST_LINES} lines, of which ${MOST_LINES_OF_CODE} are code`, () => {
  const price = { lines: sum('lines'), code: sum('code') };
  expect({ ...price, isMore: price.lines > MOST_LINES, files }).toMatchObject({ isMore: false });
  expect({ ...price, isMore: price.code > MOST_LINES_OF_CODE, files }).toMatchObject({
    isMore: false,
  });
  // A store of no lines would be a wrong folder.
  expect(price.code).toBeGreaterThan(30);
});
