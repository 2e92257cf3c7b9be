/** From a row of Dynamics 365 to the words in which a shop is told of it. */
import { findDocument, findPreset, DOCUMENTS } from '..';
import { compileMapping, override } from '../../mapping';
import type { OverlayRow } from '../../mapping';

const SHOPS = ['xcart', 'threedcart', 'clarity'] as const;
type Shop = (typeof SHOPS)[number];

const sampleOf = (document: string): object =>
  structuredClone(findDocument(document)?.sample ?? {});

function mapped(from: string, to: string, row: object, rows: OverlayRow[] = []): object {
  const preset = findPreset(from, to);
  if (!preset) throw new Error(`There is no preset from ${from} to ${to}`);
  const plan = rows.length > 0 ? override(preset, rows) : preset;
  const result = compileMapping(plan, { documents: DOCUMENTS }).map(row, {
    source: {
      platform: from.split('.')[0],
      store: 'contoso',
      ...(from.includes('.order') && { currency: 'USD' }),
    },
  });
  if (!result.ok) throw result.error;
  return result.document;
}

const shopOrder = (platform: string) => ({ platform, store: 'main', id: '1042', number: '1001' });

const orderRow = (platform: string, row: object): object => ({
  ...sampleOf('dataverse.salesorderRow'),
  shopOrder: shopOrder(platform),
  ...row,
});

const invoiceRow = (platform: string, row: object): object => ({
  ...sampleOf('dataverse.invoiceRow'),
  shopOrder: shopOrder(platform),
  ...row,
});

const told = (shop: Shop, row: object, rows?: OverlayRow[]): object =>
  mapped('dataverse.salesorderRow', `${shop}.updateStatus`, orderRow(shop, row), rows);

