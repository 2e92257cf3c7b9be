import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (name: string): string => join(__dirname, '../../docs', name);

/** A page of `docs/`, by its file name. */
export const pageText = (name: string): string => readFileSync(fileOf(name), 'utf8');

export interface Block {
  /** The heading that it stands under, for the name of its test. */
  heading: string;
  json: unknown;
}

/** What the blocks that begin with ```` ```json <marker> ```` hold, in their order. */
export function blocksOf(text: string, marker: string): Block[] {
  const sections = text.split(/^#+ /m);
  return sections.flatMap((section) => {
    const heading = section.split('\n', 1)[0] ?? '';
    const blocks = section.matchAll(new RegExp(`^\`\`\`json ${marker}\\n([^]*?)^\`\`\``, 'gm'));
    return [...blocks].map(([, json = '']) => ({ heading, json: JSON.parse(json) as unknown }));
  });
}

export function tableOf(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(3, ...all.map((row) => (row[at] ?? '').length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Where a table of a page stands: between `<!-- name -->` and `<!-- end -->`. */
const placeOf = (name: string): RegExp =>
  new RegExp(`(<!-- ${name} -->\n\n)((?:(?!<!--)[^])*?)(\n\n<!-- end -->)`);

/** What stands there now. */
export const tableIn = (page: string, name: string): string =>
  placeOf(name).exec(pageText(page))?.[2] ?? '';

/** Holds a table of a page to what has been tried. */
export function expectTable(page: string, name: string, table: string): void {
  const text = pageText(page);
  const place = placeOf(name);
  expect(text).toMatch(place);
  const wanted = text.replace(
    place,
    (_, before: string, _now: string, after: string) => before + table + after,
  );
  if (process.env['UPDATE_DOCS']) writeFileSync(fileOf(page), wanted);
  expect(pageText(page)).toBe(wanted);
}

/** A value as a table shows it. */
export function code(value: unknown): string {
  if (value === undefined) return 'nothing';
  return `\`${JSON.stringify(value).replace(/\|/g, '\\|')}\``;
}
