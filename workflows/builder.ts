/** Small words for writing templates: nodes side by side, grey notes around them, one yellow overview. */

export interface TemplateNode {
  id: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: Record<string, unknown>;
  credentials?: Record<string, { id: string; name: string }>;
  onError?: 'continueErrorOutput' | 'continueRegularOutput' | 'stopWorkflow';
}

export interface Template {
  name: string;
  nodes: TemplateNode[];
  connections: Record<
    string,
    { main: Array<Array<{ node: string; type: 'main'; index: number }>> }
  >;
  settings: Record<string, unknown>;
  pinData: Record<string, never>;
  meta: Record<string, never>;
}

export type NodeOptions = Partial<Pick<TemplateNode, 'typeVersion' | 'parameters' | 'onError'>> & {
  credential?: string;
};

/** Node types of this package, as the community installer names them. */
export const PACK = 'n8n-nodes-dynamics-commerce';

/** Ids of the nodes, and of the settings of a template: the kind stands in the fourth group. */
const KINDS = { node: '8000', setting: '9000' } as const;

/** @param prefix eight hexadecimal digits, another for each template */
export function templateId(prefix: string, kind: keyof typeof KINDS, number: number): string {
  return `${prefix}-0000-4000-${KINDS[kind]}-${String(number).padStart(12, '0')}`;
}

/** Grid squares of the canvas; n8n aligns to 16 px. */
const STEP_X = 240;
const STEP_Y = 240;
const NODE_SIZE = 96;
/** By so much n8n draws a node higher for each output beyond two. */
const OUTPUT_HEIGHT = 32;
const MARGIN = 64;
const NOTE_HEAD = 144;
const GREY = 7;
const YELLOW = 1;

/** A cell of the grid, and the most outputs that a node in its row has there. */
export type Place = readonly [column: number, row: number, outputs?: number];

const growthOf = (outputs = 1): number => Math.max(0, outputs - 2) * OUTPUT_HEIGHT;

/** A high node stands higher, so that its name is not where the wires run that go back below the line. */
const raiseOf = (outputs?: number): number => Math.max(0, growthOf(outputs) - OUTPUT_HEIGHT);

export class TemplateBuilder {
  private readonly nodes: TemplateNode[] = [];
  private readonly connections: Template['connections'] = {};

  constructor(
    private readonly name: string,
    /** Short prefix that makes the ids of this template's nodes. */
    private readonly prefix: string,
  ) {}

  /** Puts a node with so many outputs on column and row of the grid. */
  node(name: string, type: string, [column, row, outputs]: Place, options: NodeOptions = {}): this {
    const { credential, ...rest } = options;
    this.nodes.push({
      id: this.nextId(),
      name,
      type,
      typeVersion: 1,
      position: [column * STEP_X, row * STEP_Y - raiseOf(outputs)],
      parameters: {},
      ...rest,
      // A name without an id: the editor then asks for the credential, or takes the only one of that type.
      ...(credential ? { credentials: { [credential]: { id: '', name: '' } } } : {}),
    });
    return this;
  }

  /** Joins one output of a node to another node. */
  connect(from: string, to: string, output = 0): this {
    const outputs = (this.connections[from] ??= { main: [] }).main;
    while (outputs.length <= output) outputs.push([]);
    outputs[output]?.push({ node: to, type: 'main', index: 0 });
    return this;
  }

  /** A grey note around the grid squares from `first` to `last`. */
  section(text: string, first: Place, last: Place): this {
    const height = NODE_SIZE + growthOf(last[2]) - raiseOf(last[2]);
    const left = first[0] * STEP_X - MARGIN;
    const top = first[1] * STEP_Y - raiseOf(first[2]) - NOTE_HEAD;
    return this.note(
      text,
      GREY,
      [left, top],
      [last[0] * STEP_X + NODE_SIZE + MARGIN - left, last[1] * STEP_Y + height + MARGIN - top],
    );
  }

  /** The yellow note with what the template does and how to set it up. */
  overview(text: string, position: [number, number], size: [number, number]): this {
    return this.note(text, YELLOW, position, size);
  }

  private note(
    content: string,
    color: number,
    position: [number, number],
    size: [number, number],
  ): this {
    const count = this.nodes.filter(({ type }) => type.endsWith('stickyNote')).length;
    this.nodes.push({
      id: this.nextId(),
      name: count === 0 ? 'Overview' : `Section ${count}`,
      type: 'n8n-nodes-base.stickyNote',
      typeVersion: 1,
      position,
      parameters: { content, width: size[0], height: size[1], color },
    });
    return this;
  }

  private nextId(): string {
    return templateId(this.prefix, 'node', this.nodes.length + 1);
  }

  build(settings: Record<string, unknown> = {}): Template {
    return {
      name: this.name,
      nodes: this.nodes,
      connections: this.connections,
      settings: { executionOrder: 'v1', ...settings },
      pinData: {},
      meta: {},
    };
  }
}
