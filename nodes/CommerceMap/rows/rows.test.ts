import type { IDataObject, INodePropertyCollection } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { editorContext, runNode } from '../../../test/engine';
import { FROM, LINE, order, other, refused, run, salesorder } from '../../../test/support/mapPanel';
import { CommerceMap } from '../CommerceMap.node';
import { OTHER_VALUE } from '../fields';
import { loadOptions } from '../methods';

/** Field Overrides as a person fills them who knows neither JSON nor paths. */

const LINES = [LINE, { ...LINE, id: 2, sku: 'B', item_net_price: 0, amount: 1 }];

const NAME = { target: 'salesorder.name' };

describe('a row', () => {
  test('changes what the preset gives, where it says nothing of a source', async () => {
    expect((await salesorder({ ...NAME, transform: 'upper' })).name).toBe('X-CART 1001');
  });

  test('of a workflow that was saved before takes the path that n8n did not need to save', async () => {
    const { output } = await runNode({
      nodeType: new CommerceMap(),
      typeVersion: 1,
      parameters: {
        operation: 'map',
        ...FROM,
        fieldOverrides: { rows: [{ ...NAME, path: 'email' }] },
      },
      input: [order()],
    });
    expect(output()[0]?.salesorder).toMatchObject({ name: 'ada@example.com' });
  });

  test('that takes the mapped value of a field that nothing fills is refused', async () => {
    expect(await refused(other('salesorder.new_gift'))).toContain(
      'Field 1 ("salesorder.new_gift") takes the mapped value, but nothing fills "salesorder.new_gift"',
    );
    expect((await salesorder({ ...other('salesorder.new_gift'), default: 'no' })).new_gift).toBe(
      'no',
    );
    const custom = { from: 'custom', definition: 'rows' };
    expect(await refused(other('a'), {}, custom)).toContain(
      'no preset fills a mapping of your own',
    );
  });

  test('has a title that says what it does', () => {
    const [field] = new CommerceMap().description.properties.filter(
      ({ name }) => name === 'fieldOverrides',
    );
    const [collection] = (field?.options ?? []) as INodePropertyCollection[];
    const properties = collection?.values;
    const nodeTypes = { getByNameAndVersion: () => new CommerceMap() };
    const node = {
      id: '1',
      name: 'N',
      type: 'x',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    };
    const workflow = new Workflow({
      nodes: [node as never],
      connections: {},
      active: false,
      nodeTypes: nodeTypes as never,
    });
    const title = (value: object) =>
      workflow.expression.getParameterValue(
        field?.typeOptions?.fixedCollection?.itemTitle ?? '',
        null,
        0,
        0,
        'N',
        [],
        'manual',
        { $collection: { item: { value, properties } } } as never,
      );
    expect(title({ ...NAME, source: 'mapped', transform: 'lookup' })).toBe(
      'salesorder.name ← mapped value, Look Up',
    );
    expect(
      title({
        ...other('commerce.order:status'),
        source: 'path',
        path: '={{ $json.email }}',
        onlyIf: 'email',
      }),
    ).toBe('status ← {{ $json.email }}, only if email');
    expect(title({ target: '', source: 'mapped' })).toBe('New field ← mapped value');
  });
});

describe('a dragged field', () => {
  test('is the path that it shows, wherever it is dropped', async () => {
    const dragged = '={{ $json.billing_address.firstname }}';
    for (const row of [
      { source: 'path', path: dragged },
      { source: 'path', path: 'other', otherPath: dragged },
      { source: 'path', path: 'other', otherPath: dragged.slice(1) },
      { source: 'value', value: dragged },
      { source: 'expression', expression: dragged },
    ]) {
      expect((await salesorder({ ...NAME, ...row })).name).toBe('Ada');
    }
  });

  test('is refused where a setting is the same for all documents', async () => {
    const row = { ...NAME, source: 'path', path: 'notes', default: '={{ $json.email }}' };
    expect(await refused({ ...row, target: '={{ $json.email }}' })).toContain(
      'Target Field of field 1 has an expression that differs from item to item',
    );
    expect(await refused(row)).toContain(
      'Default of Field 1 ("salesorder.name") has an expression',
    );
    expect(
      await salesorder({ ...NAME, source: 'value', value: '{{ $json.email }}' }),
    ).toMatchObject({
      name: '{{ $json.email }}',
    });
  });

  test('means each element where the target stands in a list', async () => {
    const { order_details: lines } = await salesorder(
      {
        target: 'salesorder.order_details[*].productdescription',
        source: 'path',
        path: '={{ $json.items[0].sku }}',
      },
      { items: LINES },
    );
    expect(lines.map((line) => line.productdescription)).toEqual(['A', 'B']);
  });

  test('is worked out for each item where it does more than name a field', async () => {
    const rows = [{ ...NAME, source: 'path', path: '={{ $json.email.split("@")[0] }}' }];
    const result = await runNode({
      nodeType: new CommerceMap(),
      parameters: { operation: 'map', ...FROM, fieldOverrides: { rows } },
      input: [order(), order({ email: 'bob@example.com' })],
    });
    expect(result.output().map((json) => (json.salesorder as IDataObject).name)).toEqual([
      'ada',
      'bob',
    ]);
  });
});

