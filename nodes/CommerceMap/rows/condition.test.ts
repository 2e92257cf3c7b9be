import type { IDataObject } from 'n8n-workflow';

import { FROM, LINE, order, other, refused, run, salesorder } from '../../../test/support/mapPanel';

const LINES = [LINE, { ...LINE, id: 2, sku: 'B', item_net_price: 0, amount: 1 }];
const NAME = { target: 'salesorder.name' };

describe('Only If Field', () => {
  const named = (condition: object, row: object = { source: 'value', value: 'Mine' }) => ({
    ...NAME,
    ...row,
    ...condition,
  });

  test.each([
    [{ onlyIf: 'email', comparedWith: 'ada@example.com' }, true],
    [{ onlyIf: 'email', comparison: 'notEquals', comparedWith: 'ada@example.com' }, false],
    [{ onlyIf: 'customer_id', comparedWith: '15' }, true],
    [{ onlyIf: 'other', otherOnlyIf: 'coupon', comparison: 'missing' }, true],
    [{ onlyIf: 'other', otherOnlyIf: 'coupon', comparison: 'exists' }, false],
    [{ onlyIf: 'email', comparison: 'contains', comparedWith: '@example' }, true],
    [{ onlyIf: 'total', comparison: 'greaterThan', comparedWith: '56.39' }, true],
    [{ onlyIf: 'total', comparison: 'lessThan', comparedWith: '56.4' }, false],
    [{ onlyIf: 'currency', comparison: 'in', comparedWith: 'EUR, USD' }, true],
    [{ onlyIf: '={{ $json.currency }}', comparedWith: 'USD' }, true],
    [{ onlyIf: '={{ $json.notes }}', comparedWith: 'USD' }, false],
    [{ onlyIf: 'items[*].sku', comparison: 'contains', comparedWith: 'A' }, true],
    [{ onlyIf: 'other', otherOnlyIf: 'gift', comparedWith: 'true' }, true],
  ])('%j', async (condition, applies) => {
    const { name } = await salesorder(named(condition), { gift: 1 });
    expect(name).toBe(applies ? 'Mine' : 'X-Cart 1001');
  });

  test('changes, or takes out, what the preset gives', async () => {
    const only = (comparedWith: string) => ({ onlyIf: 'currency', comparedWith });
    const upper = { source: 'mapped', transform: 'upper' };
    expect((await salesorder(named(only('USD'), upper))).name).toBe('X-CART 1001');
    expect((await salesorder(named(only('EUR'), upper))).name).toBe('X-Cart 1001');
    const remove = { source: 'remove' };
    expect(await salesorder(named(only('USD'), remove))).not.toHaveProperty('name');
    expect((await salesorder(named(only('EUR'), remove))).name).toBe('X-Cart 1001');
  });

  test('looks at each line beside what is mapped of it', async () => {
    const row = {
      target: 'salesorder.order_details[*].productnumber',
      source: 'mapped',
      transform: 'lower',
      onlyIf: '={{ $json.items[0].sku }}',
      comparedWith: 'B',
    };
    const { order_details: lines } = await salesorder(row, { items: LINES });
    expect(lines.map((line) => line.productnumber)).toEqual(['A', 'b']);
  });

  test('stands in a mapping of the user’s own as well', async () => {
    const custom = { from: 'custom', definition: 'rows' };
    const row = {
      ...other('lines[*].gift'),
      source: 'path',
      path: 'order_number',
      onlyIf: 'items[*].sku',
      comparedWith: 'B',
    };
    const { output } = await run(order({ items: LINES }), [row], custom);
    expect(output()[0]?.lines).toEqual([{}, { gift: '1001' }]);
  });

  test('takes a field out of a mapping of the user’s own', async () => {
    const custom = { from: 'custom', definition: 'rows' };
    const rows = (comparedWith: string) => [
      { ...other('number'), source: 'path', path: 'order_number' },
      { ...other('number'), source: 'remove', onlyIf: 'currency', comparedWith },
    ];
    expect((await run(order(), rows('USD'), custom)).output()[0]).not.toHaveProperty('number');
    expect((await run(order(), rows('EUR'), custom)).output()[0]).toHaveProperty('number', '1001');
  });

  test('is an exception to what Columns says', async () => {
    const columns = {
      mappingMode: 'defineBelow',
      value: { 'salesorder.name': '={{ $json.email }}' },
    };
    const name = async (comparedWith: string) =>
      (await salesorder(named({ onlyIf: 'currency', comparedWith }), {}, { ...FROM, columns }))
        .name;
    expect(await name('USD')).toBe('Mine');
    expect(await name('EUR')).toBe('ada@example.com');
  });

  test.each([
    [{ onlyIf: 'email' }, 'Compared With of Field 1 ("salesorder.name") is empty'],
    [
      { onlyIf: 'total', comparison: 'greaterThan', comparedWith: 'many' },
      'compares numbers, and is compared with "many"',
    ],
    [{ onlyIf: 'items[*].sku', comparedWith: 'A' }, 'has several values'],
    [{ onlyIf: 'other', otherOnlyIf: 'currncy', comparedWith: 'A' }, 'Did you mean "currency"?'],
    [{ onlyIf: '={{ $json.a + 1 }}', comparedWith: 'A' }, 'has an expression that is no field'],
    [{ onlyIf: 'other', comparedWith: 'A' }, 'names no field'],
    [{ onlyIf: 'currency', comparedWith: '={{ $json.currency }}' }, 'differs from item to item'],
  ])('%j is refused', async (condition, message) => {
    expect(await refused(named(condition))).toContain(message);
  });

  test('says in Check Mapping what else there is', async () => {
    const { output } = await run(order(), [named({ onlyIf: 'currency', comparedWith: 'USD' })], {
      ...FROM,
      operation: 'check',
    });
    const fields = output()[0]?.fields as IDataObject[];
    expect(fields.find(({ field }) => field === 'salesorder.name')?.from).toBe(
      'always "Mine" where currency is "USD", else X-Cart {order_number ?? id}',
    );
  });
});
