import type { Workflow } from '../../../scripts/n8n/api';
import { PACK } from '../../../workflows/builder';
import * as dragged from './dragged';
import { FIELDS } from './fields';

export const NODES = {
  ours: 'Commerce Map',
  edit: 'Edit Fields',
  code: 'Code',
  untouched: 'Commerce Map, untouched',
} as const;
export type Peer = keyof typeof NODES;

/** Items are made inside n8n from a few sample orders, so that what is measured is the mapping alone. */
function makeOrders(samples: object[], count: number, adapt: string): string {
  return `
const samples = ${JSON.stringify(samples)};
return Array.from({ length: ${count} }, (_, index) => {
  const order = JSON.parse(JSON.stringify(samples[index % samples.length]));
${adapt}
  return { json: { ...order, id: index + 1, order_number: String(100000 + index) } };
});`;
}

/** One mapping, said three times: parameters of each node. */
interface Said {
  ours: object;
  edit: object[];
  code: string;
  /** The mapping before a person has changed it. */
  untouched?: object;
  /** JavaScript that makes the sample orders fit. */
  adapt?: string;
}

const handWritten = `return $input.all().map(({ json: o }, index) => ({
  json: {
${FIELDS.map(({ to, code }) => `    ${to}: ${code},`).join('\n')}
  },
  pairedItem: { item: index },
}));`;

const assignments = FIELDS.map(({ to, expression, type }, index) => ({
  id: String(index),
  name: to,
  value: expression,
  type: type ?? 'string',
}));

const mapping = {
  from: 'xcart.order',
  to: 'bench.order',
  fields: FIELDS.map(({ to, rule }) => ({ to, ...rule })),
};

/** What a mapping of one's own costs: 21 fields with all kinds of rules. */
export const OWN: Said = {
  ours: {
    operation: 'map',
    from: 'custom',
    definition: 'json',
    mapping: JSON.stringify(mapping),
    options: { carryAlong: '' },
  },
  edit: assignments,
  code: handWritten,
};

/** The same as rows of the panel, onto which a person has dragged the fields. */
export const ROWS: Said = {
  ...OWN,
  ours: {
    operation: 'map',
    from: 'custom',
    definition: 'rows',
    customFrom: 'xcart.order',
    fieldOverrides: {
      rows: FIELDS.map(({ to, row }) => ({ target: 'other', otherTarget: to, ...row })),
    },
    options: { carryAlong: '' },
  },
};

const PRESET = {
  operation: 'map',
  ...dragged.PRESET,
  options: { carryAlong: '', storeName: 'bench' },
};

/** What the preset costs when a person has changed every row of it by drag and drop. */
export const DRAGGED: Said = {
  ours: { ...PRESET, columns: dragged.columns },
  untouched: PRESET,
  edit: dragged.assignments,
  code: dragged.handWritten,
  adapt: dragged.ADAPT,
};

/** One execution with these nodes, one after the other, on the same items. */
export function mappingWorkflow(
  said: Said,
  samples: object[],
  {
    count,
    path: webhookPath,
    measured,
  }: { count: number; path: string; measured: readonly Peer[] },
): Workflow {
  const node = (
    id: string,
    name: string,
    type: string,
    typeVersion: number,
    parameters: object,
  ) => ({
    id,
    name,
    type,
    typeVersion,
    position: [Number(id) * 200, 0],
    parameters: parameters as Record<string, unknown>,
  });
  return {
    name: 'Bench: mapping',
    nodes: [
      {
        ...node('0', 'Start', 'n8n-nodes-base.webhook', 2, {
          path: webhookPath,
          httpMethod: 'POST',
          responseMode: 'onReceived',
          options: {},
        }),
        webhookId: webhookPath,
      },
      node('1', 'Make orders', 'n8n-nodes-base.code', 2, {
        jsCode: makeOrders(samples, count, said.adapt ?? ''),
      }),
      node('2', NODES.ours, `${PACK}.commerceMap`, 1.1, said.ours),
      node('5', NODES.untouched, `${PACK}.commerceMap`, 1.1, said.untouched ?? said.ours),
      node('3', NODES.edit, 'n8n-nodes-base.set', 3.4, {
        mode: 'manual',
        assignments: { assignments: said.edit },
        includeOtherFields: false,
        options: {},
      }),
      node('4', NODES.code, 'n8n-nodes-base.code', 2, { jsCode: said.code }),
    ],
    connections: {
      Start: { main: [[{ node: 'Make orders', type: 'main', index: 0 }]] },
      'Make orders': {
        main: [measured.map((name) => ({ node: NODES[name], type: 'main', index: 0 }))],
      },
    },
    settings: { executionOrder: 'v1', executionTimeout: -1 },
  };
}
