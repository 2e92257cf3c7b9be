import { identityOf } from '../commerce/identity';
import { customerSchema } from '../commerce/customer';
import { orderSchema } from '../commerce/order';
import { productSchema } from '../commerce/product';
import {
  contactDocumentSchema,
  productDocumentSchema,
  salesOrderDocumentSchema,
} from '../dynamics/dataverse/documents';
import type { MappedSalesOrder } from '../dynamics/dataverse/documents';
import { compileMapping } from '../mapping/compile';
import { DOCUMENTS, findPreset } from '.';

const CONTEXT = { source: { platform: 'xcart', store: 'main' } };

function mapper(from: string, to: string) {
  const preset = findPreset(from, to);
  if (!preset) throw new Error(`no preset from ${from} to ${to}`);
  const mapping = compileMapping(preset, { documents: DOCUMENTS });
  return (document: unknown): unknown => {
    const result = mapping.map(document, CONTEXT);
    if (!result.ok) throw result.error;
    return result.document;
  };
}

const toCommon = mapper('xcart.order', 'commerce.order');
const toDynamics = mapper('xcart.order', 'dataverse.salesorder') as (
  document: unknown,
) => MappedSalesOrder;

const ADDRESS = {
  firstname: 'Ada',
  lastname: 'Byron',
  phone: '(512) 555-0100',
  street: '1 Main St\nApt 4',
  zipcode: '78701',
  city: 'Austin',
  country_code: 'US',
  state: 43,
  state_name: 'Texas',
  custom_fields: [{ name: 'company', value: 'Acme' }],
};
const ORDER = {
  id: 1042,
  order_number: '1001',
  total: 138.07,
  sub_total: 119.97,
  email: 'Ada@Example.com',
  currency: 'USD',
  items: [
    {
      id: 2001,
      product_id: 37,
      sku: 'TS',
      name: 'T-shirt',
      item_net_price: 39.99,
      amount: 3,
      variant: 512,
    },
  ],
  billing_address: ADDRESS,
  shipping_address: { ...ADDRESS, city: 'Dallas', custom_fields: [] },
  create_date: '2024-05-02T10:00:00+00:00',
  update_date: '2024-05-02T10:05:00+00:00',
  payment_status: { id: 4, code: 'P', name: 'Paid' },
  shipping_status: null,
  customer_id: 15,
  order_profile_id: 77,
  shipping_method_name: 'Ground',
  notes: 'Ring twice',
  surcharges: [
    { type: 'shipping', code: 'SHIPPING', include: false, value: 10 },
    { type: 'handling', code: 'COD', include: false, value: 2.5 },
    { type: 'tax', code: 'TAX', include: false, value: 9.6 },
    { type: 'tax', code: 'VAT', include: true, value: 7 },
    { type: 'discount', code: 'COUPON', include: false, value: -4 },
  ],
  tracking_numbers: [{ id: 1, value: '1Z999 ' }],
  used_coupons: ['a module added this'],
};

describe('X-Cart order to common order', () => {
  test('is what the common model says an order is', () => {
    const order = orderSchema.strict().parse(toCommon(ORDER));
    expect(order).toMatchObject({
      source: { platform: 'xcart', store: 'main', id: '1042' },
      name: 'X-Cart 1001',
      number: '1001',
      placedAt: '2024-05-02T10:00:00Z',
      status: 'unknown',
      paymentStatus: 'paid',
      paymentStatusCode: 'P',
      paymentStatusName: 'Paid',
      customer: { id: '15', email: 'ada@example.com', company: 'Acme', phone: '+15125550100' },
      billingAddress: { line1: '1 Main St', line2: 'Apt 4', state: 'Texas', country: 'US' },
      shippingAddress: { city: 'Dallas' },
      trackingNumbers: ['1Z999'],
      totals: { lines: 119.97, shipping: 10, handling: 2.5, tax: 9.6, discount: 4, total: 138.07 },
    });
    expect(order.surcharges).toHaveLength(5);
    expect(order).not.toHaveProperty('shippingStatus');
  });

  test('bears what the shop leaves out', () => {
    const bare = {
      ...ORDER,
      order_number: null,
      customer_id: null,
      billing_address: null,
      shipping_address: null,
      payment_status: null,
      surcharges: [],
      tracking_numbers: undefined,
      notes: '',
      total: 119.97,
    };
    const order = orderSchema.parse(toCommon(bare));
    expect(order).toMatchObject({ name: 'X-Cart 1042', number: '1042', surcharges: [] });
    expect(order.customer).toEqual({ email: 'ada@example.com' });
    expect(order).not.toHaveProperty('billingAddress');
  });

  test('refuses an order whose own numbers do not add up', () => {
    expect(() => toCommon({ ...ORDER, total: 138.08 })).toThrow(/138\.07 USD.*138\.08 USD/);
    expect(() => toCommon({ ...ORDER, sub_total: 119.96 })).toThrow(/119\.97 USD.*119\.96 USD/);
    const odd = [...ORDER.surcharges, { type: 'wrapping', include: false, value: 1 }];
    expect(() => toCommon({ ...ORDER, surcharges: odd, total: 138.07 })).toThrow(/139\.07 USD/);
  });
});

