/** What is done to sales documents is done once: conversions, revisions, prices and states, whatever becomes of an answer. */
import { convertDocuments } from '../../core/dynamics/dataverse/sales/convert';
import { INVOICE } from '../../core/dynamics/dataverse/sales/invoice';
import { moveDocuments } from '../../core/dynamics/dataverse/sales/move';
import type { OnceOptions } from '../../core/dynamics/dataverse/sales/once';
import { setPricesLocked } from '../../core/dynamics/dataverse/sales/pricing';
import { QUOTE } from '../../core/dynamics/dataverse/sales/quote';
import { reviseQuotes } from '../../core/dynamics/dataverse/sales/revise';
import { SALES_ORDER } from '../../core/dynamics/dataverse/sales/salesOrder';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const COUNT = 25;
/** Looks and changes go in batches: some requests, however many documents. */
const FEW = COUNT / 4;
const id = (kind: string, index: number): string =>
  `7b1f9a06-0000-5000-${kind}-${String(index).padStart(12, '0')}`;
const all = (kind: string): { id: string }[] =>
  Array.from({ length: COUNT }, (_, index) => ({ id: id(kind, index) }));
const QUOTES = all('8001');
const ORDERS = all('8002');
const INVOICES = all('8003');
const [ORDER = { id: '' }] = ORDERS;
const [BILL = { id: '' }] = INVOICES;
const [OFFER = { id: '' }] = QUOTES;

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

beforeEach(() => {
  sandbox.reset();
  const { insert } = sandbox.services.dataverse;
  const [account = ''] = insert('accounts', [{ name: 'Buyer' }]);
  const customer = { 'customerid_account@odata.bind': `/accounts(${account})` };
  const line = {
    isproductoverridden: true,
    productdescription: 'Mug',
    quantity: 2,
    priceperunit: 5,
  };
  const documents = (list: { id: string }[], key: string, lines: string) =>
    list.map((document, index) => ({
      [key]: document.id,
      name: `Web ${index}`,
      ...customer,
      [lines]: [line],
    }));
  insert('quotes', documents(QUOTES, 'quoteid', 'quote_details'));
  insert('salesorders', documents(ORDERS, 'salesorderid', 'order_details'));
  insert('invoices', documents(INVOICES, 'invoiceid', 'invoice_details'));
});

const client = () => dataverseClient(sandbox);
const rows = (set: string) => sandbox.services.dataverse.rows(set) ?? [];
const of = (source: { id: string }) =>
  rows('invoices').filter((row) => row._salesorderid_value === source.id);
const asked = () => sandbox.context.counters.snapshot().dataverse.requests;

/** What is asked of this address is carried out, and its answer never arrives. */
function loseAnswers(path: string, times = 1): void {
  const rule = { service: 'dataverse', method: 'POST', path, kind: 'timeout-after-commit', times };
  sandbox.context.faults.configure({ rules: [{ ...rule, holdMs: 0 }] } as never);
}

