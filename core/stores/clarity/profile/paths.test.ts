import { BRIEF } from './brief';
import { CEF } from './cef';
import { hasAlternatives, readPath, toNames, withNames } from './paths';

it.each<[string, unknown]>([
  ['a', 1],
  ['b.c', 0],
  ['list[1].d', 'x'],
  ['none ?? a', 1],
  ['empty ?? null ?? b.c', 0],
  ['none', undefined],
  ['a.b.c', undefined],
])('%s', (path, value) => {
  const document = { a: 1, b: { c: 0 }, list: [{}, { d: 'x' }], empty: '', null: null };
  expect(readPath(document, path)).toBe(value);
});

const CEF_ORDER = {
  ID: 7,
  AccountID: 3,
  CreatedDate: '2026-11-25T14:00:00Z',
  StatusName: 'Pending',
  Totals: { Total: 24.2, Shipping: 4 },
  BillingContact: {
    FullName: 'Ada Byron',
    Email1: 'ada@example.com',
    Address: { Street1: '1 Main St', City: 'Austin', RegionCode: 'TX', CountryCode: 'US' },
  },
  SalesItems: [{ ID: 70, Sku: 'TS', Quantity: 2, UnitCorePrice: 10 }],
};

describe('a document of the service', () => {
  const named = withNames(CEF_ORDER, CEF.resources.orders?.fields);

  it('gets the names of the pack beside its own', () => {
    expect(named).toMatchObject({
      ...CEF_ORDER,
      orderId: 7,
      customerId: 3,
      orderDate: '2026-11-25T14:00:00Z',
      status: 'Pending',
      totalAmount: 24.2,
      shippingTotal: 4,
      email: 'ada@example.com',
      billingAddress: { name: 'Ada Byron', line1: '1 Main St', state: 'TX', country: 'US' },
      lineItems: [{ lineId: 70, sku: 'TS', quantity: 2, unitPrice: 10, Sku: 'TS' }],
    });
    expect(named).not.toHaveProperty('paymentInfo');
    expect(CEF_ORDER).not.toHaveProperty('orderId');
  });

  it('may be no document at all', () => {
    expect(withNames('x', CEF.resources.orders?.fields)).toBe('x');
    expect(withNames(null, CEF.resources.orders?.fields)).toBeNull();
  });

  it('stays as it is where the service calls things as the pack does', () => {
    const address = { line1: '1 Main St', city: 'Austin', country: 'US' };
    const order = {
      orderId: 'A-7',
      orderNumber: 'A-7',
      billingAddress: address,
      lineItems: [{ lineId: '1', sku: 'TS', quantity: 1, unitPrice: 5, tax: 0, discount: 0 }],
    };
    expect(withNames(order, BRIEF.resources.orders?.fields)).toEqual(order);
  });

  it('makes a list of one part, and a part of fields that stand in the document', () => {
    const fields = {
      payments: { at: 'Pay', list: true, fields: { amount: 'Sum' } },
      billingAddress: { at: '.', fields: { city: 'BillCity' } },
    };
    expect(withNames({ Pay: { Sum: 3 }, BillCity: 'Rome' }, fields)).toEqual({
      Pay: { Sum: 3 },
      BillCity: 'Rome',
      payments: [{ Sum: 3, amount: 3 }],
      billingAddress: { city: 'Rome' },
    });
  });
});

describe('what is written', () => {
  it('goes under the names of the service, as does what it names itself', () => {
    const fields = {
      ...CEF.resources.orders?.fields,
      shipTo: { at: '.', fields: { city: 'ShipCity' } },
    };
    const written = toNames(
      {
        status: 'Shipped',
        totalAmount: 5,
        lineItems: [{ sku: 'TS', quantity: 2, Note: 'x' }],
        billingAddress: { line1: '1 Main St' },
        shipTo: { city: 'Rome' },
        CustomKey: 'ERP-1',
      },
      fields,
    );
    expect(written).toEqual({
      StatusName: 'Shipped',
      Totals: { Total: 5 },
      SalesItems: [{ Sku: 'TS', Quantity: 2, Note: 'x' }],
      BillingContact: { Address: { Street1: '1 Main St' } },
      ShipCity: 'Rome',
      CustomKey: 'ERP-1',
    });
  });

  it('goes where the record has it, inside its parts and lists too', () => {
    const fields = {
      price: 'price ?? unitPrice',
      billing: { at: 'bill ?? billTo', fields: { line1: 'line1 ?? street' } },
      lines: { at: 'lines ?? rows', fields: { quantity: 'quantity ?? qty' } },
    };
    const wished = { price: 5, billing: { line1: 'Main St' }, lines: [{ quantity: 2 }] };
    expect(toNames(wished, fields)).toEqual({
      price: 5,
      bill: { line1: 'Main St' },
      lines: [{ quantity: 2 }],
    });
    const record = { unitPrice: 4, billTo: { street: 'Old St' }, rows: [{ qty: 1 }] };
    expect(toNames(wished, fields, { record })).toEqual({
      unitPrice: 5,
      billTo: { street: 'Main St' },
      rows: [{ qty: 2 }],
    });
    expect(hasAlternatives({ billing: { line1: 'x' } }, fields)).toBe(true);
    expect(hasAlternatives({ note: 'x' }, fields)).toBe(false);
  });
});

describe('first and last name', () => {
  const fields = CEF.resources.customers?.fields;
  const ada = { firstName: 'Ada', lastName: 'Byron' };

  it('go into one field where the profile says that the service has that alone', () => {
    expect(toNames(ada, fields, { wholeNames: true })).toEqual({
      Contact: { FullName: 'Ada Byron' },
    });
    expect(toNames({ name: 'Ada Byron' }, fields, { wholeNames: true })).toEqual({
      Contact: { FullName: 'Ada Byron' },
    });
  });

  it('go into two where a record shows that it has them, and into one where it shows that', () => {
    const both = { Contact: { FirstName: 'Grace', LastName: 'Hopper', FullName: 'Grace Hopper' } };
    expect(toNames(ada, fields, { record: both, wholeNames: true })).toEqual({
      Contact: { FirstName: 'Ada', LastName: 'Byron' },
    });
    const record = { Contact: { FullName: 'Grace Hopper' } };
    expect(toNames(ada, fields, { record })).toEqual({ Contact: { FullName: 'Ada Byron' } });
    expect(toNames(ada, fields)).toEqual({ Contact: { FirstName: 'Ada', LastName: 'Byron' } });
  });

  it('keep the one that is not changed, and take nothing of another record', () => {
    const record = { Contact: { FullName: 'Grace Brewster Hopper' } };
    const changed = { record, isChanged: true };
    expect(toNames({ firstName: 'Ada' }, fields, changed)).toEqual({
      Contact: { FullName: 'Ada Brewster Hopper' },
    });
    expect(toNames({ lastName: 'Byron' }, fields, changed)).toEqual({
      Contact: { FullName: 'Grace Byron' },
    });
    expect(toNames({ firstName: 'Ada' }, fields, { record })).toEqual({
      Contact: { FullName: 'Ada' },
    });
    expect(hasAlternatives({ firstName: 'Ada' }, { name: 'FullName' })).toBe(true);
  });
});