describe('a sales order', () => {
  const NEW = { statecode: 0, statuscode: 1 };
  const ON_HOLD = { statecode: 0, statuscode: 690970000 };
  const IN_PROGRESS = { statecode: 1, statuscode: 3 };
  const CANCELED = { statecode: 2, statuscode: 4 };
  const FULFILLED = { statecode: 3, statuscode: 100001 };
  const PARTIAL = { statecode: 3, statuscode: 100002 };
  const INVOICED = { statecode: 4, statuscode: 100003 };
  const goods = (code: string) => ({ shippingStatus: code });
  const status = (code: string) => ({ status: code });
  const UNSENT = { new_shippedon: null, datefulfilled: null };
  const SENT = [goods('S'), status('4'), status('Shipped')] as const;

  test.each([
    ['new', NEW, {}, {}, {}],
    ['on hold', ON_HOLD, goods('WFA'), status('6'), status('On Hold')],
    ['in progress', IN_PROGRESS, goods('P'), status('2'), status('Processing')],
    ['canceled', CANCELED, goods('WND'), status('5'), status('Cancelled')],
    ['fulfilled', FULFILLED, goods('S'), status('4'), status('Shipped')],
    ['fulfilled in part', PARTIAL, {}, status('3'), status('Partially Shipped')],
    ['invoiced without a date', { ...INVOICED, ...UNSENT }, {}, {}, {}],
    ['invoiced and fulfilled', { ...INVOICED, new_shippedon: null }, ...SENT],
    ['invoiced and shipped', { ...INVOICED, datefulfilled: null }, ...SENT],
  ])('that is %s is told in the words of each shop', (_name, row, xcart, threedcart, clarity) => {
    const expected = { xcart, threedcart, clarity };
    for (const shop of SHOPS)
      expect(told(shop, row)).toEqual({ orderId: '1042', ...expected[shop] });
  });

  /** The shop's order with what it was told, as its own preset reads it. */
  const READ: Record<Shop, (told: Record<string, string>) => object> = {
    xcart: ({ shippingStatus }) => ({ shipping_status: { code: shippingStatus } }),
    threedcart: ({ status: code }) => ({ OrderStatusID: Number(code) }),
    clarity: ({ status: word }) => ({ status: word }),
  };

  test.each(
    SHOPS.flatMap((shop) =>
      [ON_HOLD, IN_PROGRESS, CANCELED, FULFILLED, PARTIAL].map((row) => ({ shop, row })),
    ),
  )('comes back from $shop as what it was told: $row', ({ shop, row }) => {
    const answer = told(shop, row) as Record<string, string>;
    const { orderId: _, ...codes } = answer;
    if (Object.keys(codes).length === 0) {
      expect([shop, row]).toEqual(['xcart', PARTIAL]);
      return;
    }
    const said = mapped('dataverse.salesorderRow', 'commerce.orderStatus', orderRow(shop, row));
    const order = { ...sampleOf(`${shop}.order`), ...READ[shop](codes) };
    const read = mapped(`${shop}.order`, 'commerce.order', order);
    const { status: whole, shippingStatus } = said as Record<string, string>;
    expect(read).toMatchObject({ status: whole });
    // Clarity and 3dcart say of an order on hold or called off that it is so, and of its goods nothing.
    const ofGoods = (read as Record<string, string>).shippingStatus;
    expect([shippingStatus, undefined]).toContain(ofGoods);
  });

  test('that is canceled for a reason of the environment is canceled, and another such reason is not told', () => {
    expect(told('clarity', { statecode: 2, statuscode: 807290001 })).toMatchObject({
      status: 'Cancelled',
    });
    expect(told('clarity', { statecode: 3, statuscode: 807290002 })).toEqual({ orderId: '1042' });
    expect(
      mapped('dataverse.salesorderRow', 'commerce.orderStatus', {
        ...orderRow('xcart', { statecode: 3, statuscode: 807290002 }),
        'statuscode@OData.Community.Display.V1.FormattedValue': 'Returned',
      }),
    ).toMatchObject({ status: 'unknown', statusCode: '807290002', statusName: 'Returned' });
  });

  /** As the guide tells people to add it: without its condition it would stand for all other reasons too. */
  const RETURNED: OverlayRow = {
    to: 'commerce.orderStatus:shippingStatus',
    value: 'returned',
    when: { path: 'statuscode', is: 'equals', value: '807290002' },
  };

  test.each([
    ['xcart', { shippingStatus: 'R' }, { shippingStatus: 'S' }, { shippingStatus: 'WND' }],
    ['clarity', { status: 'Returned' }, { status: 'Shipped' }, { status: 'Cancelled' }],
  ] as const)(
    'is returned by a status reason that a row of the panel knows, and all others stay: %s',
    (shop, returned, shipped, cancelled) => {
      const say = (row: object) => told(shop, row, [RETURNED]);
      expect(say({ statecode: 3, statuscode: 807290002 })).toMatchObject(returned);
      expect(say(FULFILLED)).toMatchObject(shipped);
      expect(say(CANCELED)).toMatchObject(cancelled);
    },
  );

  test.each(SHOPS)('of another shop is refused by %s, whatever the row itself is of', (shop) => {
    const other = shop === 'xcart' ? 'clarity' : 'xcart';
    const to = `${shop}.updateStatus`;
    expect(() => mapped('dataverse.salesorderRow', to, orderRow(other, {}))).toThrow('orderId');
    expect(() =>
      mapped('dataverse.salesorderRow', to, orderRow(shop, { shopOrder: undefined })),
    ).toThrow('orderId');
  });

  test('is a shipment with each of its tracking numbers, of which only a whole one ships the order', () => {
    const shipment = (row: object) =>
      mapped('dataverse.salesorderRow', 'commerce.shipment', orderRow('clarity', row));
    expect(shipment({ new_trackingnumbers: ' 1Z1, 1Z2;1Z1\n94 00 1|' })).toMatchObject({
      source: { platform: 'dataverse' },
      orderId: '1042',
      status: 'shipped',
      method: 'UPS Ground',
      trackingNumbers: ['1Z1', '1Z2', '94 00 1'],
      shippedAt: '2024-05-03T08:00:00Z',
    });
    const partly = shipment({ ...PARTIAL, new_trackingnumbers: ' , ', new_shippedon: null });
    expect(partly).not.toHaveProperty('status');
    expect(shipment(INVOICED)).toMatchObject({ status: 'shipped' });
    expect(shipment({ ...INVOICED, ...UNSENT })).not.toHaveProperty('status');
    expect(partly).not.toHaveProperty('trackingNumbers');
    expect(partly).toMatchObject({ shippedAt: '2024-05-03' });
  });

  test.each(['threedcart', 'clarity'] as const)(
    'is told to %s with the day that it was fulfilled as that day',
    (shop) => {
      const row = orderRow(shop, { new_shippedon: null });
      expect(mapped('dataverse.salesorderRow', `${shop}.addShipment`, row)).toMatchObject({
        shippedAt: '2024-05-03',
      });
    },
  );

  test.each(SHOPS)('is told to %s as a shipment with its tracking numbers', (shop) => {
    expect(
      mapped('dataverse.salesorderRow', `${shop}.addShipment`, orderRow(shop, {})),
    ).toMatchObject({
      orderId: '1042',
      trackingNumber: '1Z9990000000000001,1Z9990000000000002',
      newStatus: { xcart: 'S', threedcart: '4', clarity: 'Shipped' }[shop],
    });
  });

  test('has its tracking numbers in whatever column a row of the panel names', () => {
    const named: OverlayRow = { to: 'commerce.shipment:trackingNumbers', from: 'cts_parcels' };
    const row = orderRow('clarity', { cts_parcels: '1Z1,1Z2' });
    expect(mapped('dataverse.salesorderRow', 'clarity.addShipment', row, [named])).toMatchObject({
      trackingNumber: '1Z1,1Z2',
    });
    expect(
      mapped('dataverse.salesorderRow', 'commerce.shipment', row, [
        { ...named, to: 'trackingNumbers' },
      ]),
    ).toMatchObject({ trackingNumbers: ['1Z1', '1Z2'] });
  });
});

