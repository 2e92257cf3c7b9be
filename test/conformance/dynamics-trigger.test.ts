import { randomUUID } from 'node:crypto';

import type { IDataObject, INode } from 'n8n-workflow';

import { useTrigger, told } from './dynamics-trigger-rig';

/** The Dynamics 365 Trigger by change tracking, on the sandbox. */

const rig = useTrigger();
const ACCOUNTS = { triggerOn: 'account' };
const ALL = ['row.created', 'row.changed', 'row.deleted'];

describe('by change tracking', () => {
  it('starts from now, and brings what is new, changed and deleted, with its source', async () => {
    const old = await rig.make('accounts', { name: 'Old' });
    const gone = await rig.make('accounts', { name: 'Gone' });
    const trigger = rig.start({ ...ACCOUNTS, events: ALL });
    expect(await trigger.poll()).toBeNull();
    const made = await rig.make('accounts', { name: 'New', telephone1: '1' });
    await rig.people.update('accounts', old, { name: 'Old, changed' });
    await rig.people.delete('accounts', gone);
    const items = (await trigger.poll()) ?? [];
    expect(told(items)).toEqual([
      'account.created New',
      'account.changed Old, changed',
      `account.deleted ${gone}`,
    ]);
    const { host } = new URL(rig.people.root);
    expect(items[0]).toMatchObject({
      accountid: made,
      name: 'New',
      telephone1: '1',
      statecode: 0,
      '@odata.etag': expect.stringMatching(/^W\//),
      source: {
        platform: 'dataverse',
        store: host,
        address: host,
        kind: 'account',
        id: made,
        number: 'New',
        event: 'account.created',
        version: expect.stringMatching(/^\d{4}-/),
        volatile: [
          ...['modifiedon', '_modifiedby_value', '_modifiedonbehalfby_value'],
          ...['versionnumber', '@odata.etag', 'change'],
        ],
      },
    });
    expect(Object.keys(items[2] ?? {})).toEqual(['accountid', 'source']);
    expect(items[2]).toMatchObject({ accountid: gone, source: { id: gone, kind: 'account' } });
    expect(await trigger.poll()).toBeNull();
  });

  it('brings everything where that is asked for, over several polls and a restart', async () => {
    const before = rig.dynamics.sandbox.services.dataverse.rowsById('accounts')?.size ?? 0;
    for (const name of ['A', 'B', 'C']) await rig.make('accounts', { name });
    const settings = { ...ACCOUNTS, startFrom: 'everything', options: { maxRows: 2 } };
    const alone = { followedBy: undefined };
    let trigger = rig.start(settings, alone);
    const items: IDataObject[] = [];
    for (let polls = 0; polls < before + 3; polls += 1) {
      items.push(...((await trigger.poll()) ?? []));
      trigger = rig.restart(trigger, settings, alone);
    }
    const own = items.filter(({ name }) => ['A', 'B', 'C'].includes(String(name)));
    expect(told(own)).toEqual(['account.created A', 'account.created B', 'account.created C']);
    expect(new Set(items.map(({ accountid }) => accountid)).size).toBe(before + 3);
  });

  it('counts a change of the chosen columns alone, and says which has changed', async () => {
    const id = await rig.make('accounts', { name: 'A', telephone1: '1' });
    const parent = await rig.make('accounts', { name: 'P' });
    const trigger = rig.start({ ...ACCOUNTS, watchedColumns: ['telephone1', 'parentaccountid'] });
    await trigger.poll();
    await rig.people.update('accounts', id, { telephone1: '2' });
    expect(told(await trigger.poll())).toEqual(['account.changed A']);
    await rig.people.update('accounts', id, { name: 'B' });
    expect(await trigger.poll()).toBeNull();
    await rig.people.update('accounts', id, { telephone1: '3' });
    expect(await trigger.poll()).toMatchObject([
      { name: 'B', change: { columns: ['telephone1'] } },
    ]);
    await rig.people.update('accounts', id, {
      'parentaccountid@odata.bind': `/accounts(${parent})`,
    });
    const [row] = (await trigger.poll()) ?? [];
    expect(row).toMatchObject({ change: { columns: ['_parentaccountid_value'] } });
  });

  it('follows the status and shipping of sales orders where nothing is chosen, and puts out what is', async () => {
    const trigger = rig.start({ outputColumns: ['name', 'customerid'] });
    await trigger.poll();
    const id = await rig.make('salesorders', {
      ...(await rig.customer()),
      name: 'S 1',
      description: 'a',
    });
    const [made] = (await trigger.poll()) ?? [];
    expect(Object.keys(made ?? {}).sort()).toEqual(
      ['@odata.etag', 'salesorderid', 'name', '_customerid_value', 'source'].sort(),
    );
    await rig.people.update('salesorders', id, { description: 'b' });
    expect(await trigger.poll()).toBeNull();
    await rig.people.update('salesorders', id, { shippingmethodcode: 2 });
    expect(await trigger.poll()).toMatchObject([
      { name: 'S 1', change: { columns: ['shippingmethodcode'] } },
    ]);
  });

  it('brings what is left out by another choice of columns as it comes, and loses nothing by it', async () => {
    const id = await rig.make('accounts', { name: 'A', telephone1: '1' });
    const first = rig.start({ ...ACCOUNTS, watchedColumns: ['telephone1'] });
    await first.poll();
    await rig.people.update('accounts', id, { telephone1: '2' });
    await first.poll();
    await rig.people.update('accounts', id, { name: 'B' });
    const second = rig.restart(first, { ...ACCOUNTS, watchedColumns: ['name'] });
    expect(told(await second.poll())).toEqual(['account.changed B']);
  });

  it('reads all once more where the token has expired, says so, and brings what it does not know', async () => {
    const known = await rig.make('accounts', { name: 'Known' });
    const missed = await rig.make('accounts', { name: 'Missed' });
    const trigger = rig.start(ACCOUNTS);
    await trigger.poll();
    await rig.people.update('accounts', known, { name: 'Known, changed' });
    expect(told(await trigger.poll())).toEqual(['account.changed Known, changed']);
    await rig.people.update('accounts', missed, { name: 'Missed, changed' });
    const [organization] = await rig.people.list('organizations');
    await rig.people.update('organizations', String(organization?.['organizationid']), {
      expirechangetrackingindays: 0,
    });
    const items = (await trigger.poll()) ?? [];
    expect(told(items)).toContain('resync Missed, changed');
    expect(told(items)).not.toContain('resync Known, changed');
  });

  it('brings again what it has put out where n8n has thrown it away, because the workflow was published meanwhile', async () => {
    const trigger = rig.start({ ...ACCOUNTS, events: ALL });
    const gone = await rig.make('accounts', { name: 'Gone' });
    await trigger.poll();
    const published = rig.restart(
      trigger,
      { ...ACCOUNTS, events: ALL },
      { id: trigger.workflow.id, followedBy: undefined },
    );
    await rig.make('accounts', { name: 'New' });
    await rig.people.delete('accounts', gone);
    const items = told(await trigger.poll());
    expect(items).toEqual(['account.created New', `account.deleted ${gone}`]);
    expect(told(await published.poll())).toEqual(items);
  });

  it('names what to do where a table keeps no trail', async () => {
    const table = { __rl: true, mode: 'name', value: 'organization' };
    const trigger = rig.start({ triggerOn: 'table', table });
    await expect(trigger.poll()).rejects.toMatchObject({
      message: expect.stringMatching(/^Change tracking is off for the table .*\(organization\)/),
      description: expect.stringContaining('Environment: Prepare'),
    });
  });

  it('names a column that the table does not have', async () => {
    const trigger = rig.start({ ...ACCOUNTS, watchedColumns: ['nonsense'] });
    await expect(trigger.poll()).rejects.toMatchObject({
      message: expect.stringContaining('Columns names "nonsense"'),
    });
  });
});

it('shows the latest rows in a test run, and remembers nothing', async () => {
  await rig.make('accounts', { name: 'A' });
  const trigger = rig.start(ACCOUNTS);
  const items = await trigger.poll('manual');
  expect(told(items)).toContain('sample A');
  expect(trigger.staticData()).toEqual({});
});

describe('the row for test runs', () => {
  const asked = async (testNumber: string, parameters: INode['parameters'] = ACCOUNTS) =>
    await rig.start({ ...parameters, testNumber }).poll('manual');

  it('is found by its ID, by its number and by its name', async () => {
    const id = await rig.make('accounts', { name: "O'Neill & Sons", accountnumber: 'A-7' });
    for (const called of [id, id.toUpperCase(), 'A-7', "O'Neill & Sons"]) {
      expect(told(await asked(called))).toEqual(["sample O'Neill & Sons"]);
    }
  });

  it('is one alone where several have the name', async () => {
    await rig.make('accounts', { name: 'Twin' });
    await rig.make('accounts', { name: 'Twin' });
    expect(told(await asked('Twin'))).toEqual(['sample Twin']);
  });

  it('is a sales order by what Dynamics calls it', async () => {
    const id = await rig.make('salesorders', { name: 'Web 1', ...(await rig.customer()) });
    const { ordernumber } = await rig.people.get('salesorders', id);
    const items = await asked(String(ordernumber), { triggerOn: 'salesorder' });
    expect(told(items)).toEqual(['sample Web 1']);
  });

  it('says what to enter where there is none', async () => {
    for (const called of ['Nobody', randomUUID()]) {
      await expect(asked(called)).rejects.toMatchObject({
        message: expect.stringContaining(`The environment has no account ${called}`),
        description: expect.stringContaining('a number, name or ID that the environment shows'),
      });
    }
  });
});
