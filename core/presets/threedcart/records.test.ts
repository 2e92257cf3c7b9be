import { findDocument } from '..';
import { inDollars, presetMapper } from '../../../test/support/presetMapper';

const mapper = (from: string, to: string) => presetMapper(from, to, inDollars('threedcart'));

const sampleOf = (name: string) => findDocument(name)?.sample;

describe('products', () => {
  const toCommon = mapper('threedcart.product', 'commerce.product');
  const fromCommon = mapper('commerce.product', 'threedcart.product');
  const product = sampleOf('threedcart.product');

  test('that are hidden or not for sale are not enabled', () => {
    expect(toCommon(product)).toMatchObject({
      sku: 'TS',
      price: 39.5,
      stock: 40,
      enabled: true,
      currency: 'USD',
      description: 'Soft and warm.',
    });
    expect(toCommon({ ...product, Hide: true })).toMatchObject({ enabled: false });
    expect(toCommon({ ...product, NotForSale: true })).toMatchObject({ enabled: false });
  });

  test('have the currency of the store where they name none', () => {
    const { SKUInfo } = product as { SKUInfo: object };
    expect(toCommon({ SKUInfo: { ...SKUInfo, Currency: '' } })).toMatchObject({ currency: 'USD' });
    expect(toCommon({ SKUInfo: { ...SKUInfo, Currency: 'CAD' } })).toMatchObject({
      currency: 'CAD',
    });
  });

  test('come back as they were, and those of other shops as new ones', () => {
    expect(fromCommon(toCommon(product))).toEqual({
      SKUInfo: { CatalogID: 12, SKU: 'TS', Name: 'T-shirt', Price: 39.5, Stock: 40 },
      Weight: 0.3,
      Hide: false,
    });
    // Plain text would take the place of the HTML in the store.
    expect(fromCommon(sampleOf('commerce.product'))).toMatchObject({
      Description: 'Soft and warm.',
    });
    expect(fromCommon(sampleOf('commerce.product'))).not.toHaveProperty('SKUInfo.CatalogID');
    expect(fromCommon(toCommon({ ...product, NotForSale: true }))).not.toHaveProperty('Hide');
    const foreign = { ...sampleOf('commerce.product'), enabled: false };
    expect(fromCommon(foreign)).toMatchObject({ Hide: true });
  });
});

describe('customers', () => {
  const toCommon = mapper('threedcart.customer', 'commerce.customer');
  const fromCommon = mapper('commerce.customer', 'threedcart.customer');
  const customer = sampleOf('threedcart.customer');

  test('have the address that is billed', () => {
    expect(toCommon(customer)).toMatchObject({
      id: '15',
      email: 'ada@example.com',
      firstName: 'Ada',
      company: 'Byron Engines',
      enabled: true,
      address: { line1: '1 Main St', line2: 'Apt 4', city: 'Austin', country: 'US' },
    });
  });

  test('come back as they were, with states as 3dcart writes them', () => {
    expect(customer).toMatchObject({
      ...fromCommon(toCommon(customer)),
      BillingPhoneNumber: '512-555-0100',
      ShippingPhoneNumber: '512-555-0100',
    });
    expect(fromCommon(sampleOf('commerce.customer'))).toMatchObject({
      Email: 'ada@example.com',
      BillingState: 'TX',
      BillingPhoneNumber: '+15125550100',
    });
    expect(fromCommon(sampleOf('commerce.customer'))).not.toHaveProperty('CustomerID');
  });
});

describe('payments', () => {
  const toRefund = mapper('threedcart.payment', 'commerce.refund');
  const payment = { TransactionIndexID: 9, OrderID: 7, TransactionReference: 'CM-7' };

  test.each([
    ['Sale', -12],
    ['Refund', -12],
    ['Refund', 12],
    [' credit ', 12],
    ['', -12],
  ])('of the type "%s" and the amount %d are refunds', (TransactionType, TransactionAmount) => {
    expect(toRefund({ ...payment, TransactionType, TransactionAmount })).toMatchObject({
      id: 'CM-7',
      orderId: '7',
      amount: 12,
      status: 'succeeded',
    });
  });

  test.each([
    ['Sale', 12],
    ['', 12],
    ['Void', -12],
  ])(
    'of the type "%s" and the amount %d are refused as none',
    (TransactionType, TransactionAmount) => {
      expect(() => toRefund({ ...payment, TransactionType, TransactionAmount })).toThrow('status');
    },
  );
});

describe('a payment of another system', () => {
  const toRecord = mapper('commerce.payment', 'threedcart.recordPayment');
  const payment = {
    ...{ id: 'P-1', orderId: '7', type: 'capture', amount: 12.345, currency: 'USD' },
    ...{ method: 'Bank', status: 'succeeded', date: '2026-01-31T08:00:00Z' },
  };

  test('is recorded by its reference, in the type that 3dcart writes', () => {
    expect(toRecord({ ...payment, reference: 'pi_1' })).toEqual({
      ...{ orderId: '7', amount: 12.34, reference: 'pi_1', type: 'Capture' },
      ...{ method: 'Bank', paidAt: '2026-01-31T08:00:00Z' },
    });
    expect(toRecord({ ...payment, reference: 'pi_1', status: undefined })).toMatchObject({
      reference: 'pi_1',
    });
  });

  test.each([
    ['failed', { status: 'failed' }, 'status'],
    ['under way', { status: 'pending' }, 'status'],
    ['given back', { type: 'refund' }, 'type'],
    ['no movement of money', { type: 'other' }, 'type'],
    ['of nothing', { amount: 0.001 }, 'amount'],
    ['known by nothing', { reference: undefined }, 'reference'],
  ])('that is %s is refused', (_, given, field) => {
    expect(() => toRecord({ ...payment, reference: 'pi_1', ...given })).toThrow(field);
  });
});
