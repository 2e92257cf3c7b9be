import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { FROM, listed, namesIn, order, rowFor, run, target } from '../../test/support/mapPanel';
import { CommerceMap } from './CommerceMap.node';

describe('rows of the common order', () => {
  test('take any source, in lists too, and what they give is brought to the type of the field', async () => {
    const rows = [
      await rowFor('Common Order: Country of Billing Address', 'DE'),
      await rowFor('Common Order: SKU of Each Line', {
        source: 'path',
        path: 'items[*].name',
        transform: 'upper',
      }),
      await rowFor('Common Order: Name of the Order', { source: 'mapped', transform: 'upper' }),
    ];
    const { output, error } = await run(order(), rows);
    expect(error).toBeUndefined();
    expect(output()[0]?.salesorder).toMatchObject({
      name: 'X-CART 1001',
      billto_country: 'DE',
      order_details: [{ productnumber: 'CUP' }],
    });
  });

  test('reach what is sent together with rows of the target', async () => {
    const rows = [
      await rowFor('Common Order: Quantity of Each Line', '4'),
      await rowFor('Common Order: Unit Price of Each Line', '12.5'),
      { target: 'salesorder.name', source: 'value', value: 'Mine' },
    ];
    const { output } = await run(order(), rows);
    expect(output()[0]?.salesorder).toMatchObject({
      name: 'Mine',
      order_details: [{ quantity: 4, priceperunit: 12.5 }],
    });
  });

  test.each([
    ['commerce.order:lines[*].skuu', 'Did you mean "lines[*].sku"?'],
    ['commerce.ordr:lines[*].sku', 'Did you mean "commerce.order"?'],
    ['commerce.order:booked.freight', 'always worked out'],
    ['xcart.order:total', 'makes no document "xcart.order"'],
  ])('refuse the unknown place %s', async (otherTarget, message) => {
    const row = { target: 'other', otherTarget, source: 'value', value: '1' };
    expect((await run(order(), [row])).error?.message).toContain(message);
    const checked = await runNode({
      nodeType: new CommerceMap(),
      parameters: { operation: 'check', ...FROM, fieldOverrides: { rows: [row] } },
      input: [{}],
    });
    expect(JSON.stringify(checked.output()[0]?.findings)).toContain(message.replace(/"/g, '\\"'));
  });

  test('a row that fails itself is named as the one to change', async () => {
    const name = 'Common Order: Total';
    const fix = await run(order(), [await rowFor(name, 'abc')]);
    expect((fix.error as Error & { description?: string }).description).toContain(
      `Change a row for "${name}"`,
    );
  });

  test('fill a common order that comes in as well', async () => {
    const parameters = { from: 'commerce.order', to: 'dataverse.salesorder' };
    const document = {
      source: { platform: 'xcart', store: 'main', id: '1' },
      name: 'X',
      number: '1',
      currency: 'USD',
      customer: {},
      lines: [{ quantity: 1, unitPrice: 5 }],
    } as unknown as IDataObject;
    const { error } = await run(document, [], parameters);
    const [name = ''] = namesIn((error as Error & { description?: string }).description ?? '');
    const row = { target: await target(name, parameters), source: 'value', value: '5' };
    const { output } = await run(document, [row], parameters);
    expect(output()[0]?.salesorder).toMatchObject({ expectedtotal: 5 });
    expect(document).not.toHaveProperty('totals');
  });

  test('stand in Check Mapping, with what becomes of values that cannot be read', async () => {
    const country = 'Common Order: Country of Billing Address';
    const described = async (list: object[]) => {
      const result = await run(order(), list, { ...FROM, operation: 'check' });
      return result.output()[0]?.fields as IDataObject[];
    };
    expect(await described([])).toContainEqual({
      field: country,
      from: 'billing_address.country_code (country)',
      isOverride: false,
      unreadable: 'passes as it is written, and is told in notes',
    });
    const own = await described([await rowFor(country, 'DE')]);
    expect(own).toContainEqual(
      expect.objectContaining({ field: country, from: 'always "DE"', isOverride: true }),
    );
    expect(own.filter(({ from }) => from === 'always "DE"').map(({ field }) => field)).toEqual(
      expect.arrayContaining(['salesorder.billto_country', 'contact.address1_country']),
    );
  });

  test('the list shows each once, and where it comes from now', async () => {
    const options = await listed();
    const names = options.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const country = options.find(({ value }) => value === 'commerce.order:billingAddress.country');
    expect(country).toMatchObject({
      name: 'Common Order: Country of Billing Address',
      description: expect.stringContaining('billing_address.country_code') as string,
    });
    expect(names.some((name) => name.includes('Booked'))).toBe(false);
  });
});