describe('fields of transforms', () => {
  test('take the place of JSON, which still counts where there is any', async () => {
    const row = { ...NAME, transform: 'truncate', truncateLength: 4 };
    expect((await salesorder(row)).name).toBe('X-Ca');
    expect((await salesorder({ ...row, transformOptions: '{"length": 2}' })).name).toBe('X-');
    expect(await refused({ ...NAME, transform: 'truncate' })).toContain('"length"');
    expect(await refused({ ...NAME, transform: 'truncate', transformOptions: '{' })).toContain(
      'Options (JSON) of Field 1 ("salesorder.name") is not valid JSON',
    );
  });

  test('take a dragged field, and no expression that differs from item to item', async () => {
    const phone = {
      target: 'contact.telephone1',
      source: 'value',
      value: '512 555 0100',
      transform: 'phone',
      phoneCountry: '={{ $json.billing_address.country_code }}',
    };
    const { output } = await run(order(), [phone]);
    expect(output()[0]?.contact).toMatchObject({ telephone1: '+15125550100' });
    const odd = { ...phone, phoneCountry: '={{ $json.billing_address.country_code.trim() }}' };
    expect(await refused(odd)).toContain(
      'Country of Field 1 ("contact.telephone1") has an expression that differs from item to item',
    );
    const same = { ...phone, phoneCountry: '={{ "us".toUpperCase() }}' };
    expect((await run(order(), [same])).output()[0]?.contact).toMatchObject({
      telephone1: '+15125550100',
    });
  });
});

describe('Look Up', () => {
  const status = (table: object[], more: object = {}) => ({
    ...other('salesorder.new_status'),
    source: 'path',
    path: 'email',
    transform: 'lookup',
    lookupTable: { rows: table },
    ...more,
  });
  const table = [
    { from: 'ada@example.com ', to: OTHER_VALUE, otherTo: '100001' },
    { from: 'bob@example.com', to: 7 },
  ];

  test('has rows, from → to', async () => {
    expect((await salesorder(status(table))).new_status).toBe('100001');
    expect((await salesorder(status(table), { email: 'bob@example.com' })).new_status).toBe(7);
  });

  test.each([
    ['keep', {}, 'eve@example.com'],
    ['empty', {}, undefined],
    ['value', { lookupValue: 'else' }, 'else'],
  ])('gives for all else: %s', async (lookupOtherwise, more, expected) => {
    const row = status(table, { lookupOtherwise, ...more });
    expect((await salesorder(row, { email: 'eve@example.com' })).new_status).toBe(expected);
  });

  test('refuses what it does not hold, and rows that say nothing or twice', async () => {
    expect(await refused(status(table), { email: 'e@e' })).toContain('has no entry for "e@e"');
    expect(await refused(status(table), { email: 'e@e' })).toContain('What Else');
    expect(await refused(status([{ from: ' ', to: 7 }]))).toContain(
      'row 1 of Table of Field 1 ("salesorder.new_status") has nothing on the left',
    );
    const twice = [...table, { from: 'bob@example.com', to: 8 }];
    expect(await refused(status(twice))).toContain('row 3 of Table');
  });

  test('offers what the target may hold', async () => {
    const target = 'commerce.order:status';
    const rows = [{ target, transform: 'lookup', lookupTable: { rows: [{ from: 'P' }] } }];
    const context = editorContext({
      nodeType: new CommerceMap(),
      parameters: { operation: 'map', ...FROM, fieldOverrides: { rows } },
    });
    const names = async () =>
      (await loadOptions.getTargetChoices.call(context)).map(({ name }) => name);
    expect(await names()).toEqual(expect.arrayContaining(['onHold', 'Other (Type a Value)']));
    Reflect.set(context, 'path', 'parameters.fieldOverrides.rows[0].lookupTable.rows[0].to');
    expect(await names()).toEqual(expect.arrayContaining(['onHold', 'Other (Type a Value)']));
    Reflect.set(context, 'path', 'parameters.fieldOverrides.rows[1].lookupTable.rows[0].to');
    expect(await names()).not.toContain('nothing');
  });
});

