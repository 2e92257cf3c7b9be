import fc from 'fast-check';

import { changedColumns, lookupColumns, sameValue } from './compare';

const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('sameValue', () => {
  test.each([
    ['9.90', 9.9, true],
    [0.1 + 0.2, 0.3, false],
    ['0.3', 0.3, true],
    ['', null, true],
    [undefined, null, true],
    [0, null, false],
    ['not a number', 3, false],
    ['a\r\nb ', 'a\nb', true],
    ['true', true, true],
    ['2026-01-05T10:00:00.000+02:00', '2026-01-05T08:00:00Z', true],
    ['2026-01-05T10:00:00Z', '2026-01-05', true],
    ['2026-01-06', '2026-01-05', false],
    ['A', 'a', false],
  ])('%j and stored %j: %s', (wanted, stored, expected) => {
    expect(sameValue(wanted, stored)).toBe(expected);
  });

  test('is true for whatever is written and read back as JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean()), (value) => {
        if (value === Infinity || value === -Infinity) return;
        expect(sameValue(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });
});

describe('changedColumns', () => {
  test('keeps what differs', () => {
    const stored = {
      name: 'A',
      freightamount: 5,
      _customerid_value: GUID,
      _new_shopid_value: null,
    };
    expect(
      changedColumns(
        {
          name: 'A',
          freightamount: '5.01',
          description: 'new',
          'customerid_account@odata.bind': `/accounts(${GUID.toUpperCase()})`,
          'new_ShopId@odata.bind': `/new_shops(${GUID})`,
        },
        stored,
      ),
    ).toEqual({
      freightamount: '5.01',
      description: 'new',
      'new_ShopId@odata.bind': `/new_shops(${GUID})`,
    });
  });

  test('takes a binding by alternate key for a change, as only the service knows its row', () => {
    const binding = { 'customerid_account@odata.bind': "/accounts(accountnumber='A1')" };
    expect(changedColumns(binding, { _customerid_value: GUID })).toEqual(binding);
  });

  test('knows the column behind a polymorphic navigation property', () => {
    expect(lookupColumns('customerid_account')).toEqual([
      '_customerid_account_value',
      '_customerid_value',
    ]);
  });
});
