import type { IDataObject, INodeType } from 'n8n-workflow';

import { runNode, runWorkflow, START_TYPE } from '../../test/engine';
import { FROM, LINE, order, refused } from '../../test/support/mapPanel';
import { CommerceMap } from './CommerceMap.node';
import { OTHER_VALUE } from './fields';

/** What a person writes into rows beside fields that are dragged. */

const NAME = 'salesorder.name';

/** A node that changes nothing. */
class Pass implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Pass',
    name: 'pass',
    group: ['transform'],
    version: 1,
    description: 'Puts out what comes in',
    defaults: { name: 'Pass' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  };

  execute: INodeType['execute'] = async function () {
    return [this.getInputData()];
  };
}

interface Panel {
  rows?: object[];
  columns?: Record<string, string>;
  options?: IDataObject;
}

async function mapped(input: IDataObject[], { rows = [], columns = {}, options = {} }: Panel) {
  const { output, run } = await runNode({
    nodeType: new CommerceMap(),
    parameters: {
      operation: 'map',
      ...FROM,
      columns: { value: columns },
      fieldOverrides: { rows },
      options,
    } as never,
    input,
    onError: 'continueErrorOutput',
  });
  const orders = output().map(({ salesorder }) => salesorder as IDataObject);
  return { orders, errors: output(1), run };
}

const two = [order({ order_number: '1' }), order({ order_number: '2', email: null })];

test('an expression that cannot be worked out for one item fails that one alone, and names its row', async () => {
  const email = '={{ ($json.email ?? $("No such node").item.json.email).split("@")[0] }}';
  for (const panel of [
    { columns: { [NAME]: email } },
    { rows: [{ target: NAME, source: 'expression', expression: email }] },
    { rows: [{ target: NAME, source: 'value', value: email }] },
  ]) {
    const { orders, errors } = await mapped([...two].reverse(), panel);
    expect(orders.map(({ name }) => name)).toEqual(['ada']);
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors[0]?.details)).toContain(NAME);
  }
});

test.each([
  ['$now', '={{ DateTime.fromISO("2026-03-01T10:00:00Z", { zone: "utc" }) }}', /^2026-03-01T10:00/],
  ['a date of JavaScript', '={{ new Date("2026-03-01T10:00:00Z") }}', /^2026-03-01T10:00/],
])('a date (%s) is text, as in all documents', async (_name, expression, text) => {
  const { orders } = await mapped([order()], { columns: { [NAME]: expression } });
  expect(orders[0]?.name).toMatch(text);
});

test.each([
  '$json.email',
  "$node['Start'].json.email",
  '$data.email',
  '$position',
  '$itemIndex',
  "$('Start').item.json.email",
])('a setting for all items takes no expression that may differ: %s', async (expression) => {
  const row = { target: NAME, source: 'path', path: 'notes', default: `={{ ${expression} }}` };
  expect(await refused(row)).toContain('has an expression that differs from item to item');
  const cell = { from: 'a', to: OTHER_VALUE, otherTo: `={{ ${expression} }}` };
  const table = { ...row, default: '', transform: 'lookup', lookupTable: { rows: [cell] } };
  expect(await refused(table)).toContain('row 1 of Table');
  const json = {
    ...row,
    default: '',
    transform: 'truncate',
    transformOptions: `={{ ({ length: ${expression} }) }}`,
  };
  expect(await refused(json)).toContain('Options (JSON)');
});

test('a setting takes an expression that is the same for all', async () => {
  const row = {
    target: NAME,
    source: 'path',
    path: 'no_such',
    default: '={{ "a" + $vars.x + $workflow.name }}',
  };
  const { errors } = await mapped([order()], {
    rows: [{ ...row, default: '={{ "none".toUpperCase() }}' }],
  });
  expect(errors).toEqual([]);
  const { orders } = await mapped([order()], {
    rows: [{ ...row, default: '={{ "none".toUpperCase() }}' }],
  });
  expect(orders[0]?.name).toBe('NONE');
  expect(await refused({ ...row, default: '={{ $("No such node").first().json.x }}' })).toContain(
    'Field 1 has an expression that cannot be worked out',
  );
});