describe('X-Cart order to Dynamics 365 sales order', () => {
  const id = (kind: string, of: string | number) =>
    identityOf({ platform: 'xcart', store: 'main', kind, id: of });

  test('is a sales order of an account with its contact, where the customer gives a company', () => {
    const document = salesOrderDocumentSchema.strict().parse(toDynamics(ORDER));
    expect(document.salesorder).toMatchObject({
      salesorderid: id('order', 1042),
      name: 'X-Cart 1001',
      transactioncurrency: 'USD',
      customer: { account: id('account', 15) },
      // 7.00 of tax are inside the prices: 6.54 in the line, 0.68 in the freight, less 0.22 of the discount.
      freightamount: 11.82,
      discountamount: 3.78,
      expectedtotal: 138.07,
      submitdate: '2024-05-02',
      description: 'Ring twice\nShipping: Ground',
      billto_name: 'Acme',
      billto_contactname: 'Ada Byron',
      shipto_name: 'Ada Byron',
      shipto_city: 'Dallas',
      order_details: [
        {
          salesorderdetailid: id('order-line', 2001),
          productnumber: 'TS',
          quantity: 3,
          priceperunit: 37.81,
          ispriceoverridden: true,
          manualdiscountamount: 0,
          tax: 16.6,
          lineitemnumber: 1,
        },
      ],
    });
    expect(document.salesorder).not.toHaveProperty('ordernumber');
    expect(document.salesorder.customer).not.toHaveProperty('contact');
    expect(document.account).toMatchObject({ accountid: id('account', 15), name: 'Acme' });
    expect(document.contact).toMatchObject({
      contactid: id('customer', 15),
      'parentcustomerid_account@odata.bind': `/accounts(${id('account', 15)})`,
    });
  });

  test('is a sales order of a contact, where there is no company', () => {
    const person = {
      ...ORDER,
      billing_address: { ...ADDRESS, custom_fields: [{ name: 'company', value: '' }] },
    };
    const document = salesOrderDocumentSchema.parse(toDynamics(person));
    expect(document.salesorder.customer).toEqual({ contact: id('customer', 15) });
    expect(document.account).toBeUndefined();
    expect(document.contact).not.toHaveProperty('parentcustomerid_account@odata.bind');
  });

  test('knows guests by their e-mail address', () => {
    const guest = { ...ORDER, customer_id: null };
    const document = toDynamics(guest);
    expect(document.contact.contactid).toBe(id('guest', 'ada@example.com'));
    expect(document.salesorder.customer.account).toBe(id('account', 'ada@example.com'));
  });

  test.each([[0], ['0'], [-1], ['null'], ['00000000-0000-0000-0000-000000000000'], ['']])(
    'takes customer %p for a guest',
    (customer_id) => {
      const document = toDynamics({ ...ORDER, customer_id });
      expect(document.contact.contactid).toBe(id('guest', 'ada@example.com'));
      expect(document.account?.accountid).toBe(id('account', 'ada@example.com'));
    },
  );

  test('makes two contacts of two guests whom the shop calls customer 0', () => {
    const order = (email: string) => ({ ...ORDER, customer_id: 0, email });
    const [first, second] = ['p1@example.com', 'p2@example.com'].map((email) =>
      toDynamics(order(email)),
    );
    expect(first?.contact.contactid).not.toBe(second?.contact.contactid);
    expect(first?.salesorder.customer.account).not.toBe(second?.salesorder.customer.account);
  });

  test.each([[null], ['  '], ['counter'], ['noemail@shop.example']])(
    'knows whoever is neither customer nor reached by "%s" by the order',
    (email) => {
      const company = toDynamics({ ...ORDER, customer_id: 0, email });
      expect(company.contact.contactid).toBe(id('order-customer', '1042'));
      expect(company.salesorder.customer).toEqual({ account: id('order-account', '1042') });
      expect(company.contact).toMatchObject({
        'parentcustomerid_account@odata.bind': `/accounts(${id('order-account', '1042')})`,
      });
      const person = { ...ORDER, customer_id: 0, email, billing_address: null };
      expect(toDynamics(person).salesorder.customer).toEqual({
        contact: id('order-customer', '1042'),
      });
      expect(company.contact).not.toHaveProperty('emailaddress1');
      expect(company.salesorder).not.toHaveProperty('emailaddress');
    },
  );

  test('lets a counter sale through that names nobody at all', () => {
    const document = toDynamics({
      ...ORDER,
      customer_id: 0,
      email: '',
      billing_address: null,
      shipping_address: null,
    });
    expect(salesOrderDocumentSchema.parse(document).contact).toEqual({
      contactid: id('order-customer', '1042'),
      lastname: 'X-Cart 1001',
    });
  });

  test('says that a placeholder for an e-mail address was left out', () => {
    const preset = findPreset('xcart.order', 'dataverse.salesorder');
    const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });
    expect(mapping?.map({ ...ORDER, email: 'noemail@shop.example' }, CONTEXT)).toMatchObject({
      ok: true,
      notes: [{ field: 'customer.email', message: expect.stringContaining('left out') }],
    });
    expect(mapping?.map(ORDER, CONTEXT)).not.toHaveProperty('notes');
  });

  test('cuts text to what the columns hold', () => {
    const long = 'x'.repeat(3000);
    const document = toDynamics({
      ...ORDER,
      notes: long,
      items: [{ ...ORDER.items[0], name: long }],
      billing_address: {
        ...ADDRESS,
        city: long,
        street: long,
        firstname: long,
        lastname: long,
        zipcode: long,
      },
    });
    expect(() => salesOrderDocumentSchema.parse(document)).not.toThrow();
  });
});

