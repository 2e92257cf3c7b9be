/** Invoices on the sandbox, by the writer of orders and a description of their tables. */
import { writeRows } from '../../core/dynamics/dataverse/rows/writeRows';
import { INVOICE } from '../../core/dynamics/dataverse/sales/invoice';
import { writeSalesDocuments } from '../../core/dynamics/dataverse/sales/write';
import type { Row } from '../../core/odata/types';
import { SELLABLE_ITEMS } from '../../sandbox/seed';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const id = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';

const line = (place: number, quantity: number): Row => ({
  invoicedetailid: id(place),
  productnumber: SELLABLE_ITEMS[place]?.sku,
  quantity,
  priceperunit: '7.50',
});

const document: Row = {
  invoiceid: id(1),
  customer: { contact: id(9) },
  name: 'Web 1001',
  transactioncurrency: 'USD',
  pricelevel: 'Web Store USD',
  freightamount: '4.95',
  expectedtotal: '27.45',
  invoice_details: [line(2, 1), line(3, 2)],
};

describe('invoices on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const row = { contactid: id(9), lastname: 'Byron' };
    await writeRows(dataverseClient(sandbox), 'upsert', [
      { set: 'contacts', primaryId: 'contactid', row },
    ]);
  });

  afterAll(() => sandbox.stop());

  const rows = (set: string): Row[] => sandbox.services.dataverse.rows(set) ?? [];

  const write = async (change: Row = {}) =>
    await writeSalesDocuments(dataverseClient(sandbox), INVOICE, [{ ...document, ...change }]);

  test('are created once, with their lines and the prices of the shop', async () => {
    expect(await write()).toEqual([
      {
        ok: true,
        value: {
          id: id(1),
          outcome: 'created',
          invoicenumber: expect.any(String),
          name: 'Web 1001',
          totalamount: 27.45,
          lines: 2,
        },
      },
    ]);
    expect(await write()).toMatchObject([{ ok: true, value: { outcome: 'unchanged' } }]);
    expect(rows('invoices')).toHaveLength(1);
  });

  test('are changed line by line', async () => {
    const change = { invoice_details: [line(3, 1), line(4, 1)], expectedtotal: undefined };
    expect(await write(change)).toMatchObject([
      { ok: true, value: { outcome: 'updated', lines: 2, totalamount: 19.95 } },
    ]);
    expect(rows('invoicedetails').map(({ invoicedetailid }) => invoicedetailid)).toEqual([
      id(3),
      id(4),
    ]);
  });

  test('are left alone once they are paid', async () => {
    await dataverseClient(sandbox).setStatus('invoices', id(1), {
      statecode: 2,
      statuscode: 100001,
    });
    expect(await write({ freightamount: 9 })).toMatchObject([
      {
        ok: false,
        error: {
          class: 'held',
          message: 'Invoice "Web 1001" is Paid in Dynamics 365 and can no longer be changed',
        },
      },
    ]);
  });
});