describe('the invoice of an order', () => {
  const convert = async (options: OnceOptions = {}, orders = [ORDER]) =>
    await convertDocuments(client(), SALES_ORDER, orders, options);

  test('is made with its lines, and told', async () => {
    const outcomes = await convert();
    const [invoice] = of(ORDER);
    expect(outcomes).toEqual([
      {
        ok: true,
        value: {
          source: ORDER.id,
          id: invoice?.invoiceid,
          outcome: 'created',
          row: { invoicenumber: invoice?.invoicenumber, name: 'Web 0', totalamount: 10 },
        },
      },
    ]);
  });

  test.each<OnceOptions>([{}, { whenDone: 'skip' }])(
    'is made once where the answer is lost, and found: %p',
    async (options) => {
      loseAnswers('ConvertSalesOrderToInvoice');
      const [outcome] = await convert(options);
      expect(outcome).toMatchObject({ ok: true, value: { outcome: 'created' } });
      expect(outcome).toMatchObject({ value: { id: of(ORDER)[0]?.invoiceid } });
      expect(of(ORDER)).toHaveLength(1);
    },
  );

  test('is not made again, and fails with a repair or is put out as it is', async () => {
    sandbox.services.dataverse.switches.convertSetsInvoiced = false;
    await convert();
    const [invoice] = of(ORDER);
    expect(await convert()).toMatchObject([
      {
        error: {
          class: 'conflict',
          message: `The sales order has the invoice "${String(invoice?.invoicenumber)}" in Dynamics 365 already`,
          fix: expect.stringContaining('When Already Converted') as string,
        },
      },
    ]);
    expect(await convert({ whenDone: 'skip' })).toMatchObject([
      { value: { outcome: 'unchanged', id: invoice?.invoiceid, row: { totalamount: 10 } } },
    ]);
    expect(of(ORDER)).toHaveLength(1);
  });

  test('is made once for an order that is named several times', async () => {
    const named = [ORDER, { id: ORDER.id.toUpperCase() }, { id: `{${ORDER.id}}` }];
    const outcomes = await convert({}, named);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(of(ORDER)).toHaveLength(1);
  });

  test('of many orders is made in few requests, and a bad one fails alone', async () => {
    const bad = [{ id: 'x' }, { id: id('8009', 1) }];
    const before = asked();
    const outcomes = await convert({ whenDone: 'skip' }, [...ORDERS, ...bad]);
    expect(asked() - before).toBeLessThan(FEW);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(COUNT);
    expect(outcomes.slice(COUNT)).toMatchObject([
      { error: { class: 'validation' } },
      { error: { class: 'not-found' } },
    ]);
    expect(rows('invoices')).toHaveLength(2 * COUNT);
  });

  test('of an order that is not there is skipped where told so', async () => {
    expect(await convert({ whenNotFound: 'skip' }, [{ id: id('8009', 1) }])).toMatchObject([
      { value: { outcome: 'skipped' } },
    ]);
  });
});

