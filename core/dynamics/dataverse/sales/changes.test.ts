import type { Row } from '../../../odata/types';
import { salesChanges } from './changes';
import { readOperation } from './stored';
import type { SalesOrderDocument } from './documents';
import type { SalesNames } from './lookups';
import { readSalesDocument } from './read';
import { type LineOptions, salesRows } from './rows';
import { SALES_ORDER } from './salesOrder';

const id = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';
const ORDER = id(1);
const [LINE_1, LINE_2, LINE_3] = [id(2), id(3), id(4)];
const PRODUCT = id(5);
const UNIT = id(6);
const USD = id(7);

const names: SalesNames = {
  product: (sku) =>
    sku === 'SKU-1' ? { id: PRODUCT, unitId: UNIT, unitGroupId: id(8) } : undefined,
  productById: () => undefined,
  currencyDecimals: () => undefined,
  currencyId: (code) => (code === 'USD' ? USD : undefined),
  priceListId: () => undefined,
  unitId: () => undefined,
};

const document: SalesOrderDocument = {
  salesorderid: ORDER,
  name: 'Web 1001',
  ordernumber: 'X-1001',
  transactioncurrency: 'USD',
  freightamount: '5.00',
  order_details: [
    { salesorderdetailid: LINE_1, productnumber: 'SKU-1', quantity: 2, priceperunit: '9.90' },
    { salesorderdetailid: LINE_2, productdescription: 'Gift wrap', quantity: 1, priceperunit: 3 },
  ],
};

const stored: Row = {
  salesorderid: ORDER,
  name: 'Web 1001',
  ordernumber: 'ORD-7',
  statecode: 0,
  freightamount: 5,
  _transactioncurrencyid_value: USD,
  order_details: [
    {
      salesorderdetailid: LINE_1,
      _productid_value: PRODUCT,
      _uomid_value: id(9),
      quantity: 2,
      priceperunit: 9.9,
      ispriceoverridden: true,
    },
    {
      salesorderdetailid: LINE_2,
      _productid_value: null,
      isproductoverridden: true,
      productdescription: 'Gift wrap',
      quantity: 1,
      priceperunit: 3,
    },
  ],
};

function changes(
  change: Partial<SalesOrderDocument>,
  row: Row = stored,
  options: LineOptions = {},
) {
  const plan = readSalesDocument(SALES_ORDER, { ...document, ...change });
  const rows = salesRows(SALES_ORDER, plan, names, options);
  return salesChanges(SALES_ORDER, plan, rows, row).operations;
}

const [first, second] = document.order_details ?? [];

describe('salesRows', () => {
  test('turns names into bindings, money into numbers, and keeps the price of the shop', () => {
    const plan = readSalesDocument(SALES_ORDER, document);
    expect(salesRows(SALES_ORDER, plan, names, {})).toEqual({
      header: {
        name: 'Web 1001',
        ordernumber: 'X-1001',
        freightamount: 5,
        'transactioncurrencyid@odata.bind': `/transactioncurrencies(${USD})`,
      },
      lines: [
        {
          id: LINE_1,
          unitChosen: false,
          row: {
            ispriceoverridden: true,
            quantity: 2,
            priceperunit: 9.9,
            'productid@odata.bind': `/products(${PRODUCT})`,
            'uomid@odata.bind': `/uoms(${UNIT})`,
          },
        },
        {
          id: LINE_2,
          unitChosen: false,
          row: {
            quantity: 1,
            priceperunit: 3,
            isproductoverridden: true,
            productdescription: 'Gift wrap',
          },
        },
      ],
    });
  });

  test('names the SKU that is not there, or writes it in', () => {
    const unknown = { order_details: [{ ...first, productnumber: 'XYZ' }] };
    expect(() => changes(unknown)).toThrow('Product "XYZ" of line 1 is not in Dynamics 365');
    const plan = readSalesDocument(SALES_ORDER, { ...document, ...unknown });
    const { lines } = salesRows(SALES_ORDER, plan, names, { unknownProducts: 'write-in' });
    expect(lines?.[0]?.row).toMatchObject({ isproductoverridden: true, productdescription: 'XYZ' });
  });

  test('names the currency and the number that do not fit', () => {
    expect(() => changes({ transactioncurrency: 'XXX' })).toThrow('Currency "XXX"');
    expect(() => changes({ freightamount: '5,00' })).toThrow('"freightamount" of the sales order');
  });
});

describe('salesChanges', () => {
  test('finds nothing in the same order, whatever number and unit the service gave it', () => {
    expect(changes({})).toEqual([]);
  });

  test('sends only the columns that differ', () => {
    expect(
      changes({
        freightamount: 6,
        order_details: [{ ...first, quantity: '3' }, { ...second }],
      }),
    ).toMatchObject([
      { method: 'PATCH', path: `salesorders(${ORDER})`, body: { freightamount: 6 } },
      { method: 'PATCH', path: `salesorderdetails(${LINE_1})`, body: { quantity: 3 } },
    ]);
  });

  test('adds new lines and removes those that are gone', () => {
    const added = { ...second, salesorderdetailid: LINE_3 };
    expect(changes({ order_details: [{ ...first }, added] })).toMatchObject([
      { method: 'DELETE', path: `salesorderdetails(${LINE_2})` },
      {
        method: 'POST',
        path: 'salesorderdetails',
        body: {
          salesorderdetailid: LINE_3,
          'salesorderid@odata.bind': `/salesorders(${ORDER})`,
        },
      },
    ]);
  });

  test('replaces a line that is for another product', () => {
    const writeIn = { ...second, salesorderdetailid: LINE_1 };
    expect(
      changes({ order_details: [writeIn, { ...second }] }).map(({ method }) => method),
    ).toEqual(['DELETE', 'POST']);
  });

  test('leaves lines alone that the document says nothing of', () => {
    expect(changes({ order_details: undefined })).toEqual([]);
  });

  test('refuses to change a closed order, and lets an equal one pass', () => {
    const fulfilled = { ...stored, statecode: 3 };
    expect(changes({}, fulfilled)).toEqual([]);
    expect(() => changes({ freightamount: 6 }, fulfilled)).toThrow(
      'Sales order "Web 1001" is Fulfilled in Dynamics 365',
    );
  });

  test('refuses to change the currency', () => {
    const other = { ...stored, _transactioncurrencyid_value: id(9) };
    expect(() => changes({}, other)).toThrow('another currency');
  });
});

describe('readOperation', () => {
  const path = (change: Partial<SalesOrderDocument>): string => {
    const plan = readSalesDocument(SALES_ORDER, { ...document, ...change });
    return decodeURIComponent(
      readOperation(SALES_ORDER, plan.id, salesRows(SALES_ORDER, plan, names, {})).path,
    );
  };

  test('reads what is compared', () => {
    expect(path({})).toMatch(/\$select=[^&]*freightamount[^&]*_transactioncurrencyid_value/);
    expect(path({})).toMatch(/\$expand=order_details\(\$select=[^)]*_productid_value/);
  });

  test('reads all columns where a binding does not tell its column', () => {
    expect(path({ 'new_Shop@odata.bind': '/new_shops(1)' })).not.toMatch(/\?\$select/);
  });
});
