import { moveDocuments } from '../../core/dynamics/dataverse/sales/move';
import type { OnceOptions } from '../../core/dynamics/dataverse/sales/once';
import { SALES_ORDER } from '../../core/dynamics/dataverse/sales/salesOrder';
import { writeSalesDocuments } from '../../core/dynamics/dataverse/sales/write';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const ID = '7b1f9a06-0000-5000-8000-0000000000c1';
const CONTACT = '7b1f9a06-0000-5000-8000-0000000000c2';
const TO_CANCEL = [{ id: ID, status: 4, subject: 'Cancelled in the shop' }];
const CLOSED = { class: 'held', code: 'CLOSED' };

describe('orders that are closed', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    sandbox.reset();
    await dataverseClient(sandbox).create('contacts', { contactid: CONTACT, lastname: 'S' });
    await write({});
  });

  const write = async (change: object, client = dataverseClient(sandbox)) =>
    await writeSalesDocuments(client, SALES_ORDER, [
      { salesorderid: ID, name: 'Web 1', contactid: CONTACT, order_details: [LINE], ...change },
    ]);
  const LINE = { productdescription: 'Mug', quantity: 1, priceperunit: 5 };
  const cancel = async (options: OnceOptions, client = dataverseClient(sandbox)) =>
    await moveDocuments(client, SALES_ORDER, 'cancel', TO_CANCEL, options);
  const states = () =>
    (sandbox.services.dataverse.rows('salesorders') ?? []).map(({ statecode }) => statecode);
  const closings = () => (sandbox.services.dataverse.rows('ordercloses') ?? []).length;

  /** The next cancellation is carried out, and its answer never arrives. */
  function loseAnAnswer(): void {
    sandbox.context.faults.configure({
      rules: [
        {
          service: 'dataverse',
          method: 'POST',
          path: 'CancelSalesOrder',
          kind: 'timeout-after-commit',
          times: 1,
          holdMs: 0,
        },
      ],
    } as never);
  }

  test.each<OnceOptions>([{ whenDone: 'skip' }, { whenDone: 'fail' }, {}])(
    'a cancellation whose answer was lost is done: %p',
    async (options) => {
      loseAnAnswer();
      const [outcome] = await cancel(options);
      expect(outcome).toEqual({ ok: true, value: { id: ID, outcome: 'done' } });
      expect([states(), closings()]).toEqual([[2], 1]);
    },
  );

  test('canceled again, it is done where that is to be skipped, and fails with a repair where not', async () => {
    await cancel({});
    expect(await cancel({ whenDone: 'skip' })).toEqual([
      { ok: true, value: { id: ID, outcome: 'unchanged' } },
    ]);
    const failed = {
      ok: false,
      error: {
        class: 'conflict',
        message: 'The sales order is Canceled in Dynamics 365 already',
        fix: 'Nothing is left to do: discard the record, or set When Already Canceled to Skip.',
      },
    };
    expect(await cancel({ whenDone: 'fail' })).toMatchObject([failed]);
    expect(await cancel({ whenDone: 'fail', whenNotFound: 'skip' })).toMatchObject([failed]);
    expect(closings()).toBe(1);
  });

  test('canceled by somebody else between the look and the request, it is done', async () => {
    const client = dataverseClient(sandbox);
    let looks = 0;
    const raced = Object.create(client, {
      request: {
        value: async (...given: Parameters<typeof client.request>) => {
          const answer = await client.request(...given);
          looks += 1;
          if (looks === 1) await cancel({});
          return answer;
        },
      },
    }) as typeof client;
    const answer = await cancel({ whenDone: 'skip' }, raced);
    expect(answer).toEqual([{ ok: true, value: { id: ID, outcome: 'unchanged' } }]);
  });

  test.each<OnceOptions>([{ whenDone: 'skip' }, { whenDone: 'fail' }])(
    'fulfilled in Dynamics 365, its cancellation waits for a person: %p',
    async (options) => {
      const fulfil = { id: ID, status: 100001, subject: 'Shipped' };
      await moveDocuments(dataverseClient(sandbox), SALES_ORDER, 'fulfill', [fulfil]);
      expect(await cancel(options)).toMatchObject([{ ok: false, error: CLOSED }]);
      expect(states()).toEqual([3]);
    },
  );

  test.each<OnceOptions>([{}, { whenDone: 'skip' }])(
    'a refusal that the state does not explain stays as it is: %p',
    async (options) => {
      const [outcome] = await moveDocuments(
        dataverseClient(sandbox),
        SALES_ORDER,
        'cancel',
        [{ id: ID, status: 100001, subject: 'No such reason' }],
        options,
      );
      expect(outcome).toMatchObject({ ok: false, error: { class: 'validation' } });
      expect(states()).toEqual([0]);
    },
  );

  test('one that is not there is skipped, or is not found', async () => {
    await dataverseClient(sandbox).delete('salesorders', ID);
    expect(await cancel({ whenNotFound: 'skip' })).toMatchObject([
      { value: { outcome: 'skipped' } },
    ]);
    expect(await cancel({ whenDone: 'skip' })).toMatchObject([{ error: { class: 'not-found' } }]);
  });

  test('paid in the shop after it was canceled here, it is held with its state and a repair', async () => {
    await cancel({});
    expect(await write({})).toMatchObject([{ ok: true, value: { outcome: 'unchanged' } }]);
    for (const change of [
      { description: 'Paid' },
      { order_details: [{ ...LINE, quantity: 2 }] },
      { order_details: [{ productnumber: 'HMR-16', quantity: 1 }] },
    ]) {
      expect(await write(change)).toMatchObject([
        {
          ok: false,
          error: {
            ...CLOSED,
            message: 'Sales order "Web 1" is Canceled in Dynamics 365 and can no longer be changed',
            fix: expect.stringMatching(/discard the record; or.* requeue/) as string,
          },
        },
      ]);
    }
    expect(states()).toEqual([2]);
  });

  test.each([
    { status: 400, code: '0x80040203' },
    { status: 403, code: '0x80040220' },
  ])('closed between the look and the change, it is held whatever the refusal: %p', async (as) => {
    sandbox.services.dataverse.switches.notActive = as;
    const client = dataverseClient(sandbox);
    const request = async (...given: Parameters<typeof client.request>) => {
      const answer = await client.request(...given);
      if (given[0].method === 'GET') await cancel({ whenDone: 'skip' });
      return answer;
    };
    const raced = Object.create(client, { request: { value: request } }) as typeof client;
    expect(await write({ description: 'Paid' }, raced)).toMatchObject([{ error: CLOSED }]);
  });

  test('a refusal of a change to an open order stays as it is', async () => {
    const wrong = { paymenttermscode: 9999 };
    expect(await write(wrong)).toMatchObject([{ ok: false, error: { class: 'validation' } }]);
  });
});
