/** Status and shipment of each shop, on the test engine: rows of Dynamics 365 as its trigger puts them out, and what the shop says then. */
import type { IDataObject } from 'n8n-workflow';

import type { ShopOrder } from '../../sandbox/kit/shop';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { SandboxControl, type ShopName } from '../../scripts/n8n/sandbox-control';
import { type Shop, SHOPS, salesOrderNameIn } from '../../scripts/n8n/shop';
import { PAID_INVOICES, STATUS_AND_SHIPMENT } from '../../workflows/all';
import type { Template } from '../../workflows/builder';
import { NODES } from '../../workflows/templates/orderToCash';
import { sumOf, writesOfShop } from '../e2e/counted';
import { saidOf } from '../e2e/fates';
import { useOwnLedger } from '../support/ledger';
import { templateFlow, type TemplateFlow } from './template-on-sandbox';

const FAILED = 'Keep what failed';
const DONE = 'Mark as done';
const CLAIM = 'Claim each change once';

/** A reason that an environment has added for goods that came back. */
const RETURNED = 807_290_002;

/** How rows stand, and the status that each shop is told then; undefined: none. */
const STANDINGS: ReadonlyArray<{
  row: IDataObject;
  status: Readonly<Record<ShopName, string | undefined>>;
  tracking?: string[];
}> = [
  {
    row: { statecode: 0, statuscode: 1 },
    status: { xcart: undefined, threedcart: undefined, clarity: undefined },
  },
  {
    row: { statecode: 1, statuscode: 3 },
    status: { xcart: 'P', threedcart: '2', clarity: 'processing' },
  },
  {
    row: { statecode: 3, statuscode: 100001, datefulfilled: '2026-05-03' },
    status: { xcart: 'S', threedcart: '4', clarity: 'shipped' },
  },
  {
    row: { statecode: 3, statuscode: 100001, new_trackingnumbers: '1Z1, 1Z2' },
    status: { xcart: 'S', threedcart: '4', clarity: 'shipped' },
    tracking: ['1Z1', '1Z2'],
  },
  {
    row: { statecode: 3, statuscode: 100002, new_trackingnumbers: '1Z3' },
    status: { xcart: undefined, threedcart: '3', clarity: 'partially shipped' },
    tracking: ['1Z3'],
  },
  {
    row: { statecode: 2, statuscode: 4 },
    status: { xcart: 'WND', threedcart: '5', clarity: 'cancelled' },
  },
  {
    row: { statecode: 3, statuscode: RETURNED },
    status: { xcart: 'R', threedcart: undefined, clarity: 'returned' },
  },
];

/** The template as somebody sets it whose environment has a reason for returns: what its note says to do. */
function withReturns(template: Template): Template {
  const own = structuredClone(template);
  const map = own.nodes.find(({ name }) => name === 'Map to status');
  Object.assign(map?.parameters ?? {}, {
    fieldOverrides: {
      rows: [
        {
          ...{ target: 'commerce.orderStatus:shippingStatus', source: 'value', value: 'returned' },
          ...{ onlyIf: 'statuscode', comparison: 'equals', comparedWith: String(RETURNED) },
        },
      ],
    },
  });
  return own;
}

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

useOwnLedger();

const control = () => new SandboxControl(sandbox.control.url);

function backOf(shop: Shop, among: typeof STATUS_AND_SHIPMENT): TemplateFlow {
  const found = among.find(({ store }) => store.key === shop.platform);
  if (!found) throw new Error(`${shop.name} has no such template`);
  const template = among === STATUS_AND_SHIPMENT ? withReturns(found.workflow) : found.workflow;
  return templateFlow(sandbox, shop.platform, {}, { template, first: `Find ${shop.name} order` });
}

const sourceOf = (kind: string, id: string, version: number) => ({
  ...{ platform: 'dataverse', store: 'contoso', kind, id, event: `${kind}.changed` },
  ...{ version: `2026-05-0${version}T08:00:00Z`, readAt: `2026-05-0${version}T08:00:00Z` },
});

/** Places so many orders, and takes them to Dynamics 365. Gives each with the ID of its sales order. */
async function bringOver(shop: Shop, forward: TemplateFlow, count: number) {
  const placed = await control().shop(shop.platform).place({ count, lines: 1, state: 'paid' });
  const run = await forward.run(await ordersOf(forward, placed));
  expect(run.json(FAILED)).toEqual([]);
  const rows = sandbox.services.dataverse.rows('salesorders') ?? [];
  return placed.map((order) => {
    const row = rows.find(({ name }) => name === salesOrderNameIn(shop, order.number));
    return { order, id: String(row?.['salesorderid']) };
  });
}

/** The orders as the shop gives them now. */
async function ordersOf(forward: TemplateFlow, placed: ShopOrder[]): Promise<IDataObject[]> {
  const all = await forward.orders({ operation: 'getAll', returnAll: true, simplify: false });
  const ids = new Set(placed.map(({ id }) => id));
  return all.filter(({ source }) => ids.has(String((source as IDataObject)['id'])));
}

