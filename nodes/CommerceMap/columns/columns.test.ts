import type { IDataObject, INodeParameters, ResourceMapperField } from 'n8n-workflow';

import { runNode } from '../../../test/engine';
import { FROM, order } from '../../../test/support/mapPanel';
import { CommerceMap } from '../CommerceMap.node';
import { resourceMapping } from './schema';

/** What the editor asks for when a person opens the node. */
async function schema(parameters: Record<string, string> = FROM): Promise<ResourceMapperField[]> {
  const context = {
    getCurrentNodeParameter: (name: string) => parameters[name],
    getNode: () => ({ credentials: {} }),
  };
  const ask = resourceMapping.getColumns;
  const { fields } = await ask.call(context as unknown as ThisParameterType<typeof ask>);
  return fields;
}

interface Panel {
  value?: Record<string, unknown>;
  /** Rows that a person has taken out with the bin. */
  removed?: string[];
  rows?: object[];
  operation?: string;
}

async function run(
  { value = {}, removed = [], rows = [], operation = 'map' }: Panel,
  items = [order()],
) {
  const fields = (await schema()).map((field) =>
    removed.includes(field.id) ? { ...field, removed: true } : field,
  );
  const result = await runNode({
    nodeType: new CommerceMap(),
    parameters: {
      operation,
      ...FROM,
      columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: fields },
      fieldOverrides: { rows },
    } as unknown as INodeParameters,
    input: items,
  });
  return {
    ...result,
    error: result.error as (Error & { description?: string }) | undefined,
    salesorders: () => result.output().map((json) => json.salesorder as IDataObject),
  };
}

