/** Lays parts side by side and joins their nodes: a template is its parts, and no node is placed or joined by hand. */
import { type NodeOptions, type Template, TemplateBuilder } from './builder';

/** One node of a part. */
export interface Step extends NodeOptions {
  name: string;
  type: string;
  /**
   * Where the node stands in the flow. Triggers stand below one another, or below the node of the line that comes before
   * them, and lead to the first node of the line; the
   * nodes of the line follow one another through all parts; branches stand below one another beside the line, are led to
   * by an output of another node and come back to the line or end; the keeper, one a template, gets what the error
   * outputs of the others put out. It stands below the first nodes that may fail: n8n leads a wire that goes back below
   * the names of the nodes, and one that goes on across them.
   */
  role: 'trigger' | 'line' | 'branch' | 'keeper';
  /** Row of its part, from 0, where it is not the one that its role has. */
  row?: number;
  /** The node's outputs by name, where it has more than one; what fails leaves by one more, the last. */
  outputs?: readonly string[];
  /** Output → name of the node that it leads to. The first output of a node of the line leads on along the line. */
  leads?: Readonly<Record<string, string>>;
}

/** Nodes that belong together, and the grey note around them. */
export interface Part {
  /** Heading and one or two sentences (Markdown). */
  note: string;
  steps: readonly Step[];
  /** True: its triggers start a line of its own, which no other part belongs to. */
  apart?: boolean;
}

/** Parts that stand below one another: the line goes through the first. */
export type Stack = readonly Part[];

export interface Composition {
  name: string;
  /** Eight hexadecimal digits, another for each template, from which the ids of its nodes are made. */
  idPrefix: string;
  /** What the template does and how to set it up (Markdown). */
  overview: string;
  parts: ReadonlyArray<Part | Stack>;
}

/** The one output of a node that has no names for several. */
const ONLY: readonly string[] = [''];

/** Left of the first column; as high as its words need, which the editor check looks at. */
const OVERVIEW = { position: [-784, -208], size: [624, 960] } satisfies Record<
  string,
  [number, number]
>;

type Cell = [column: number, row: number];

/** Between the notes of two parts that stand below one another. */
const ROWS_BETWEEN = 1;

/** By how much branches alone stand further off: their wires come in below their heading, and go past all names. */
const ASIDE: Cell = [1, 1];

/** How many outputs a node has on the canvas, that for errors included. */
const outputsOf = ({ outputs = ONLY, onError }: Step): number =>
  outputs.length + (onError === 'continueErrorOutput' ? 1 : 0);

/** The cells of a part's nodes: one column for triggers side by side, one for all branches, one for each other node. */
function cellsOf(steps: readonly Step[], [firstColumn, firstRow]: Cell): Cell[] {
  let column = firstColumn;
  let triggers = 0;
  let branches = 0;
  return steps.map(({ role, row }, index): Cell => {
    if (role === 'trigger') return [column, firstRow + (row ?? triggers++)];
    if (role === 'branch') return [column, firstRow + branches++];
    if (role === 'keeper') return [firstColumn, firstRow + 1];
    if (index > 0) column += 1;
    return [column, firstRow + (row ?? 0)];
  });
}

/** @returns the last column and the last row that the part takes */
function addPart(builder: TemplateBuilder, { note, steps }: Part, first: Cell): Cell {
  const cells = cellsOf(steps, first);
  const last: Cell = [
    Math.max(...cells.map(([column]) => column)),
    Math.max(...cells.map(([, row]) => row)),
  ];
  const most = (row: number): number =>
    Math.max(...steps.filter((_, index) => cells[index]?.[1] === row).map(outputsOf));
  builder.section(note, [...first, most(first[1])], [...last, most(last[1])]);
  steps.forEach((step, index) => {
    const { name, type, role: _role, outputs: _outputs, leads: _leads, ...options } = step;
    builder.node(name, type, [...(cells[index] ?? first), outputsOf(step)], options);
  });
  return last;
}

/** @returns the column that follows */
function addStack(builder: TemplateBuilder, stack: Stack, firstColumn: number): number {
  let row = 0;
  let lastColumn = firstColumn;
  for (const part of stack) {
    const isAside = part.steps.every(({ role }) => role === 'branch');
    const first: Cell = isAside ? [firstColumn + ASIDE[0], row + ASIDE[1]] : [firstColumn, row];
    const last = addPart(builder, part, first);
    row = last[1] + 1 + ROWS_BETWEEN;
    lastColumn = Math.max(lastColumn, last[0]);
  }
  return lastColumn + 1;
}

/** Where each output of a step leads, the line included. */
function waysOf({ name, outputs = ONLY, leads = {} }: Step, next?: Step): Array<[number, string]> {
  const unknown = Object.keys(leads).find((output) => !outputs.includes(output));
  if (unknown !== undefined) throw new Error(`The node "${name}" has no output "${unknown}"`);
  return outputs.flatMap((output, index): Array<[number, string]> => {
    const to = leads[output] ?? (index === 0 ? next?.name : undefined);
    return to === undefined ? [] : [[index, to]];
  });
}

function join(builder: TemplateBuilder, steps: readonly Step[]): void {
  const line = steps.filter(({ role }) => role === 'line');
  const keeper = steps.find(({ role }) => role === 'keeper');
  const following: Record<Step['role'], (step: Step) => Step | undefined> = {
    trigger: () => line[0],
    line: (step) => line[line.indexOf(step) + 1],
    branch: () => undefined,
    keeper: () => undefined,
  };
  for (const step of steps) {
    for (const [output, to] of waysOf(step, following[step.role](step)))
      builder.connect(step.name, to, output);
    if (step.onError === 'continueErrorOutput' && keeper)
      builder.connect(step.name, keeper.name, (step.outputs ?? ONLY).length);
  }
}

export function compose({ name, idPrefix, overview, parts }: Composition): Template {
  const builder = new TemplateBuilder(name, idPrefix);
  const stacks = parts.map((entry): Stack => ('steps' in entry ? [entry] : entry));
  builder.overview(overview, OVERVIEW.position, OVERVIEW.size);
  stacks.reduce((column, stack) => addStack(builder, stack, column), 0);
  const all = stacks.flat();
  join(
    builder,
    all.filter(({ apart }) => !apart).flatMap(({ steps }) => steps),
  );
  for (const { apart, steps } of all) if (apart) join(builder, steps);
  return builder.build();
}