const writesTo = async ({ platform }: Shop): Promise<number> =>
  sumOf(writesOfShop(await control().counts(), platform));

describe.each([...SHOPS.values()].map((shop) => [shop.name, shop] as const))(
  'what becomes of orders of %s in Dynamics 365',
  (_name, shop) => {
    test('is said in the shop, once, and comes back as nothing', async () => {
      const forward = templateFlow(sandbox, shop.platform);
      const back = backOf(shop, STATUS_AND_SHIPMENT);
      const brought = await bringOver(shop, forward, STANDINGS.length);
      const before = brought.map(({ order }) => saidOf(sandbox, shop.platform, order));
      const rows = (version: number, more: object = {}) =>
        brought.map(({ id }, place) => ({
          ...{ salesorderid: id, ordernumber: `ORD-${place}`, ...STANDINGS[place]?.row, ...more },
          source: sourceOf('salesorder', id, version),
        }));
      const foreign = {
        ...{ salesorderid: 'a0000000-0000-4000-8000-000000000001', statecode: 2, statuscode: 4 },
        source: sourceOf('salesorder', 'a0000000-0000-4000-8000-000000000001', 1),
      };

      const first = await back.run([...rows(1), foreign]);
      expect(first.json(FAILED).map(({ error }) => error)).toEqual([]);
      expect(first.json(CLAIM, 0)).toHaveLength(STANDINGS.length);
      expect(first.json(DONE)).toHaveLength(STANDINGS.length);
      for (const [place, { status, tracking = [] }] of STANDINGS.entries()) {
        const { order } = brought[place] as (typeof brought)[number];
        const said = saidOf(
          sandbox,
          shop.platform,
          await control().shop(shop.platform).order(order.id),
        );
        const wanted = shop.platform === 'xcart' ? [] : tracking;
        expect({ place, ...said }).toEqual({
          ...{ place, status: status[shop.platform] ?? before[place]?.status },
          tracking: [...(before[place]?.tracking ?? []), ...wanted],
        });
      }

      const written = await writesTo(shop);
      const again = await back.run(rows(1));
      expect(again.json(CLAIM, 0)).toEqual([]);
      const touched = await back.run(rows(2, { description: 'Seen by the office' }));
      expect(touched.json(FAILED)).toEqual([]);
      expect(touched.json(DONE)).toHaveLength(STANDINGS.length);
      expect(await writesTo(shop)).toBe(written);

      const orders = await ordersOf(
        forward,
        brought.map(({ order }) => order),
      );
      expect((await forward.run(orders)).json(NODES.claim, 0)).toEqual([]);
    });

    test('is shipped where it was invoiced before that could be told', async () => {
      const forward = templateFlow(sandbox, shop.platform);
      const back = backOf(shop, STATUS_AND_SHIPMENT);
      const [polled, late] = await bringOver(shop, forward, 2);
      if (!polled || !late) throw new Error('The shop has placed no orders');
      const row = ({ id }: { id: string }, version: number, states: object) => ({
        ...{ salesorderid: id, datefulfilled: '2026-05-03', ...states },
        source: sourceOf('salesorder', id, version),
      });
      const fulfilled = { statecode: 3, statuscode: 100001 };
      const invoiced = { statecode: 4, statuscode: 100003 };

      await control().setFaults({ rules: [{ kind: 'unauthorized', service: shop.platform }] });
      const down = await back.run([row(late, 1, fulfilled)]);
      await control().setFaults({});
      expect(down.json(FAILED)).toHaveLength(1);

      const run = await back.run([row(polled, 1, invoiced), row(late, 2, invoiced)]);
      expect(run.json(FAILED).map(({ error }) => error)).toEqual([]);
      const { status } = STANDINGS.find((one) => one.row['statuscode'] === 100001) ?? {};
      for (const { order } of [polled, late]) {
        const now = await control().shop(shop.platform).order(order.id);
        expect(saidOf(sandbox, shop.platform, now).status).toBe(status?.[shop.platform]);
      }
    });

    test('is held where a person has changed the same in the shop and Hold for Review is chosen', async () => {
      const forward = templateFlow(sandbox, shop.platform);
      const [brought] = await bringOver(shop, forward, 1);
      if (!brought) throw new Error('The shop has placed no order');
      const { id, order } = brought;
      const row = (version: number, more: object) => ({
        ...{ salesorderid: id, ...more },
        source: sourceOf('salesorder', id, version),
      });
      const template = structuredClone(
        STATUS_AND_SHIPMENT.find(({ store }) => store.key === shop.platform)?.workflow as Template,
      );
      for (const { parameters } of template.nodes) {
        const { options } = parameters as { options?: { whenBothChanged?: string } };
        if (options?.whenBothChanged) options.whenBothChanged = 'hold';
      }
      const first = `Find ${shop.name} order`;
      const back = templateFlow(sandbox, shop.platform, {}, { template, first });
      expect((await back.run([row(1, { statecode: 1, statuscode: 3 })])).json(DONE)).toHaveLength(
        1,
      );
      await setByPerson(forward, shop, order.id);
      const held = await back.run([row(2, { statecode: 3, statuscode: 100001 })]);
      expect(held.json(FAILED)).toMatchObject([{ details: { class: 'held', code: 'CONFLICT' } }]);
      expect(held.json(DONE)).toEqual([]);
    });
  },
);

