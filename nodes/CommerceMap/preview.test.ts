import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { FROM, order, other } from '../../test/support/mapPanel';
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

/** A look-up of the panel: value → what it becomes. */
const lookUp = (target: string, path: string, table: Record<string, string>, more = {}) => ({
  ...other(target),
  ...{ source: 'path', path, transform: 'lookup' },
  lookupTable: {
    rows: Object.entries(table).map(([from, otherTo]) => ({ from, to: 'other', otherTo })),
  },
  ...more,
});

test('says of each look-up what it lacks, and in how many documents', async () => {
  const notes = (text: string) => order({ notes: text });
  const input = [notes('gold'), notes('silver'), notes('gold'), notes('tin'), notes('gold')];
  const row = lookUp('salesorder.description', 'notes', { tin: '1' });
  expect(await hints(input, { rows: [row] })).toEqual([
    '4 of 5 failed: the look-up of &quot;salesorder.description&quot; has no entry for &quot;gold&quot; (3 ×); &quot;silver&quot; (1 ×). ' +
      'Change a row for &quot;salesorder.description&quot; under Field Overrides of &quot;Node&quot;. Add the entry to the table, or choose under What Else what becomes of all others.',
  ]);
  const second = lookUp('salesorder.name', 'email', { a: '1' });
  const [both = ''] = await hints(input, { rows: [row, second] });
  expect(both).toContain('5 of 5 failed: the look-up of &quot;salesorder.description&quot; has no');
  expect(both).toContain('has no entry for &quot;ada@example.com&quot; (5 ×).');
  const [mixed = ''] = await hints([notes('gold'), order({ total: 99 })], { rows: [row] });
  expect(mixed).toMatch(/^2 of 2 failed: the look-up of .* \(1 ×\); .*Order 1001: lines/);
});

test('says what a status may be that a look-up has no entry for, though the sample has none', async () => {
  const paid = order({ payment_status: { code: 'P', name: 'Paid' } });
  const table = { P: '1', Q: '2', A: '3' };
  const told = (row: object) => hints([paid], { rows: [row] });
  const path = 'payment_status.code';
  expect(await told(lookUp('salesorder.description', path, table))).toEqual([
    expect.stringContaining(
      'The look-up of &quot;salesorder.description&quot; has no entry for &quot;PP&quot;, &quot;D&quot;, &quot;C&quot;, &quot;R&quot;, which &quot;payment_status.code&quot; of the X-Cart order may be as well.',
    ),
  ]);
  const all = Object.fromEntries(['Q', 'A', 'PP', 'P', 'D', 'C', 'R'].map((code) => [code, '1']));
  expect(await told(lookUp('salesorder.description', path, all))).toEqual([]);
  const kept = lookUp('salesorder.description', path, table, { lookupOtherwise: 'keep' });
  expect(await told(kept)).toEqual([]);
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
