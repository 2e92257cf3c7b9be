import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { FROM, order } from '../../test/support/mapPanel';
import { CommerceMap } from './CommerceMap.node';

interface Panel {
  columns?: object;
  rows?: object[];
}

/** What the output pane says above the items. */
async function hints(
  input: IDataObject[],
  { columns = {}, rows = [] }: Panel = {},
  mode: 'manual' | 'trigger' = 'manual',
): Promise<string[]> {
  const { run } = await runNode({
    nodeType: new CommerceMap(),
    parameters: {
      operation: 'map',
      ...FROM,
      columns,
      fieldOverrides: { rows },
    } as unknown as INodeParameters,
    input,
    mode,
    onError: 'continueErrorOutput',
  });
  const [task] = run.data.resultData.runData.Node ?? [];
  return (task?.hints ?? []).map(({ message }) => message);
}

test('a mapping that is well says nothing', async () => {
  expect(await hints([order()])).toEqual([]);
});

test('says how many failed and why, with the repair where it is the same for all', async () => {
  const [first = ''] = await hints([order({ total: 99 }), order({ total: 99 }), order()]);
  expect(first).toMatch(/^2 of 3 failed: Order 1001: lines .* \(2 ×\)\. They are /);
});

/** A row whose text is longer than it may be. */
const CUT = {
  target: 'salesorder.description',
  source: 'value',
  value: 'x'.repeat(400),
  transform: 'truncate',
  transformOptions: '{"length": 300}',
};

test('says what was cut, by field', async () => {
  expect(await hints([order(), order()], { rows: [CUT] })).toEqual([
    expect.stringContaining('salesorder.description: cut from … to … characters (2 ×)'),
  ]);
});

test('says which columns are required and have no source, and which are left out', async () => {
  const told = await hints([order()], {
    columns: {
      value: {},
      schema: [{ id: 'contact.lastname', removed: true, canBeUsedToMatch: true }],
    },
  });
  expect(told).toContain('1 column of the target is required and has no source: contact.lastname.');
  expect(told).toContain('Left out: contact.lastname.');
});

test('names a column that nobody knows, and none that the list of columns has', async () => {
  const unknown = await hints([order()], {
    columns: { value: { 'salesorder.nam': '={{ $json.email }}' } },
  });
  expect(unknown.join()).toContain('Did you mean &quot;salesorder.name&quot;?');
  const known = await hints(
    [order({ gift: 'yes', items: [{ ...(order().items as object[])[0], engraving: 'A' }] })],
    {
      columns: {
        value: {
          'salesorder.new_gift': '={{ $json.gift }}',
          'salesorder.order_details[*].new_text': '={{ $json.items[0].engraving }}',
        },
        schema: [{ id: 'salesorder.new_gift' }, { id: 'salesorder.order_details[*].new_text' }],
      },
    },
  );
  expect(known).toEqual([]);
});

test('says which rows are slow', async () => {
  expect(
    await hints([order()], {
      columns: { value: { 'salesorder.name': '={{ $json.email.trim() }}' } },
    }),
  ).toEqual([
    expect.stringMatching(/^One row is worked out for each item, .*: salesorder\.name\.$/),
  ]);
});

test('an execution of its own says only that there are notes', async () => {
  expect(await hints([order()], { rows: [CUT] }, 'trigger')).toEqual([
    expect.stringContaining('<b>notes</b>'),
  ]);
  expect(await hints([order({ total: 99 })], {}, 'trigger')).toEqual([]);
});