/** A status that nobody has sent. */
const OF_PERSON: Readonly<Record<ShopName, IDataObject>> = {
  xcart: { operation: 'updateShippingStatus', shippingStatus: 'WFA' },
  threedcart: { operation: 'updateStatus', status: '6' },
  clarity: { operation: 'updateStatus', status: 'On Hold' },
};

const setByPerson = async (flow: TemplateFlow, { platform }: Shop, id: string) =>
  await flow.orders({ ...OF_PERSON[platform], order: { __rl: true, mode: 'id', value: id } });

const PAID = { statecode: 2, statuscode: 100001 };
const PAID_IN_PART = { statecode: 2, statuscode: 100002 };
const BILLED = { statecode: 0, statuscode: 4 };

test('an invoice makes its order in X-Cart paid that was not, and takes nothing back that the shop knows better', async () => {
  const shop = SHOPS.get('xcart') as Shop;
  const forward = templateFlow(sandbox, shop.platform);
  const back = backOf(shop, PAID_INVOICES);
  const cases = [
    { stands: 'Q', row: PAID, then: 'P' },
    { stands: 'Q', row: PAID_IN_PART, then: 'PP' },
    { stands: 'Q', row: BILLED, then: 'Q' },
    { stands: 'P', row: PAID_IN_PART, then: 'P' },
    { stands: 'R', row: PAID, then: 'R' },
    { stands: 'R', row: PAID_IN_PART, then: 'R' },
  ];
  const brought = await bringOver(shop, forward, cases.length);
  const status = { operation: 'updatePaymentStatus' };
  for (const [place, { order }] of brought.entries())
    await forward.orders({
      ...{ ...status, paymentStatus: cases[place]?.stands },
      order: { __rl: true, mode: 'id', value: order.id },
    });
  const invoices = brought.map(({ id }, place) => ({
    ...{ invoiceid: `b0000000-0000-4000-8000-00000000000${place}`, _salesorderid_value: id },
    ...cases[place]?.row,
    source: sourceOf('invoice', `b0000000-0000-4000-8000-00000000000${place}`, 1),
  }));
  const run = await back.run(invoices);
  expect(run.json(FAILED)).toEqual([]);
  expect(run.json(DONE)).toHaveLength(cases.length);
  const codes = await Promise.all(
    brought.map(async ({ order }) => {
      const { document } = await control().shop(shop.platform).order(order.id);
      return (document as { payment_status: { code: string } }).payment_status.code;
    }),
  );
  expect(codes).toEqual(cases.map(({ then }) => then));
});

test.each([
  ['status and shipment', STATUS_AND_SHIPMENT],
  ['paid invoices', PAID_INVOICES],
] as const)(
  '%s writes no order of another shop where the credential is that of one',
  async (_name, among) => {
    const shop = SHOPS.get('xcart') as Shop;
    const forward = templateFlow(sandbox, shop.platform);
    const [brought] = await bringOver(shop, forward, 1);
    if (!brought) throw new Error('The shop has placed no order');
    const template = among.find(({ store }) => store.key === shop.platform)?.workflow as Template;
    const first = `Find ${shop.name} order`;
    const other = { xCartApi: { storeName: 'outlet' } };
    const back = templateFlow(sandbox, shop.platform, other, { template, first });
    const written = await writesTo(shop);
    const id = 'b0000000-0000-4000-8000-000000000009';
    const run = await back.run([
      among === PAID_INVOICES
        ? {
            invoiceid: id,
            _salesorderid_value: brought.id,
            ...PAID,
            source: sourceOf('invoice', id, 1),
          }
        : {
            ...{ salesorderid: brought.id, statecode: 2, statuscode: 4 },
            source: sourceOf('salesorder', brought.id, 1),
          },
    ]);
    expect(run.json(FAILED)).toMatchObject([
      { error: expect.stringContaining('xcart outlet') as string },
    ]);
    expect(await writesTo(shop)).toBe(written);
  },
);

test('an order of Clarity that is void is not canceled in another word by the echo of its cancel', async () => {
  const shop = SHOPS.get('clarity') as Shop;
  const forward = templateFlow(sandbox, shop.platform);
  const [brought] = await bringOver(shop, forward, 1);
  if (!brought) throw new Error('The shop has placed no order');
  const order = { __rl: true, mode: 'id', value: brought.order.id };
  await forward.orders({ operation: 'updateStatus', status: 'Void', order });
  const written = await writesTo(shop);
  const run = await backOf(shop, STATUS_AND_SHIPMENT).run([
    {
      ...{ salesorderid: brought.id, statecode: 2, statuscode: 4 },
      source: sourceOf('salesorder', brought.id, 1),
    },
  ]);
  expect(run.json(FAILED)).toEqual([]);
  expect(run.json(DONE)).toHaveLength(1);
  expect(await writesTo(shop)).toBe(written);
});
