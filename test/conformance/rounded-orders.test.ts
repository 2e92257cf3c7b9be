import { SALES_ORDER } from '../../core/dynamics/dataverse/sales/salesOrder';
import { writeSalesDocuments } from '../../core/dynamics/dataverse/sales/write';
import { ServiceError } from '../../core/errors';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { OneMemory } from '../support/oneOrder';
import { dataverseClient } from './dataverse-on-sandbox';

/** Amounts as an environment rounds them that has other decimals than a currency has by its standard. */

const ORDER = '7b1f9a06-0000-5000-8000-0000000000d1';
const CONTACT = '7b1f9a06-0000-5000-8000-0000000000d2';
const LINE = '7b1f9a06-0000-5000-8000-0000000000d3';

describe('amounts that an environment rounds in its own way', () => {
  let sandbox: RunningSandbox;
  let memory: OneMemory;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    sandbox.reset();
    memory = new OneMemory();
    await client().create('contacts', { contactid: CONTACT, lastname: 'S' });
  });

  const client = () => dataverseClient(sandbox);
  const rows = (set: string) => sandbox.services.dataverse.rows(set) ?? [];

  async function pricesHave(pricingdecimalprecision: number): Promise<void> {
    const id = String(rows('organizations')[0]?.organizationid);
    await client().update('organizations', id, { pricingdecimalprecision });
  }

  async function send(currency: string, header: object, priceperunit: number, service = client()) {
    const line = { salesorderdetailid: LINE, productdescription: 'Mug', quantity: 1, priceperunit };
    const document = {
      salesorderid: ORDER,
      name: 'Web 1',
      contactid: CONTACT,
      transactioncurrency: currency,
      order_details: [line],
      ...header,
    };
    const [outcome] = await writeSalesDocuments(service, SALES_ORDER, [document], {
      memory,
      conflicts: { rule: 'hold' },
    });
    return outcome;
  }

  test('prices of dinars in two decimals are not an edit, and one of a cent more is', async () => {
    await pricesHave(2);
    await send('KWD', {}, 0.307);
    expect(rows('salesorderdetails')).toMatchObject([{ priceperunit: 0.31 }]);
    expect(await send('KWD', { description: 'x' }, 0.307)).not.toHaveProperty('value.decisions');
    expect(await send('KWD', {}, 0.407)).toMatchObject({ ok: true, value: { outcome: 'updated' } });
    await client().update('salesorderdetails', LINE, { priceperunit: 0.42 });
    expect(await send('KWD', {}, 0.507)).toMatchObject({ ok: false, error: { class: 'held' } });
  });

  test('prices of three decimals that a person has rounded are an edit', async () => {
    await pricesHave(3);
    await send('KWD', {}, 0.307);
    await client().update('salesorderdetails', LINE, { priceperunit: 0.31 });
    expect(await send('KWD', {}, 0.407)).toMatchObject({ ok: false, error: { class: 'held' } });
  });

  test('a currency that is kept in whole amounts', async () => {
    const usd = rows('transactioncurrencies').find((row) => row.isocurrencycode === 'USD');
    const id = String(usd?.transactioncurrencyid);
    await client().update('transactioncurrencies', id, { currencyprecision: 0 });
    await send('USD', { freightamount: 3.33 }, 5);
    expect(rows('salesorders')).toMatchObject([{ freightamount: 3 }]);
    expect(await send('USD', { freightamount: 4.44 }, 5)).toMatchObject({ ok: true });
    await client().update('salesorders', ORDER, { freightamount: 5 });
    expect(await send('USD', { freightamount: 6.66 }, 5)).toMatchObject({ ok: false });
  });

  test.each([
    ['permission', { ok: true }],
    ['transient', { ok: false, error: { class: 'transient' } }],
  ] as const)('what cannot be read for reasons of %s: %p', async (errorClass, expected) => {
    await pricesHave(2);
    await send('KWD', {}, 0.307);
    const real = client();
    const request = async (...given: Parameters<typeof real.request>) => {
      if (!given[0].path.startsWith('organizations')) return await real.request(...given);
      throw new ServiceError('Refused', { class: errorClass });
    };
    const refusing = Object.create(real, { request: { value: request } }) as typeof real;
    expect(await send('KWD', { description: 'x' }, 0.307, refusing)).toMatchObject(expected);
    expect(rows('salesorders')).toMatchObject([{ description: expected.ok ? 'x' : null }]);
  });
});
