import { CLARITY_CREDENTIALS } from './credentials';
import type { OrderDocument } from './model';
import type { Answer, Ask } from '../test-ask';
import { startTestShop, type TestShop } from './test-shop';

const { userName, readUserName, password } = CLARITY_CREDENTIALS;
const BASE = '/DesktopModules/ClarityEcommerce/API-Storefront';

type Row = Record<string, unknown>;

let shop: TestShop;
let now: Date;
let cookie: string;

const signIn = (fields: object = {}, headers: Record<string, string> = {}): Promise<Answer<Row>> =>
  shop.bare<Row>(`${BASE}/auth/credentials`, {
    method: 'POST',
    body: { UserName: userName, Password: password, ...fields },
    headers,
  });

const cookiesOf = ({ headers }: Answer): string[] =>
  headers.getSetCookie().map((each) => each.split(';')[0] ?? '');

const ask = <T = Row>(path: string, given: Ask = {}): Promise<Answer<T>> =>
  shop.bare<T>(BASE + path, { ...given, headers: { cookie } });

const list = async (path: string): Promise<Row[]> =>
  (await ask<{ Results: Row[] }>(path)).body.Results;

beforeEach(async () => {
  now = new Date('2026-01-31T10:00:00Z');
  shop = await startTestShop({}, () => now);
  cookie = cookiesOf(await signIn()).join('; ');
});

afterEach(() => shop.close());

describe('sessions', () => {
  test('both cookies are given, and the session ends', async () => {
    expect(cookie).toMatch(/^ss-id=[\w-]+; ss-pid=[\w-]+$/);
    expect((await ask('/Products/Products')).status).toBe(200);
    now = new Date(now.getTime() + 3_601_000);
    expect(await ask('/Products/Products')).toMatchObject({
      status: 401,
      body: { ResponseStatus: { ErrorCode: 'Unauthorized' } },
    });
  });

  test('whoever wished to be remembered gets in by the permanent cookie alone', async () => {
    const alone = async (fields: object): Promise<number> => {
      [, cookie = ''] = cookiesOf(await signIn(fields));
      return (await ask('/Products/Products')).status;
    };
    expect(await alone({ RememberMe: true })).toBe(200);
    expect(await alone({ RememberMe: false })).toBe(401);
  });

  test('a wrong password, and a user who may only read', async () => {
    expect(await signIn({ Password: 'no' })).toMatchObject({
      status: 401,
      body: { ResponseStatus: { Message: 'Invalid UserName or Password.' } },
    });
    cookie = cookiesOf(await signIn({ UserName: readUserName })).join('; ');
    expect((await ask('/Products/Products')).status).toBe(200);
    const write = await ask('/Products/Products/1001', { method: 'PUT', body: { Price: 1 } });
    expect(write).toMatchObject({
      status: 403,
      body: { ResponseStatus: { ErrorCode: 'Forbidden' } },
    });
  });
});

describe('lists', () => {
  test('StartIndex is the page, from 1; there is nothing behind the last', async () => {
    const skus = (rows: Row[]): unknown[] => rows.map(({ Sku }) => Sku);
    const all = skus(await list('/Products/Products?Size=200&StartIndex=1'));
    expect(all).toEqual(expect.arrayContaining(['TS-LONG', 'MUG-BLUE', 'PAN-24']));
    expect(skus(await list('/Products/Products?Size=10&StartIndex=2'))).toEqual(all.slice(10, 20));
    expect(await list('/Products/Products?Size=10&StartIndex=99')).toEqual([]);
    expect((await ask('/Products/Products?Size=10&StartIndex=0')).body).toMatchObject({
      ResponseStatus: { ErrorCode: 'ArgumentException' },
    });
  });

  test('nothing stands beside Results, unless the switch says so', async () => {
    const keys = async (): Promise<string[]> =>
      Object.keys((await ask('/Ordering/SalesOrders')).body);
    expect(await keys()).toEqual(['Results']);
    shop.clarity.setSwitches({ cefTotals: true });
    expect(await keys()).toEqual(expect.arrayContaining(['TotalCount', 'TotalPages']));
  });

  test('changes can be asked for where the deployment has a parameter for it', async () => {
    const [order] = shop.clarity.place({ count: 2 }) as [OrderDocument];
    now = new Date(now.getTime() + 60_000);
    shop.clarity.change(order, {});
    const path = `/Ordering/SalesOrders?UpdatedSince=${now.toISOString()}`;
    expect(await list(path)).toHaveLength(2);
    shop.clarity.setSwitches({ cefModifiedSince: 'UpdatedSince' });
    expect(await list(path)).toMatchObject([{ ID: Number(order.orderId) }]);
  });

  test('an order has capital names, contacts, and nothing that is null', async () => {
    const [order] = shop.clarity.place({ count: 1, lines: 1 }) as [OrderDocument];
    const { billingAddress: bill, lineItems, paymentInfo } = order;
    const [line] = lineItems;
    const [row] = await list('/Ordering/SalesOrders');
    expect(row).toEqual({
      ID: Number(order.orderId),
      AccountID: Number(order.customerId),
      CreatedDate: order.orderDate,
      UpdatedDate: order.modifiedDate,
      StatusName: order.status,
      CurrencyKey: 'USD',
      Totals: {
        Total: order.totalAmount,
        Shipping: order.shippingAmount,
        Handling: order.handlingAmount,
        Discounts: 0,
      },
      TaxIncluded: false,
      ShippingContact: expect.objectContaining({ FullName: expect.any(String) }),
      BillingContact: {
        FullName: `${bill.firstName} ${bill.lastName}`,
        Email1: bill.email,
        Phone1: bill.phone,
        Address: {
          Street1: bill.street1,
          City: bill.city,
          RegionCode: bill.regionCode,
          PostalCode: bill.postalCode,
          CountryCode: bill.countryCode,
        },
      },
      SalesItems: [
        {
          ID: Number(line?.lineId),
          Sku: line?.sku,
          Name: line?.name,
          Quantity: line?.quantity,
          UnitPrice: line?.unitPrice,
          Tax: line?.tax,
          Discount: line?.discount,
          Category: line?.category,
        },
      ],
      PaymentInfo: {
        Method: paymentInfo.method,
        ...(paymentInfo.transactionId === null ? {} : { TransactionId: paymentInfo.transactionId }),
        Amount: paymentInfo.amount,
        Status: paymentInfo.status,
      },
      CouponCodes: order.couponCodes,
      CustomerGroup: order.customerGroup,
    });
  });
});

