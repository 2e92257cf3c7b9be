import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { CommerceMap } from './CommerceMap.node';
import { loadOptions } from './methods';

const SOURCE = { platform: 'xcart', store: 'main', kind: 'order', id: '1042', event: 'poll' };

function order(changes: object = {}): IDataObject {
  return {
    id: 1042,
    order_number: '1001',
    total: 86.4,
    sub_total: 80,
    email: 'Ada@Example.com',
    currency: 'USD',
    items: [
      { id: 1, sku: 'A', name: 'Cup', item_net_price: 25, amount: 2 },
      { id: 2, sku: 'B', name: 'Jug', item_net_price: 30, amount: 1 },
    ],
    billing_address: { firstname: 'Ada', lastname: 'Byron', city: 'Austin', country_code: 'US' },
    customer_id: 15,
    surcharges: [{ type: 'tax', code: 'VAT', include: false, value: 6.4 }],
    source: SOURCE,
    claim: { key: 'xcart:main:order:1042', token: 't1' },
    ...changes,
  } as IDataObject;
}

function run(parameters: object, input: object[], onError?: 'continueErrorOutput') {
  return runNode({
    nodeType: new CommerceMap(),
    parameters: { operation: 'map', ...parameters } as INodeParameters,
    input,
    onError,
  });
}

function rows(...list: object[]) {
  return { fieldOverrides: { rows: list } };
}

describe('Map Documents with a preset', () => {
  test('maps X-Cart orders to sales orders and carries source and claim along', async () => {
    const result = await run({}, [order()]);
    expect(result.error).toBeUndefined();
    const [json] = result.output();
    expect(json).toMatchObject({
      salesorder: {
        name: 'X-Cart 1001',
        expectedtotal: 86.4,
        order_details: [{ tax: 4 }, { tax: 2.4 }],
      },
      contact: { firstname: 'Ada', emailaddress1: 'ada@example.com' },
      source: SOURCE,
      claim: { token: 't1' },
    });
    expect(Object.keys(json ?? {}).sort()).toEqual([
      'claim',
      'contact',
      'salesorder',
      'source',
      'state',
    ]);
    expect(result.items('Node')[0]?.pairedItem).toEqual({ item: 0 });
  });

  test('maps the document in the events of a trigger to the same', async () => {
    const { source, claim, ...document } = order();
    const told = { event: 'order.created', store: 'main', id: '1042', document };
    const event = { ...told, source: { ...SOURCE, documentIn: 'document' }, claim };
    const [fromDocument, fromEvent] = (await run({}, [order(), event])).output();
    expect(fromEvent).toEqual({ ...fromDocument, source: event.source });
  });

  test('puts a bad order out as exactly {error, details} with its input, and maps the others', async () => {
    const bad = order({ total: 99 });
    const result = await run({}, [order(), bad, order()], 'continueErrorOutput');
    expect(result.output(0)).toHaveLength(2);
    const [failed] = result.output(1);
    expect(failed?.error).toBe(
      'Order 1001: lines + shipping + handling + tax − discount come to 86.40 USD, but the order total says 99.00 USD',
    );
    expect(failed?.details).toMatchObject({ class: 'validation', retryable: false });
    expect(failed?.claim).toEqual(bad.claim);
  });

  test('takes tax out of prices or leaves it in, as the panel says', async () => {
    const vat = order({
      total: 84,
      surcharges: [
        { type: 'tax', code: 'VAT', include: true, value: 16 },
        { type: 'wrapping', include: false, value: 4 },
      ],
    });
    const lines = async (prices: object) => {
      const [json] = (await run(prices, [vat])).output();
      return (json?.salesorder as { order_details: IDataObject[] }).order_details;
    };
    expect(await lines({})).toMatchObject([
      { priceperunit: 20.24, tax: 10 },
      { priceperunit: 24.28, tax: 6 },
    ]);
    expect(await lines({ prices: 'gross' })).toMatchObject([
      { priceperunit: 25, tax: 0 },
      { priceperunit: 30, tax: 0 },
    ]);
    const [json] = (await run({}, [vat])).output();
    expect(json?.notes).toEqual([
      { field: 'surcharges[1].amount', message: 'wrapping 4.00 counts as freight' },
    ]);
  });

  test('takes the store from the options where the item has no source, and says so where neither has', async () => {
    const { source: _source, ...bare } = order();
    const named = await run({ options: { storeName: 'main' } }, [bare]);
    const [withSource] = (await run({}, [order()])).output();
    expect((named.output()[0]?.salesorder as IDataObject).salesorderid).toBe(
      (withSource?.salesorder as IDataObject).salesorderid,
    );
    const without = await run({}, [bare]);
    expect(without.error?.message).toContain('"source.store"');
    expect((without.error as Error & { description?: string }).description).toContain('Store Name');
  });

  test('carries along what a node before has not written, whatever else is carried along', async () => {
    const rehearsed = { ...order(), dryRun: { writes: [] } };
    for (const options of [{}, { carryAlong: '' }, { includeInput: true }]) {
      const [json] = (await run({ options }, [rehearsed])).output();
      expect(json).toMatchObject({ dryRun: { writes: [] }, salesorder: { name: 'X-Cart 1001' } });
    }
  });

  test('keeps the input beside the result when asked', async () => {
    const [json] = (await run({ options: { includeInput: true } }, [order()])).output();
    expect(json).toMatchObject({ order_number: '1001', salesorder: { name: 'X-Cart 1001' } });
  });
});

