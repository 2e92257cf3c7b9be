import { readSalesDocument } from './read';
import { SALES_ORDER } from './salesOrder';

const readSalesOrder = (document: object) => readSalesDocument(SALES_ORDER, { ...document });

const ORDER = '0f8fad5b-d9cb-569f-a165-70867728950e';
const LINE = '7c9e6679-7425-50de-944b-e07fc1f90ae7';
const ACCOUNT = '11111111-2222-4333-8444-555555555555';

const document = {
  salesorderid: ORDER.toUpperCase(),
  name: 'Web 1001',
  transactioncurrency: 'usd',
  pricelevel: 'Web',
  accountid: ACCOUNT,
  expectedtotal: '59.90',
  freightamount: '5.00',
  new_channel: 3,
  source: { id: '1001' },
  order_details: [{ salesorderdetailid: LINE, productnumber: ' SKU-1 ', quantity: 2 }],
};

describe('readSalesDocument', () => {
  test('takes columns, names and lines apart', () => {
    expect(readSalesOrder(document)).toEqual({
      id: ORDER,
      header: {
        name: 'Web 1001',
        freightamount: '5.00',
        new_channel: 3,
        'customerid_account@odata.bind': `/accounts(${ACCOUNT})`,
      },
      lines: [
        expect.objectContaining({
          id: LINE,
          number: 1,
          sku: 'SKU-1',
          columns: { quantity: 2 },
          writeIn: false,
        }),
      ],
      names: {
        currency: 'USD',
        priceList: 'Web',
        products: ['SKU-1'],
        productIds: [],
        units: [],
      },
      expectedTotal: '59.90',
      label: 'Web 1001',
    });
  });

  test('binds the contact where no account buys', () => {
    const { header } = readSalesOrder({ ...document, accountid: undefined, contactid: ACCOUNT });
    expect(header).toMatchObject({ 'customerid_contact@odata.bind': `/contacts(${ACCOUNT})` });
  });

  test('gives a line without a key the same key each time, and each line its own', () => {
    const lines = [{ productnumber: 'A' }, { productnumber: 'A' }];
    const [first, second] = [1, 2].map(() =>
      readSalesOrder({ salesorderid: ORDER, order_details: lines }).lines?.map(({ id }) => id),
    );
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(2);
  });

  test.each([
    [{ salesorderid: '' }, '"salesorderid"'],
    [{ salesorderid: '1001' }, 'is not a GUID'],
    [{ order_details: 'none' as never }, '"order_details" of the sales order is not a list'],
    [{ expectedtotal: '59,90' }, '"expectedtotal" of the sales order is not a number: "59,90"'],
    [{ order_details: [null] as never }, 'Line 1 of the sales order is not an object'],
    [{ order_details: [{ quantity: 1 }] }, 'Line 1 of the sales order names no product'],
    [
      {
        order_details: [
          { salesorderdetailid: LINE, productnumber: 'A' },
          { salesorderdetailid: LINE, productnumber: 'B' },
        ],
      },
      'Lines 1 and 2',
    ],
  ])('names what is wrong in %j', (change, message) => {
    expect(() => readSalesOrder({ ...document, ...change })).toThrow(message);
  });
});
