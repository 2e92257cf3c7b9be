/** Orders closed in environments that have the actions of Sales bound, unbound, or in both forms. */
import { moveDocuments } from '../../core/dynamics/dataverse/sales/move';
import { SALES_ORDER } from '../../core/dynamics/dataverse/sales/salesOrder';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const FORMS = ['bound', 'unbound', 'both'] as const;
const ORDERS = 25;
const ids = Array.from(
  { length: ORDERS },
  (_, index) => `7b1f9a06-0000-5000-8000-${String(index).padStart(12, '0')}`,
);

/** What is remembered of an environment goes by its address, so that each run needs one of its own. */
let sandbox: RunningSandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  const [account] = sandbox.services.dataverse.insert('accounts', [{ name: 'Buyer' }]);
  const customer = { 'customerid_account@odata.bind': `/accounts(${account ?? ''})` };
  sandbox.services.dataverse.insert(
    'salesorders',
    ids.map((salesorderid, index) => ({ salesorderid, name: `Web ${index}`, ...customer })),
  );
});
afterEach(async () => await sandbox.stop());

const rows = (set: string) => sandbox.services.dataverse.rows(set) ?? [];
const carriedOut = (name: string) =>
  sandbox.context.counters.snapshot().dataverse.operations[name] ?? 0;

describe.each([
  ['fulfill', 'FulfillSalesOrder', 100001, 3],
  ['cancel', 'CancelSalesOrder', 4, 2],
] as const)('%s', (action, name, status, state) => {
  test.each(FORMS)('each order once where the action is %s', async (form) => {
    sandbox.services.dataverse.switches.actionForms[name] = form;
    const documents = ids.map((id) => ({ id, status, subject: 'Done' }));
    const client = dataverseClient(sandbox);
    const outcomes = await moveDocuments(client, SALES_ORDER, action, documents);
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, value: { id, outcome: 'done' } })));
    expect(new Set(rows('salesorders').map(({ statecode }) => statecode))).toEqual(
      new Set([state]),
    );
    expect(rows('ordercloses')).toHaveLength(ORDERS);
    expect(carriedOut(name)).toBe(ORDERS);
  });
});

test('an environment without Sales says so', async () => {
  const client = dataverseClient(sandbox);
  const { closing } = SALES_ORDER.moves.cancel.action;
  const action = { name: 'GoneSalesOrder', usually: 'bound', closing } as const;
  const kind = { ...SALES_ORDER, moves: { gone: { action, to: 3, from: [0] } } };
  const documents = ids.slice(0, 2).map((id) => ({ id, status: 4, subject: 'Done' }));
  expect(await moveDocuments(client, kind, 'gone', documents)).toMatchObject([
    { ok: false, error: { class: 'configuration' } },
    { ok: false, error: { class: 'configuration' } },
  ]);
  expect(rows('ordercloses')).toEqual([]);
});