describe('the list', () => {
  test('shows each row of the preset with where its value comes from, and what else there is to add', async () => {
    const fields = await schema();
    const name = fields.find(({ id }) => id === 'salesorder.name');
    expect(name).toMatchObject({ displayName: 'salesorder.name', removed: false, required: false });
    expect(name?.options?.map((option) => option.name)[0]).toMatch(/^Preset: .*\{order_number/);
    expect(fields.find(({ id }) => id === 'salesorder.ordernumber')).toMatchObject({
      displayName: 'salesorder.ordernumber',
      removed: true,
    });
    const contactId = fields.find(({ id }) => id === 'salesorder.customer.contact');
    expect(contactId).toMatchObject({ type: 'options', removed: false });
    const writeIn = fields.find(({ id }) => id.endsWith('[*].isproductoverridden'));
    expect(writeIn?.options?.map((option) => option.name)).toContain('Yes');
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    // A switch is "false" before anybody has touched it.
    expect(fields.filter(({ type }) => type === 'boolean')).toEqual([]);
  });

  test('is empty where there is no preset', async () => {
    expect(await schema({ from: 'custom', to: '' })).toEqual([]);
  });
});

describe('a row', () => {
  test('that nobody has touched stays what the preset makes of it', async () => {
    const plain = await run({});
    const emptied = await run({
      value: { 'salesorder.name': '', 'salesorder.emailaddress': null },
    });
    const switched = await run({
      value: {
        'salesorder.name': '=',
        'salesorder.emailaddress': '= ',
        'salesorder.billto_name': '={{ }}',
      },
    });
    expect(emptied.output()).toEqual(plain.output());
    expect(switched.output()).toEqual(plain.output());
    expect(plain.salesorders()[0]).toHaveProperty('billto_name', 'Ada Byron');
    expect(plain.salesorders()[0]?.name).toBe('X-Cart 1001');
  });

  test('takes a dragged field, of each line where it is a column of the lines', async () => {
    const { salesorders } = await run(
      {
        value: {
          'salesorder.name': '={{ $json.email }}',
          'salesorder.order_details[*].productdescription': '={{ $json.items[0].sku }}',
          'salesorder.description': '={{ $json.billing_address.firstname }}',
        },
      },
      [
        order({
          items: [
            { id: 1, sku: 'A', name: 'Cup', item_net_price: 20, amount: 2 },
            { id: 2, sku: 'B', name: 'Jug', item_net_price: 10, amount: 1 },
          ],
        }),
      ],
    );
    expect(salesorders()[0]).toMatchObject({
      name: 'ada@example.com',
      description: 'Ada',
      order_details: [{ productdescription: 'A' }, { productdescription: 'B' }],
    });
  });

  test('works any other expression out for each item', async () => {
    const { salesorders } = await run(
      { value: { 'salesorder.name': '=Web {{ $json.order_number.toUpperCase() }}' } },
      [order({ order_number: 'a1' }), order({ order_number: 'b2' })],
    );
    expect(salesorders().map(({ name }) => name)).toEqual(['Web A1', 'Web B2']);
  });

  test('takes a fixed value, a number as a number', async () => {
    const { salesorders } = await run({
      value: {
        'salesorder.new_channel': 'web',
        'salesorder.order_details[*].lineitemnumber': '=7',
      },
    });
    expect(salesorders()[0]).toMatchObject({
      new_channel: 'web',
      order_details: [{ lineitemnumber: 7 }],
    });
  });

  test('that was removed is left out, and one that was never added is not', async () => {
    const orders = [order({ notes: 'Ring twice', create_date: 1772366400 })];
    const plain = await run({}, orders);
    expect(plain.salesorders()[0]).toMatchObject({
      submitdate: '2026-03-01',
      description: expect.stringContaining('Ring twice') as string,
    });
    const { salesorders } = await run(
      { removed: ['salesorder.description', 'salesorder.submitdate'] },
      orders,
    );
    const { submitdate, description, ...left } = plain.salesorders()[0] ?? {};
    expect([submitdate, description]).not.toContain(undefined);
    expect(salesorders()[0]).toEqual(left);
  });

  const BARE = [
    ['=$json.email', 'Put it in braces, as {{ $json.email }}, or drag the field onto the row.'],
    ['=$json["email"]', 'Put it in braces'],
    ["= $('Start').item.json.email", 'Put it in braces'],
    ['=$now', 'Put it in braces'],
  ];
  test.each(BARE)(
    'that would send %s as it is written is refused with its repair',
    async (value, fix) => {
      const { error } = await run({ value: { 'salesorder.description': value } });
      expect(error?.message).toMatch(/^"salesorder.description" under Columns would be the text /);
      expect(error?.description).toContain(fix);
    },
  );

  test('that is fixed text in a row without choices is read likewise', async () => {
    for (const [value, fix] of [
      ['$json.email', 'Put it in braces'],
      ['{{ $json.email }}', 'Switch the row to Expression'],
    ]) {
      const { error } = await run({ value: { 'salesorder.ordernumber': value } });
      expect(error?.description).toContain(fix);
    }
  });

  const TEXTS = ['$5 off', '$jsonx', '$now or never', '$$', '$(5)', 'a {{ b', '$NODE.'];
  test.each(TEXTS)('takes "%s" for the text that it is', async (text) => {
    const { salesorders } = await run({ value: { 'salesorder.new_channel': text } });
    expect(salesorders()[0]?.new_channel).toBe(text);
  });

  test('that fails names itself and the list that it stands in', async () => {
    const { error } = await run({ value: { 'salesorder.description': '={{ $json.gift }}' } }, [
      order({ gift: { text: 'For Ada' } }),
    ]);
    expect(error?.message).toContain('found an object');
    expect(error?.description).toContain('under Columns of "Node"');
  });
});

describe('together with Field Overrides', () => {
  test('a row that changes the mapped value builds on what Columns puts there', async () => {
    const { salesorders } = await run({
      value: { 'salesorder.name': '={{ $json.email }}' },
      rows: [{ target: 'salesorder.name', source: 'mapped', transform: 'upper' }],
    });
    expect(salesorders()[0]?.name).toBe('ADA@EXAMPLE.COM');
  });

  test('two sources for one column are refused with its name and both places', async () => {
    const { error } = await run({
      value: { 'salesorder.name': '={{ $json.email }}' },
      rows: [
        { target: 'salesorder.description', source: 'value', value: 'x' },
        { target: 'salesorder.name', source: 'value', value: 'Mine' },
      ],
    });
    expect(error?.message).toBe(
      '"salesorder.name" is filled twice: under Columns, and by row 2 of Field Overrides',
    );
    expect(error?.description).toContain('Mapped Value');
  });

  test('Check says of each where it comes from', async () => {
    const { output } = await run({
      operation: 'check',
      value: { 'salesorder.name': '={{ $json.email }}' },
      rows: [{ target: 'salesorder.name', source: 'mapped', transform: 'upper' }],
    });
    const fields = (output()[0]?.fields ?? []) as IDataObject[];
    expect(fields.find(({ field }) => field === 'salesorder.name')).toMatchObject({
      from: 'email (upper)',
      isOverride: true,
    });
  });
});