describe('a quote', () => {
  const activate = async () =>
    await moveDocuments(client(), QUOTE, 'activate', [{ ...OFFER, status: 2 }]);
  const orders = () => rows('salesorders').filter((row) => row._quoteid_value === OFFER.id);
  const convert = async (options: OnceOptions = {}) =>
    await convertDocuments(client(), QUOTE, [OFFER], options);
  const state = () => rows('quotes')[0]?.statecode;

  test('becomes an order once, also where the answer is lost', async () => {
    await activate();
    loseAnswers('ConvertQuoteToSalesOrder');
    expect(await convert()).toMatchObject([{ value: { outcome: 'created' } }]);
    expect(await convert({ whenDone: 'skip' })).toMatchObject([
      { value: { outcome: 'unchanged', id: orders()[0]?.salesorderid } },
    ]);
    expect([orders().length, state()]).toEqual([1, 2]);
  });

  test('that is a draft is neither won nor converted, and told what comes first', async () => {
    const first = {
      class: 'validation',
      message: 'The quote is still Draft in Dynamics 365',
      fix: expect.stringContaining('Activate') as string,
    };
    const won = await moveDocuments(client(), QUOTE, 'win', [{ ...OFFER, status: 4 }]);
    expect(won).toMatchObject([{ error: first }]);
    expect(await convert()).toMatchObject([{ error: first }]);
    expect([orders().length, state()]).toEqual([0, 0]);
  });

  test('is activated, won and closed, and held where it was closed otherwise', async () => {
    expect(await activate()).toMatchObject([{ value: { outcome: 'done' } }]);
    expect(await activate()).toMatchObject([{ error: { code: 'CLOSED', class: 'conflict' } }]);
    const win = async () =>
      await moveDocuments(client(), QUOTE, 'win', [{ ...OFFER, status: 4, subject: 'Yes' }]);
    loseAnswers('WinQuote');
    expect(await win()).toMatchObject([{ value: { outcome: 'done' } }]);
    expect(rows('quotecloses')).toMatchObject([{ subject: 'Yes' }]);
    const close = await moveDocuments(client(), QUOTE, 'close', [{ ...OFFER, status: 5 }]);
    expect(close).toMatchObject([{ error: { class: 'held' } }]);
    expect(await activate()).toMatchObject([{ error: { class: 'held' } }]);
    expect(state()).toBe(2);
  });

  describe('revised', () => {
    const revise = async (options: OnceOptions = {}) =>
      await reviseQuotes(client(), [{ ...OFFER, subject: 'Anew' }], options);
    const revisions = () =>
      rows('quotes').filter(({ quotenumber }) => quotenumber === rows('quotes')[0]?.quotenumber);

    test.each([undefined, 'CloseQuote', 'ReviseQuote'])(
      'has one new draft, also where the answer of %s is lost',
      async (lost) => {
        await activate();
        if (lost) loseAnswers(lost);
        const [outcome] = await revise();
        const [before, after] = revisions();
        expect(before).toMatchObject({ statecode: 3, statuscode: 7 });
        expect(after).toMatchObject({ statecode: 0, revisionnumber: 1, totalamount: 10 });
        const value = { source: OFFER.id, id: after?.quoteid, outcome: 'created' };
        expect(outcome).toMatchObject({ ok: true, value });
        expect(await revise({ whenDone: 'skip' })).toMatchObject([
          { value: { id: after?.quoteid, outcome: 'unchanged' } },
        ]);
        expect(await revise()).toMatchObject([
          {
            error: {
              code: 'REVISED',
              message: expect.stringContaining('later revision 1') as string,
            },
          },
        ]);
        expect(revisions()).toHaveLength(2);
      },
    );

    test('needs nothing as a draft, and is held once it is won', async () => {
      expect(await revise({ whenDone: 'skip' })).toMatchObject([
        { value: { id: OFFER.id, outcome: 'unchanged' } },
      ]);
      await activate();
      await moveDocuments(client(), QUOTE, 'win', [{ ...OFFER, status: 4 }]);
      expect(await revise({ whenDone: 'skip' })).toMatchObject([{ error: { class: 'held' } }]);
      expect(revisions()).toHaveLength(1);
    });
  });
});

describe('an invoice', () => {
  const pay = async (status = 100001, options: OnceOptions = {}, bills = [BILL]) =>
    await moveDocuments(
      client(),
      INVOICE,
      'pay',
      bills.map((bill) => ({ ...bill, status })),
      options,
    );
  const state = () => [rows('invoices')[0]?.statecode, rows('invoices')[0]?.statuscode];

  test('is paid, and told where it was paid before', async () => {
    expect(await pay()).toEqual([{ ok: true, value: { id: BILL.id, outcome: 'done' } }]);
    expect(state()).toEqual([2, 100001]);
    expect(await pay()).toMatchObject([
      { error: { class: 'conflict', fix: expect.stringContaining('When Already Paid') as string } },
    ]);
    expect(await pay(100001, { whenDone: 'skip' })).toMatchObject([
      { value: { outcome: 'unchanged' } },
    ]);
  });

  test('that two items pay in different ways is paid as the first says, and the second fails', async () => {
    const [complete, partial] = [100001, 100002];
    const bills = [partial, complete, partial].map((status) => ({ ...BILL, status }));
    expect(await moveDocuments(client(), INVOICE, 'pay', bills)).toMatchObject([
      { value: { outcome: 'done' } },
      {
        error: {
          class: 'conflict',
          message:
            'An earlier item wants the status reason 100002 for the same invoice, and this one the status reason 100001',
        },
      },
      { value: { outcome: 'done' } },
    ]);
    expect(state()).toEqual([2, partial]);
  });

  test('that is paid in part is not taken for one that is paid', async () => {
    await pay(100002);
    expect(state()).toEqual([2, 100002]);
    expect(await pay(100001, { whenDone: 'skip' })).toMatchObject([{ ok: false }]);
    sandbox.services.dataverse.switches.stateByColumns = 'any';
    expect(await pay(100001, { whenDone: 'skip' })).toMatchObject([{ value: { outcome: 'done' } }]);
    expect(state()).toEqual([2, 100001]);
  });

  /** Pays, while somebody does something between the look and the change. */
  async function payWhile(other: () => Promise<unknown>) {
    const real = client();
    sandbox.services.dataverse.switches.stateByColumns = 'any';
    let looks = 0;
    const raced = Object.create(real, {
      request: {
        value: async (...given: Parameters<typeof real.request>) => {
          const answer = await real.request(...given);
          looks += 1;
          if (looks === 1) await other();
          return answer;
        },
      },
    }) as typeof real;
    return await moveDocuments(raced, INVOICE, 'pay', [{ ...BILL, status: 100001 }]);
  }

  test('that a plug-in has touched between the look and the change is paid', async () => {
    const touch = async () => await client().update('invoices', BILL.id, { description: 'x' });
    expect(await payWhile(touch)).toEqual([{ ok: true, value: { id: BILL.id, outcome: 'done' } }]);
    expect(state()).toEqual([2, 100001]);
  });

  test('that was canceled is not paid, also between the look and the change', async () => {
    const cancel = async () =>
      await moveDocuments(client(), INVOICE, 'cancel', [{ ...BILL, status: 100003 }]);
    expect(await payWhile(cancel)).toMatchObject([
      { error: { class: 'held', message: 'The invoice is Canceled in Dynamics 365 already' } },
    ]);
    expect(state()).toEqual([3, 100003]);
  });

  test('of many are paid in few requests', async () => {
    const before = asked();
    const outcomes = await pay(100001, {}, INVOICES);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(COUNT);
    expect(asked() - before).toBeLessThan(FEW);
  });
});

