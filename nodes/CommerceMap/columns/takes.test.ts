import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../../../test/engine';
import { FROM, order } from '../../../test/support/mapPanel';
import { CommerceMap } from '../CommerceMap.node';
import type { ColumnField } from './saved';

const GIFT = 'salesorder.new_gift';

const custom = (change: Partial<ColumnField>): ColumnField => ({
  id: GIFT,
  displayName: GIFT,
  type: 'string',
  required: false,
  defaultMatch: false,
  canBeUsedToMatch: false,
  display: true,
  removed: false,
  readOnly: false,
  ...change,
});

const CHOICES = [
  { name: 'Standard', value: 100_000_000 },
  { name: 'Next Day', value: 100_000_001 },
];

async function run(value: Record<string, unknown>, row: Partial<ColumnField>, changes: object) {
  const columns = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [custom(row)] };
  const result = await runNode({
    nodeType: new CommerceMap(),
    parameters: { operation: 'map', ...FROM, columns } as unknown as INodeParameters,
    input: [order(changes)],
  });
  return {
    error: result.error as (Error & { description?: string }) | undefined,
    salesorder: () => result.output()[0]?.salesorder as IDataObject,
  };
}

type Dragged = readonly [row: Partial<ColumnField>, given: unknown, taken: unknown];

const DRAGGED: Dragged[] = [
  [{ columnType: 'string' }, 1042, '1042'],
  [{ columnType: 'date' }, 1772366400, '2026-03-01'],
  [{ columnType: 'datetime', type: 'dateTime' }, 1772366400, '2026-03-01T12:00:00Z'],
  [{ columnType: 'choice', type: 'options', options: CHOICES }, 'next day', 100_000_001],
  [{ columnType: 'money', type: 'number' }, '12.50', 12.5],
  [{ columnType: 'boolean', type: 'options' }, 'Y', true],
  [{ columnType: 'boolean', choices: [{ value: 0, label: 'Plain' }] }, 'Plain', false],
  [{ columnType: 'choices', choices: [{ value: 7, label: 'Red' }] }, ['Red'], '7'],
  // The pack does not know what these take: they go as they are.
  [{ columnType: 'lookup' }, { id: 'x' }, { id: 'x' }],
  [{}, 1042, 1042],
  // From lists that were saved before they named the type.
  [{ type: 'number' }, '7', 7],
  [{ type: 'dateTime' }, '2026-03-01', '2026-03-01T00:00:00Z'],
  [{ type: 'options', options: CHOICES }, 'Standard', 100_000_000],
  [{ type: 'options', options: [{ name: 'Yes', value: true }] }, 'no', false],
];

test.each(DRAGGED)('a column %j takes %j as %j', async (row, given, taken) => {
  for (const value of ['={{ $json.given }}', '={{ $json.given ?? "" }}']) {
    const { error, salesorder } = await run({ [GIFT]: value }, row, { given });
    expect(error).toBeUndefined();
    expect(salesorder()[GIFT.split('.')[1] ?? '']).toEqual(taken);
  }
});

test('a column that the document knows takes its type without an environment', async () => {
  const value = {
    'salesorder.name': '={{ $json.id }}',
    'salesorder.order_details[*].isproductoverridden': '={{ $json.given }}',
    'salesorder.order_details[*].lineitemnumber': '={{ $json.items[0].sku }}',
  };
  const items = [{ id: 1, sku: '12', name: 'Cup', item_net_price: 25, amount: 2 }];
  const { salesorder } = await run(value, {}, { given: 'no', items });
  expect(salesorder()).toMatchObject({
    name: '1042',
    order_details: [{ isproductoverridden: false, lineitemnumber: 12 }],
  });
});

test('an environment that knows a column better than the document is asked first', async () => {
  const row = { id: 'salesorder.submitdate', columnType: 'date' as const };
  const { salesorder } = await run({ [row.id]: '={{ $json.given }}' }, row, { given: 1772366400 });
  expect(salesorder().submitdate).toBe('2026-03-01');
});

test('what a column cannot take stops the order, with the row that it stands in', async () => {
  const row: Partial<ColumnField> = { columnType: 'choice', type: 'options', options: CHOICES };
  const { error } = await run({ [GIFT]: '={{ $json.given }}' }, row, { given: 'Drone' });
  expect(error?.message).toBe(
    `Cannot fill "${GIFT}" (from "given"): there is no choice "Drone"; there are Standard, Next Day`,
  );
  expect(error?.description).toContain(
    `Change a row for "${GIFT}" under Columns of "Node". Fill it instead by a row of Field Overrides`,
  );
});

test('a fixed text is read once, and one that does not fit stops the node', async () => {
  const row: Partial<ColumnField> = { columnType: 'date' };
  const { salesorder } = await run({ [GIFT]: '2026-03-01T10:00:00' }, row, {});
  expect(salesorder().new_gift).toBe('2026-03-01');
  const { error } = await run({ [GIFT]: 'soon' }, row, {});
  expect(error?.message).toBe(
    `What stands in "${GIFT}" under Columns does not fit: expected a date, found text`,
  );
});