describe('Field Overrides', () => {
  test('every kind of source changes its field', async () => {
    const result = await run(
      rows(
        { target: 'salesorder.name', source: 'path', path: 'email', transform: 'upper' },
        { target: 'other', otherTarget: 'salesorder.new_channel', source: 'value', value: 'web' },
        { target: 'salesorder.description', source: 'formula', formula: '$sum(items.amount)' },
        {
          target: 'salesorder.emailaddress',
          source: 'expression',
          expression: '={{ $json.id + "@x" }}',
        },
        {
          target: 'contact.firstname',
          source: 'mapped',
          transform: 'truncate',
          transformOptions: '{"length": 2}',
        },
        { target: 'contact.emailaddress1', source: 'remove' },
        {
          target: 'salesorder.order_details[*].productdescription',
          source: 'path',
          path: 'items[*].sku',
        },
        {
          target: 'other',
          otherTarget: 'salesorder.new_vat',
          source: 'path',
          path: 'other',
          otherPath: 'vat',
          default: 'none',
        },
      ),
      [order(), order({ id: 7 })],
    );
    expect(result.error).toBeUndefined();
    const [first, second] = result.output() as { salesorder: IDataObject; contact: IDataObject }[];
    expect(first?.salesorder).toMatchObject({
      name: 'ADA@EXAMPLE.COM',
      new_channel: 'web',
      new_vat: 'none',
      description: 3,
      emailaddress: '1042@x',
      order_details: [{ productdescription: 'A' }, { productdescription: 'B' }],
    });
    expect(second?.salesorder.emailaddress).toBe('7@x');
    expect(first?.contact.firstname).toBe('Ad');
    expect(first?.contact).not.toHaveProperty('emailaddress1');
  });

  test('a fixed value may be an expression, worked out per item', async () => {
    const result = await run(
      rows({ target: 'salesorder.name', source: 'value', value: '=Web {{ $json.id }}' }),
      [order(), order({ id: 7 })],
    );
    expect(result.output().map((json) => (json.salesorder as IDataObject).name)).toEqual([
      'Web 1042',
      'Web 7',
    ]);
  });

  test('a mistake in a row stops the node with its name and repair', async () => {
    const result = await run(
      rows({ target: 'salesorder.name', source: 'path', path: 'items[' }),
      [order()],
      'continueErrorOutput',
    );
    const missing = await run(rows({ source: 'path', path: 'email' }), [order()]);
    expect(JSON.stringify(result.run.data.resultData.runData.Node)).toContain(
      'Field 1 (\\"salesorder.name\\")',
    );
    expect(missing.error?.message).toContain('Field 1 has no target field');
  });
});