describe('Text with Placeholders', () => {
  const text = (template: string) => ({ ...NAME, source: 'template', template });

  test('puts fields in, leaves out what is absent, and writes braces where they are doubled', async () => {
    const name = async (template: string) => (await salesorder(text(template))).name;
    expect(await name('Shop {order_number}/{coupon_code ?? id}')).toBe('Shop 1001/1042');
    expect(await name('{{x}} {order_number}')).toBe('{x} 1001');
    expect(await name('A {billing_address.lastname} {detailed[0].x ?? email}')).toBe(
      'A Byron ada@example.com',
    );
  });

  test('gives nothing where all of them are absent', async () => {
    expect(await salesorder(text('Note {notes}'))).not.toHaveProperty('name');
  });

  test('is compiled where fields were dragged into it, and worked out where there is more', async () => {
    expect((await salesorder(text('=Shop {{ $json.order_number }}, {id}'))).name).toBe(
      'Shop 1001, 1042',
    );
    expect((await salesorder(text('=Shop {{ $json.order_number + 1 }}'))).name).toBe('Shop 10011');
  });

  test('reads each line where the target is a column of the lines', async () => {
    const { order_details: lines } = await salesorder(
      {
        target: 'salesorder.order_details[*].productdescription',
        source: 'template',
        template: '{order_number}: {items[*].sku} {items[*].name}',
      },
      { items: LINES },
    );
    expect(lines.map((line) => line.productdescription)).toEqual(['1001: A Cup', '1001: B Cup']);
  });

  test('says what is wrong with it', async () => {
    expect(await refused(text('Shop {order_number'))).toContain('has a "{" without its "}"');
    expect(await refused(text('Shop {order_numbr}'))).toContain('Did you mean "order_number"?');
    expect(await refused(text(' '))).toContain('Field 1 ("salesorder.name") has no text');
  });
});

describe('what cannot be meant', () => {
  const fixed = (target: object, value: string) => ({ ...target, source: 'value', value });

  test('two rows for one field are refused by both their numbers, unless they belong together', async () => {
    const email = { target: 'salesorder.emailaddress', source: 'value', value: 'x@y.z' };
    expect(await refused([fixed(NAME, 'a'), email, fixed(NAME, 'b')])).toContain(
      'Field 1 ("salesorder.name") and Field 3 ("salesorder.name") fill the same field',
    );
    const conditional = { ...fixed(NAME, 'b'), onlyIf: 'currency', comparedWith: 'USD' };
    expect((await salesorder([fixed(NAME, 'a'), conditional])).name).toBe('b');
    expect(await refused([conditional, fixed(NAME, 'a')])).toContain('Move Field 2');
    const built = [fixed(NAME, 'a'), { ...NAME, transform: 'upper' }];
    expect((await salesorder(built)).name).toBe('A');
  });

  test('several values in one field are refused, unless it is said what to make of them', async () => {
    const row = { ...NAME, source: 'path', path: 'items[*].sku' };
    expect(await refused(row, { items: LINES })).toContain(
      'Field 1 ("salesorder.name") reads "items[*].sku", which has several values, into one field → Say under Combine Several',
    );
    const combined = (combine: string) => salesorder({ ...row, combine }, { items: LINES });
    expect((await combined('join')).name).toBe('A, B');
    expect((await combined('count')).name).toBe(2);
    expect((await combined('list')).name).toEqual(['A', 'B']);
  });

  test('a column without its table is refused', async () => {
    expect(await refused(fixed(other('new_gift'), 'x'))).toContain(
      'Did you mean "salesorder.new_gift"?',
    );
    for (const [path, meant] of [
      ['order_details[*].new_gift', 'salesorder.order_details[*].new_gift'],
      ['Salesorder.new_gift', 'salesorder.new_gift'],
      ['opportunity.name', 'salesorder.name'],
    ] as const) {
      expect(await refused(fixed(other(path), 'x'))).toContain(`Did you mean "${meant}"?`);
    }
  });

  test('a path that neither the document nor any item of a run by hand has is refused', async () => {
    const row = { ...NAME, source: 'path', path: 'other', otherPath: 'billing_address.vat' };
    const unknown = await refused(row, { billing_address: { vat_number: '1' } });
    expect(unknown).toContain(
      'Field 1 ("salesorder.name") reads "billing_address.vat", which the X-Cart order does not have, nor any item of this run.',
    );
    expect(await refused({ ...row, otherPath: 'emial' })).toContain('Did you mean "email"?');
    for (const changes of [{ billing_address: { vat: null } }, { billing_address: null }]) {
      const { error } = await run(order(changes), [row], FROM, 'manual');
      expect(error?.message ?? '').not.toContain('nor any item');
    }
    const inProduction = await run(order(), [row]);
    expect(inProduction.error).toBeUndefined();
    expect(inProduction.output()[0]?.salesorder).not.toHaveProperty('name');
    const alternatives = { ...row, otherPath: 'billing_address.vat ?? email' };
    const tried = await run(order(), [alternatives], FROM, 'manual');
    expect(tried.output()[0]?.salesorder).toMatchObject({ name: 'ada@example.com' });
  });
});
