/** Lays parts side by side and joins their nodes: a template is its parts, and no node is placed or joined by hand. */
import { type NodeOptions, type Template, TemplateBuilder } from './builder';

/** One node of a part. */
export interface Step extends NodeOptions {
  name: string;
  type: string;
  /**
   * Where the node stands in the flow. Triggers stand below one another and lead to the first node of the line; the
   * nodes of the line follow one another through all parts; the keeper, one a template, gets what the error outputs
   * of the others put out.
   */
  role: 'trigger' | 'line' | 'keeper';
}

/** Nodes that belong together, and the grey note around them. */
export interface Part {
  /** Heading and one or two sentences (Markdown). */
  note: string;
  steps: readonly Step[];
}

export interface Composition {
  name: string;
  /** Eight hexadecimal digits, another for each template, from which the ids of its nodes are made. */
  idPrefix: string;
  /** What the template does and how to set it up (Markdown). */
  overview: string;
  parts: readonly Part[];
}

/** Left of the first column; as high as two hundred words need. */
const OVERVIEW = { position: [-784, -144], size: [624, 752] } satisfies Record<
  string,
  [number, number]
>;

type Cell = [column: number, row: number];

/** The cells of a part's nodes: one column for all triggers, one for each node of the line, the keeper a row lower. */
function cellsOf(steps: readonly Step[], firstColumn: number): Cell[] {
  let column = firstColumn;
  let triggers = 0;
  return steps.map(({ role }, index): Cell => {
    if (role === 'trigger') return [column, triggers++];
    if (index > 0) column += 1;
    return [column, role === 'keeper' ? 1 : 0];
  });
}

function addPart(builder: TemplateBuilder, { note, steps }: Part, firstColumn: number): number {
  const cells = cellsOf(steps, firstColumn);
  const last = (axis: 0 | 1): number => Math.max(...cells.map((cell) => cell[axis]));
  builder.section(note, [firstColumn, 0], [last(0), last(1)]);
  steps.forEach(({ name, type, role: _, ...options }, index) =>
    builder.node(name, type, cells[index] ?? [firstColumn, 0], options),
  );
  return last(0) + 1;
}

function join(builder: TemplateBuilder, steps: readonly Step[]): void {
  const line = steps.filter(({ role }) => role === 'line');
  const keeper = steps.find(({ role }) => role === 'keeper');
  for (const step of steps) {
    const next = step.role === 'trigger' ? line[0] : line[line.indexOf(step) + 1];
    if (step.role !== 'keeper' && next) builder.connect(step.name, next.name);
    if (step.onError === 'continueErrorOutput' && keeper)
      builder.connect(step.name, keeper.name, 1);
  }
}

export function compose({ name, idPrefix, overview, parts }: Composition): Template {
  const builder = new TemplateBuilder(name, idPrefix);
  builder.overview(overview, OVERVIEW.position, OVERVIEW.size);
  parts.reduce((column, part) => addPart(builder, part, column), 0);
  join(
    builder,
    parts.flatMap(({ steps }) => steps),
  );
  return builder.build();
}
