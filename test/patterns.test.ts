/** The patterns by which n8n checks what a person enters in a field: n8n gives each a quarter of a second, so none may take long. */
import { basename, join } from 'node:path';

import { Linter } from 'eslint';
import * as regexp from 'eslint-plugin-regexp';

import { n8n } from '../package.json';

interface Pattern {
  where: string;
  source: string;
}

/** Everything below a description that is checked by a regular expression, or shown by one. */
function patternsIn(value: unknown, where: string): Pattern[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const path = `${where}.${key}`;
    if (key === 'regex' && typeof inner === 'string') return [{ where: path, source: inner }];
    return patternsIn(inner, path);
  });
}

function describedIn(file: string): Pattern[] {
  const source = join(__dirname, '..', file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
  const name = basename(source).split('.', 1).join('');
  const exported = jest.requireActual<Record<string, new () => object>>(source);
  const Type = exported[name];
  if (!Type) throw new Error(`${source} exports no ${name}`);
  return patternsIn(new Type(), name);
}

const patterns = [...n8n.nodes, ...n8n.credentials].flatMap(describedIn);

/** What lint says of an expression of ours in the code, said of one that stands in a text. n8n puts the ends around it. */
function problemsOf(source: string): string[] {
  const code = `export const pattern = ${String(new RegExp(`^${source}$`))};`;
  const rules = {
    'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
    'regexp/no-super-linear-move': ['error', { report: 'potential' }],
  } as const;
  return new Linter()
    .verify(code, [{ plugins: { regexp }, rules } as unknown as Linter.Config])
    .map(({ message }) => message);
}

describe('the patterns of fields', () => {
  it('are found', () => {
    expect(patterns.length).toBeGreaterThan(10);
    expect(problemsOf('(a+)+')).not.toEqual([]);
  });

  it('take a time that grows with the text and no faster', () => {
    const slow = patterns.flatMap(({ where, source }) =>
      problemsOf(source).map((message) => ({ where, source, message })),
    );
    expect(slow).toEqual([]);
  });
});
