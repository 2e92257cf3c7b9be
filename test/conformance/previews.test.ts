/**
 * The previews name nothing that does not come: each operation runs, and what it puts out must have every field of its
 * preview. `WRITE_PREVIEWS=1 npx jest --selectProjects conformance -- previews` writes them from what came. Those of
 * the stores: `test/suites/operations`.
 */
import type { IDataObject, INodeType } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { SyncLedgerApi } from '../../credentials/SyncLedgerApi.credentials';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { runNode } from '../engine';
import { keyOf, ledger, order as claimable, useOwnLedger } from '../support/ledger';
import { dataverseCredential } from './dataverse-on-sandbox';
import { expectPreview } from './previews';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());
useOwnLedger();

type Item = IDataObject & { id: string };

/** Runs an operation of a node as it is set by default. */
async function put(
  nodeType: INodeType,
  parameters: IDataObject,
  input: object[] = [{}],
): Promise<Item[]> {
  const run = await runNode({
    nodeType,
    parameters: parameters as Parameters<typeof runNode>[0]['parameters'],
    input,
    credentialTypes: [new DynamicsDataverseApi(), new SyncLedgerApi()],
    credentials: {
      dynamicsDataverseApi: dataverseCredential(sandbox),
    },
  });
  if (run.error) throw run.error;
  return run.output(0) as Item[];
}

async function check(
  nodeType: INodeType,
  parameters: IDataObject,
  input?: object[],
): Promise<Item[]> {
  const output = await put(nodeType, parameters, input);
  expectPreview(nodeType, parameters, output);
  return output;
}

const byId = (id: unknown) => ({ __rl: true, mode: 'id', value: String(id) });

describe('the preview of Dynamics 365', () => {
  const of = async (
    resource: string,
    operation: string,
    more: IDataObject = {},
    input?: object[],
  ) => await check(new Dynamics365(), { resource, operation, ...more }, input);
  const fromInput = { columnsSource: 'field', columnsField: 'record' };
  const names = { account: 'name', contact: 'lastname', product: 'name' };

  test.each(Object.entries(names))('%s', async (resource, name) => {
    const key = `${resource}id`;
    const more = resource === 'product' ? { productnumber: 'PREVIEW' } : {};
    const [made] = await of(resource, 'create', fromInput, [
      { record: { [name]: 'Preview', ...more } },
    ]);
    const change = [{ record: { [key]: made?.id, [name]: 'New' } }];
    const [written] = await of(resource, 'upsert', fromInput, change);
    await of(resource, 'update', { ...fromInput, row: byId(made?.id) }, change);
    const row = byId(written?.id);
    await of(resource, 'get', { row });
    await of(resource, 'getAll', { limit: 5 });
  });

  test.each(['account', 'contact'])('%s that matches or is made', async (resource) => {
    const key = `${resource}id`;
    const emailaddress1 = `${resource}@preview.example.com`;
    const name = resource === 'account' ? { name: 'Preview' } : { lastname: 'Preview' };
    const record = (last: number) => ({
      record: { ...name, emailaddress1, [key]: `7b1f9a06-0000-5000-8000-00000000000${last}` },
    });
    const [made] = await of(resource, 'match', fromInput, [record(1)]);
    const [matched] = await of(resource, 'match', fromInput, [record(2)]);
    expect(matched).toMatchObject({ id: made?.id, outcome: 'matched' });
  });

  test('a row of any table', async () => {
    const table = { ...fromInput, table: { __rl: true, mode: 'name', value: 'account' } };
    const [made] = await of('row', 'create', table, [{ record: { name: 'Preview' } }]);
    const change = [{ record: { accountid: made?.id, name: 'New' } }];
    await of('row', 'upsert', table, change);
    await of('row', 'update', { ...table, row: byId(made?.id) }, change);
  });

  test('sales order', async () => {
    const contactid = '7b1f9a06-0000-5000-8000-000000000002';
    const customer = { resource: 'contact', operation: 'upsert', ...fromInput };
    await put(new Dynamics365(), customer, [{ record: { contactid, lastname: 'Lovelace' } }]);
    const document = {
      contactid,
      salesorderid: '7b1f9a06-0000-5000-8000-000000000001',
      name: 'Web 1',
      transactioncurrency: 'USD',
      order_details: [{ productnumber: 'HMR-16', quantity: 2, priceperunit: '18.50' }],
    };
    const [written] = await of('salesOrder', 'upsert', fromInput, [{ record: document }]);
    await of('salesOrder', 'get', { row: byId(written?.id) });
    await of('salesOrder', 'getAll', { limit: 5 });
    await of('salesOrder', 'fulfill', { row: byId(written?.id) });
  });
});