test('a setting for tracking numbers that is left empty leaves the usual column in its place', () => {
  const setting: OverlayRow = {
    to: 'commerce.shipment:trackingNumbers',
    from: 'settings.trackingNumbers',
    when: { path: 'settings.trackingNumbers', is: 'exists' },
  };
  const say = (trackingNumbers: string) => {
    const row = orderRow('clarity', { settings: { trackingNumbers } });
    return mapped('dataverse.salesorderRow', 'clarity.addShipment', row, [setting]);
  };
  expect(say('A1;B2')).toMatchObject({ trackingNumber: 'A1,B2' });
  expect(say('')).toMatchObject({ trackingNumber: '1Z9990000000000001,1Z9990000000000002' });
});

describe('an invoice', () => {
  const PAID = { statecode: 2, statuscode: 100001 };
  const PAID_IN_PART = { statecode: 2, statuscode: 100002 };
  const CANCELED = { statecode: 3, statuscode: 100003 };

  test('that is paid is told where the shop has a word for it, and one that is canceled calls nothing off', () => {
    const to = (shop: Shop, row: object) =>
      mapped('dataverse.invoiceRow', `${shop}.updateStatus`, invoiceRow(shop, row));
    expect(to('xcart', PAID)).toEqual({ orderId: '1042', paymentStatus: 'P' });
    expect(to('xcart', PAID_IN_PART)).toEqual({ orderId: '1042', paymentStatus: 'PP' });
    expect(to('clarity', { statecode: 0, statuscode: 2 })).toMatchObject({
      status: 'Partially Shipped',
    });
    for (const shop of SHOPS) expect(to(shop, CANCELED)).toEqual({ orderId: '1042' });
    for (const shop of ['threedcart', 'clarity'] as const) {
      expect(to(shop, PAID)).toEqual({ orderId: '1042' });
    }
  });

  test('that is paid is a payment of its total, by the number of the invoice', () => {
    expect(
      mapped('dataverse.invoiceRow', 'threedcart.recordPayment', invoiceRow('threedcart', PAID)),
    ).toMatchObject({
      ...{ orderId: '1042', amount: 138.07, reference: 'INV-01003-Y2', type: 'Sale' },
      paidAt: '2024-05-04T09:00:00Z',
    });
    expect(
      mapped('dataverse.invoiceRow', 'clarity.payment', invoiceRow('clarity', PAID)),
    ).toMatchObject({ orderId: '1042', amount: 138.07, currency: 'USD', status: 'captured' });
  });

  test.each([PAID_IN_PART, CANCELED, { statecode: 0, statuscode: 4 }])(
    'in the state %j is no payment that took place',
    (row) => {
      expect(() =>
        mapped('dataverse.invoiceRow', 'threedcart.recordPayment', invoiceRow('threedcart', row)),
      ).toThrow('amount');
    },
  );

  test('says that its currency is to be read with it', () => {
    const row = invoiceRow('clarity', { transactioncurrencyid: undefined });
    expect(() => mapped('dataverse.invoiceRow', 'commerce.payment', row)).toThrow('currency');
  });
});