describe('Custom', () => {
  test('maps by a table of fields, lists included', async () => {
    const result = await run(
      {
        from: 'custom',
        definition: 'rows',
        customFrom: 'xcart.order',
        ...rows(
          { target: 'other', otherTarget: 'number', source: 'path', path: 'order_number' },
          {
            target: 'other',
            otherTarget: 'lines[*].sku',
            source: 'path',
            path: 'items[*].sku',
            transform: 'lower',
          },
          { target: 'other', otherTarget: 'lines[*].order', source: 'path', path: 'id' },
          { target: 'other', otherTarget: 'lines[*].kind', source: 'value', value: 'cup' },
        ),
      },
      [order()],
    );
    expect(result.output()[0]).toMatchObject({
      number: '1001',
      lines: [
        { sku: 'a', order: 1042, kind: 'cup' },
        { sku: 'b', order: 1042, kind: 'cup' },
      ],
    });
  });

  test('maps by JSON', async () => {
    const mapping = {
      from: 'a',
      to: 'b',
      fields: [{ to: 'n', from: 'items[*].amount', aggregate: 'sum' }],
    };
    const result = await run(
      {
        from: 'custom',
        definition: 'json',
        mapping: JSON.stringify(mapping),
        options: { carryAlong: 'claim' },
      },
      [order()],
    );
    expect(result.output()[0]).toEqual({ n: 3, claim: order().claim });
  });

  test('says where the JSON is wrong', async () => {
    const result = await run({ from: 'custom', definition: 'json', mapping: '{"from": ' }, [
      order(),
    ]);
    expect(result.error?.message).toContain('Mapping (JSON) is not valid JSON');
  });
});

describe('Check Mapping', () => {
  test('finds nothing wrong with a preset, and names the row that is', async () => {
    const good = await run({ operation: 'check' }, [{}]);
    expect(good.output()[0]).toMatchObject({ ok: true, errors: 0, warnings: 0, findings: [] });
    const bad = await run(
      {
        operation: 'check',
        ...rows({ target: 'other', otherTarget: 'salesorder.nam', source: 'value', value: 'x' }),
      },
      [{}],
    );
    expect(bad.output()[0]).toMatchObject({
      ok: true,
      warnings: 1,
      findings: [
        { field: 'salesorder.nam', message: expect.stringContaining('salesorder.name') as string },
      ],
    });
  });
});

describe('the lists of fields', () => {
  const context = (parameters: Record<string, string>) =>
    ({
      getCurrentNodeParameter: (name: string) => parameters[name],
      getNode: () => ({}),
    }) as unknown as ThisParameterType<typeof loadOptions.getTargetFields>;

  test('offer what the preset fills and what the source has', async () => {
    const preset = context({ from: 'xcart.order', to: 'dataverse.salesorder' });
    const targets = await loadOptions.getTargetFields.call(preset);
    expect(targets.map(({ value }) => value)).toEqual(
      expect.arrayContaining([
        'salesorder.name',
        'salesorder.ordernumber',
        'contact.lastname',
        'other',
      ]),
    );
    const sources = await loadOptions.getSourceFields.call(preset);
    expect(sources.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['email', 'items[*].sku', 'billing_address.city', 'other']),
    );
  });

  /** As the editor finds what is typed: somewhere in the name, whatever its capitals. */
  const found = (options: INodePropertyOptions[], typed: string) =>
    options
      .filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
      .map(({ value }) => value);

  test.each([
    ['shipping m', 'shipping_method_name'],
    ['Shipping_Method', 'shipping_method_name'],
    ['method name', 'shipping_method_name'],
    ['billing address c', 'billing_address.city'],
    ['items sku', 'items[*].sku'],
  ])('find the source by its words and by its path: %s', async (typed, path) => {
    const sources = await loadOptions.getSourceFields.call(context({ from: 'xcart.order' }));
    expect(found(sources, typed)).toContain(path);
  });

  test('find a target the same way, and name common fields as messages do', async () => {
    const to = (name: string) => context({ from: 'xcart.order', to: name });
    const targets = await loadOptions.getTargetFields.call(to('dataverse.salesorder'));
    expect(found(targets, 'shipto post')).toContain('salesorder.shipto_postalcode');
    expect(found(targets, 'shipto_post')).toContain('salesorder.shipto_postalcode');
    expect(found(targets, 'shipping method')).toContain('commerce.order:shippingMethod');
    expect(targets.find(({ value }) => value === 'commerce.order:totals.total')?.name).toBe(
      'Common Order: Total',
    );
  });
});