test('a line takes no expression that would put the first line into all', async () => {
  const target = 'salesorder.order_details[*].productdescription';
  const lines = { items: [LINE, { ...LINE, id: 2, sku: 'B' }], sub_total: 100, total: 106.4 };
  for (const row of [
    { target, source: 'expression', expression: '={{ $json.items[0].sku.toLowerCase() }}' },
    { target, source: 'path', path: '={{ $json.items["0"].sku.toLowerCase() }}' },
    { target, source: 'template', template: "=SKU {{ $('Start').item.json.items[0].sku }}" },
    { target, source: 'expression', expression: '={{ $json.items.first().sku }}' },
    { target, source: 'expression', expression: '={{ $input.first().json.items?.at(-1).sku }}' },
  ]) {
    expect(await refused(row, lines)).toContain('reads one element of a list');
  }
  for (const expression of [
    '={{ $json.email.split("@")[0] }}',
    '={{ $json.email.split("@").first() }}',
    '={{ $input.first().json.email.split("@").at(0) }}',
    "={{ $('Start').first().json.email.split('@')[0] }}",
  ]) {
    const { orders } = await mapped([order(lines)], {
      rows: [{ target, source: 'expression', expression }],
    });
    expect(orders[0]?.order_details).toMatchObject([
      { productdescription: 'ada' },
      { productdescription: 'ada' },
    ]);
  }
});

test('a text with dragged fields in Columns is read of each line, and its braces are braces', async () => {
  const lines = { items: [LINE, { ...LINE, id: 2, sku: 'B' }], sub_total: 100, total: 106.4 };
  const target = 'salesorder.order_details[*].productdescription';
  const { orders } = await mapped([order(lines)], {
    columns: {
      [target]: '=SKU {{ $json.items[0].sku }} {x}',
      [NAME]: '=Web {{ $json.order_number }}, {{ $json.email }}',
    },
  });
  expect(orders).toMatchObject([
    {
      name: 'Web 1001, ada@example.com',
      order_details: [{ productdescription: 'SKU A {x}' }, { productdescription: 'SKU B {x}' }],
    },
  ]);
  const { run } = await mapped([order(lines)], {
    columns: { [target]: '={{ $json.items[0].sku.toLowerCase() }}' },
  });
  expect(JSON.stringify(run.data.resultData.runData.Node)).toContain('reads one element of a list');
});

test('Options may differ from item to item, so that two shops keep their orders apart', async () => {
  const input = ['north', 'south'].map((shop) => order({ source: undefined, shop }));
  const { orders } = await mapped(input, { options: { storeName: '={{ $json.shop }}' } });
  const [one, other] = orders.map(({ salesorderid }) => salesorderid);
  expect(one).not.toBe(other);
});

test('an entry "other" of the choices is that choice', async () => {
  const row = {
    target: 'commerce.order:coupons[*].kind',
    source: 'value',
    value: 'x',
    transform: 'lookup',
    lookupTable: { rows: [{ from: 'ada@example.com', to: 'other' }] },
  };
  const { orders } = await mapped([order()], {
    rows: [{ ...row, target: NAME, source: 'path', path: 'email' }],
  });
  expect(orders[0]?.name).toBe('other');
});

test('a run by hand that ends with the first failure says how many have failed', async () => {
  const { error } = await runWorkflow({
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE },
        { name: 'Map', type: 'map', parameters: { operation: 'map', ...FROM } as never },
      ],
      connections: { Start: { main: [[{ node: 'Map', type: 'main', index: 0 }]] } },
    },
    nodeTypes: { map: new CommerceMap() },
    input: [order({ total: 99 }), order({ total: 99 }), order()],
    mode: 'manual',
  });
  expect(error?.message).toMatch(/^2 of 3 failed: Order 1001/);
});

test('by hand it is told that a row reads a node which a retry does not pass', async () => {
  const passes = (name: string, to: string) => ({
    [name]: { main: [[{ node: to, type: 'main' as const, index: 0 }]] },
  });
  const hintsOf = async (expression: string) => {
    const { run } = await runWorkflow({
      workflow: {
        nodes: [
          { name: 'Orders', type: START_TYPE },
          { name: 'Retries', type: 'x.syncLedgerTrigger' },
          { name: 'Between', type: 'pass' },
          {
            name: 'Map',
            type: 'map',
            parameters: {
              operation: 'map',
              ...FROM,
              columns: { value: { [NAME]: expression } },
            } as never,
          },
        ],
        connections: {
          ...passes('Orders', 'Between'),
          ...passes('Retries', 'Between'),
          ...passes('Between', 'Map'),
        },
      },
      nodeTypes: { map: new CommerceMap(), pass: new Pass(), 'x.syncLedgerTrigger': new Pass() },
      input: [order()],
      mode: 'manual',
    });
    return (run.data.resultData.runData.Map?.[0]?.hints ?? []).map(({ message }) => message).join();
  };
  expect(await hintsOf("={{ $('Orders').item.json.email }}")).toContain(
    'which a retry does not pass',
  );
  expect(await hintsOf("={{ $('Between').item.json.email }}")).not.toContain('retry');
});