describe('products and customers', () => {
  const product = {
    id: 37,
    sku: ' TS ',
    name: 'T-shirt &amp; more',
    description: '<p>Soft</p><p>Warm</p>',
    price: 39.99,
    enabled: true,
    amount: 25,
    inventory_traceable: true,
    weight: 0.5,
    update_date: '2024-05-02T10:00:00+00:00',
  };

  test('a product', () => {
    const common = productSchema
      .strict()
      .parse(mapper('xcart.product', 'commerce.product')(product));
    expect(common).toMatchObject({
      sku: 'TS',
      name: 'T-shirt & more',
      description: 'Soft\nWarm',
      stock: 25,
    });
    const document = mapper('xcart.product', 'dataverse.product')(product);
    expect(productDocumentSchema.strict().parse(document).product).toMatchObject({
      productid: identityOf({ platform: 'xcart', store: 'main', kind: 'product', id: 37 }),
      productnumber: 'TS',
      price: 39.99,
      quantityonhand: 25,
    });
    const untraced = mapper(
      'xcart.product',
      'commerce.product',
    )({ ...product, inventory_traceable: false });
    expect(untraced).not.toHaveProperty('stock');
  });

  test('a customer, who is the same contact as in the orders', () => {
    const profile = {
      id: 15,
      login: 'Ada@Example.com',
      status: 'E',
      language: 'en',
      addresses: [
        { ...ADDRESS, is_billing: false, city: 'Dallas' },
        { ...ADDRESS, is_billing: true },
      ],
    };
    const common = customerSchema
      .strict()
      .parse(mapper('xcart.profile', 'commerce.customer')(profile));
    expect(common).toMatchObject({
      id: '15',
      enabled: true,
      company: 'Acme',
      address: { city: 'Austin' },
    });
    const document = contactDocumentSchema.parse(
      mapper('xcart.profile', 'dataverse.contact')(profile),
    );
    expect(document.contact.contactid).toBe(toDynamics(ORDER).contact.contactid);
    expect(document.account?.accountid).toBe(toDynamics(ORDER).account?.accountid);
    const bare = mapper('xcart.profile', 'dataverse.contact')({ id: 16, login: 'b@example.com' });
    expect(bare).toMatchObject({ contact: { lastname: 'b@example.com' } });
  });
});