/** What fails differs from day to day: no field is there always. */
const withoutClasses = ({ flows, ...total }: IDataObject): IDataObject => ({
  ...total,
  deadByClass: {},
  flows: (flows as IDataObject[]).map((flow) => ({ ...flow, deadByClass: {} })),
});

test('the preview of Commerce Map', async () => {
  const mapping = { operation: 'check', from: 'xcart.order', to: 'dataverse.salesorder' };
  await check(new CommerceMap(), mapping);
});

describe('the preview of the Sync Ledger', () => {
  const of = async (operation: string, input?: object[], more: IDataObject = {}) =>
    await check(new SyncLedger(), { operation, flow: 'preview', ...more }, input);
  const claim = async (id: string) =>
    await put(new SyncLedger(), { operation: 'claim', flow: 'preview' }, [claimable(id)]);

  test('what is claimed, done, failed and known', async () => {
    const target = { targetSystem: 'dataverse', targetTable: 'salesorder' };
    const looked = await ledger('claim', [claimable('1')], { flow: 'preview' }, { mode: 'manual' });
    const [claimed] = await claim('1');
    expectPreview(
      new SyncLedger(),
      { operation: 'claim' },
      [...looked.output(0), claimed].map(
        (item) => ({ source: item?.source, claim: item?.claim }) as IDataObject,
      ),
    );
    const written = { claim: claimed?.claim, result: { id: '7b1f9a06' } };
    const [done] = await put(
      new SyncLedger(),
      { operation: 'complete', ...target, targetIdField: 'result.id' },
      [written],
    );
    expectPreview(new SyncLedger(), { operation: 'complete' }, [{ ledger: done?.ledger }]);
    const [failing] = await claim('2');
    const [failed] = await put(new SyncLedger(), { operation: 'fail' }, [
      { claim: failing?.claim, error: 'no', details: { class: 'validation' } },
    ]);
    expectPreview(new SyncLedger(), { operation: 'fail' }, [{ ledger: failed?.ledger }]);
    const [known] = await put(new SyncLedger(), { operation: 'lookUp', flows: 'preview' }, [
      claimable('1'),
    ]);
    expectPreview(new SyncLedger(), { operation: 'lookUp' }, [{ ledger: known?.ledger }]);
    const dead = await put(new SyncLedger(), { operation: 'listDead', flows: 'preview' });
    expect(dead.map(({ key }) => key)).toEqual([keyOf('2')]);
    expectPreview(
      new SyncLedger(),
      { operation: 'listDead' },
      dead.map(({ document: _, ...letter }) => letter),
    );
    const [waiting] = await claim('3');
    const [held] = await put(new SyncLedger(), { operation: 'hold' }, [
      { claim: waiting?.claim, state: { reason: 'Not paid yet' } },
    ]);
    expectPreview(new SyncLedger(), { operation: 'hold' }, [{ ledger: held?.ledger }]);
    const listed = await put(new SyncLedger(), { operation: 'listHeld', flows: 'preview' });
    expect(listed.map(({ key }) => key)).toEqual([keyOf('3')]);
    expectPreview(
      new SyncLedger(),
      { operation: 'listHeld' },
      listed.map(({ document: _, ...record }) => record),
    );
    const [edited] = await put(new SyncLedger(), { operation: 'sendEdited' }, [
      { key: keyOf('2'), document: { order_number: '2', total: 1 } },
    ]);
    expectPreview(new SyncLedger(), { operation: 'sendEdited' }, [{ ledger: edited?.ledger }]);
    const resent = await put(new SyncLedger(), { operation: 'resend' });
    expectPreview(new SyncLedger(), { operation: 'resend' }, resent);
    await of('report', dead);
    const answer = { which: ['All 9 that are held'], action: 'Send again', asOf: '2100-01-01' };
    await of('reviseChosen', [answer], { flows: 'preview' });
    const counted = await put(new SyncLedger(), { operation: 'statistics' });
    expectPreview(new SyncLedger(), { operation: 'statistics' }, counted.map(withoutClasses));
  });

  test('how far a flow has read', async () => {
    await of('setWatermark', [{}], { value: '2026-11-21T00:00:00Z' });
    await of('getWatermark');
  });
});
