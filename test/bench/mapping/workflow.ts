import type { Workflow } from '../../../scripts/n8n/api';
import { PACK } from '../../../workflows/builder';
import { FIELDS } from './fields';

export const NODES = { ours: 'Commerce Map', edit: 'Edit Fields', code: 'Code' } as const;

/** Items are made inside n8n from a few sample orders, so that what is measured is the mapping alone. */
function makeOrders(samples: object[], count: number): string {
  return `
const samples = ${JSON.stringify(samples)};
return Array.from({ length: ${count} }, (_, index) => {
  const order = JSON.parse(JSON.stringify(samples[index % samples.length]));
  return { json: { ...order, id: index + 1, order_number: String(100000 + index) } };
});`;
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

/** One execution with all three, one after the other, on the same items. */
export function mappingWorkflow(samples: object[], count: number, webhookPath: string): Workflow {
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
      node('1', 'Make orders', 'n8n-nodes-base.code', 2, { jsCode: makeOrders(samples, count) }),
      node('2', NODES.ours, `${PACK}.commerceMap`, 1, {
        operation: 'map',
        from: 'custom',
        definition: 'json',
        mapping: JSON.stringify(mapping),
        options: { carryAlong: '' },
      }),
      node('3', NODES.edit, 'n8n-nodes-base.set', 3.4, {
        mode: 'manual',
        assignments: { assignments },
        includeOtherFields: false,
        options: {},
      }),
      node('4', NODES.code, 'n8n-nodes-base.code', 2, { jsCode: handWritten }),
    ],
    connections: {
      Start: { main: [[{ node: 'Make orders', type: 'main', index: 0 }]] },
      'Make orders': {
        main: [Object.values(NODES).map((name) => ({ node: name, type: 'main', index: 0 }))],
      },
    },
    settings: { executionOrder: 'v1', executionTimeout: -1 },
  };
}