describe('writing', () => {
  test('what is written in capital names is read in the other profile', async () => {
    const contact = { FullName: 'Ada King Byron', Email1: 'ada@example.com' };
    const made = await ask('/Accounts/Accounts', {
      method: 'POST',
      body: { CustomKey: 'C-1', Contact: { ...contact, Address: { City: 'Austin' } } },
    });
    expect(made).toMatchObject({ status: 200, body: { CustomKey: 'C-1', ActionSucceeded: true } });
    const { ID } = made.body;
    expect((await shop.ask(`/customers/${String(ID)}`)).body).toMatchObject({
      externalId: 'C-1',
      firstName: 'Ada',
      lastName: 'King Byron',
      email: 'ada@example.com',
      billingAddress: { city: 'Austin' },
    });
    const changed = await ask(`/Accounts/Accounts/${String(ID)}`, {
      method: 'PUT',
      body: { CustomerGroup: 'Gold' },
    });
    expect(changed.body).toMatchObject({ CustomerGroup: 'Gold', Contact: contact });
    const order = { AccountID: ID, SalesItems: [{ Sku: 'PAN-24', Quantity: 2 }] };
    const placed = await ask('/Ordering/SalesOrders', { method: 'POST', body: order });
    expect(placed.body).toMatchObject({ AccountID: ID, Totals: { Total: 89.8 } });
  });

  test('a refusal of the shop is a success by its status, and an error where the switch says so', async () => {
    const put = () =>
      ask('/Products/Products/1002', { method: 'PUT', body: { Sku: 'MUG-BLUE', Price: -1 } });
    expect(await put()).toMatchObject({
      status: 200,
      body: { ActionSucceeded: false, Messages: [expect.any(String), expect.any(String)] },
    });
    shop.clarity.setSwitches({ successField: 'Ok' });
    expect((await put()).body).toMatchObject({ Ok: false });
    shop.clarity.setSwitches({ logicalFailures: false });
    expect(await put()).toMatchObject({
      status: 400,
      body: {
        ResponseStatus: {
          ErrorCode: 'ArgumentException',
          Errors: [{ ErrorCode: 'ValidationException', FieldName: 'Price' }],
        },
      },
    });
    const taken = await ask('/Products/Products/1002', {
      method: 'PUT',
      body: { Sku: 'MUG-BLUE' },
    });
    expect(taken).toMatchObject({
      status: 409,
      body: { ResponseStatus: { ErrorCode: 'Conflict' } },
    });
    expect((await ask('/Products/Products/9')).status).toBe(404);
    expect((await ask('/Nothing/Nothings', { method: 'POST', body: {} })).status).toBe(404);
  });

  test('other methods and paths, by switch', async () => {
    shop.clarity.setSwitches({
      cefRead: 'GET {resource}/ID/{id}',
      cefUpdate: 'PUT {resource}/Update',
    });
    const body = { ID: 1001, Price: 5 };
    const changed = await ask('/Products/Products/Update', { method: 'PUT', body });
    expect(changed).toMatchObject({ status: 200, body });
    expect((await ask('/Products/Products/ID/1001')).body).toMatchObject(body);
    expect((await ask('/Products/Products/1001')).status).toBe(405);
  });
});

test('faults are told as ServiceStack tells its own', async () => {
  const rules = [{ service: 'clarity', kind: '500' as const, times: 1 }];
  shop.context.faults.configure({ rules });
  expect(await ask('/Products/Products')).toMatchObject({
    status: 500,
    body: { ResponseStatus: { ErrorCode: 'Exception' } },
  });
});