describe.each([
  ['orders', SALES_ORDER, ORDERS, 'salesorders', 'SalesOrder'],
  ['invoices', INVOICE, INVOICES, 'invoices', 'Invoice'],
] as const)('prices of %s', (_, kind, documents, set, noun) => {
  const put = async (locked: boolean, options: OnceOptions = {}, some = documents) =>
    await setPricesLocked(client(), kind, locked, some, options);
  const locked = () => rows(set).filter(({ ispricelocked }) => ispricelocked === true).length;
  const outcomes = async (answer: ReturnType<typeof put>) =>
    new Set((await answer).map((each) => (each.ok ? each.value.outcome : each.error.class)));

  test('are locked and unlocked in few requests, and are so once', async () => {
    sandbox.services.dataverse.switches.pricesLockedAgain = 'reject';
    const before = asked();
    expect(await outcomes(put(true))).toEqual(new Set(['done']));
    expect(asked() - before).toBeLessThan(FEW);
    expect(await outcomes(put(true))).toEqual(new Set(['unchanged']));
    expect(locked()).toBe(COUNT);
    expect(await outcomes(put(false))).toEqual(new Set(['done']));
    expect(await outcomes(put(false))).toEqual(new Set(['unchanged']));
    expect(locked()).toBe(0);
  });

  test.each(['bound', 'unbound', 'both'] as const)(
    'are locked where the action is %s',
    async (form) => {
      const { actionForms } = sandbox.services.dataverse.switches;
      actionForms[`Lock${noun}Pricing`] = form;
      actionForms[`Unlock${noun}Pricing`] = form;
      expect(await outcomes(put(true))).toEqual(new Set(['done']));
      expect(await outcomes(put(false))).toEqual(new Set(['done']));
    },
  );

  test('are held where the document takes no changes, and skipped where it is not there', async () => {
    const [one = { id: '' }] = documents;
    await client().setStatus(set, one.id, { statecode: 2 });
    expect(await outcomes(put(true, {}, [one]))).toEqual(new Set(['held']));
    const none = [{ id: id('8009', 1) }];
    expect(await outcomes(put(true, { whenNotFound: 'skip' }, none))).toEqual(new Set(['skipped']));
  });
});
