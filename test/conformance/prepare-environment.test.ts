/** An environment is checked and prepared: what is made works, twice does no harm, and nothing is lost half way. */
import { openEnvironment } from '../../core/dynamics/dataverse/prepare/environment';
import { checkEnvironment } from '../../core/dynamics/dataverse/prepare/prepare';
import type { Item } from '../../core/dynamics/dataverse/prepare/requirement';
import { requirementsOf } from '../../core/dynamics/dataverse/prepare/requirements';
import { MADE, namesOf, outcomesOf, type Prepared, startPrepared, statesOf } from './prepared';

let prepared: Prepared;

beforeEach(async () => {
  prepared = await startPrepared({ untracked: ['salesorder', 'account'] });
});

afterEach(async () => {
  await prepared.stop();
});

async function check(choice = {}): Promise<Item[]> {
  const environment = await openEnvironment(prepared.client, choice);
  return await checkEnvironment(
    environment,
    requirementsOf({ parts: MADE, prefix: environment.prefix }),
  );
}

const only = <One extends Item>(items: readonly One[], name: string): One => {
  const found = items.filter((item) => item.name === name);
  expect(found).toHaveLength(1);
  return found[0] as One;
};

describe('Check', () => {
  it('says of each requirement how it stands and what would be sent, and sends nothing', async () => {
    const items = await check();
    expect(prepared.sent).toEqual([]);
    expect(statesOf(items)).toEqual({ missing: items.length - 5, present: 5 });
    expect(items.filter(({ state }) => state === 'present').map(({ name }) => name)).toEqual([
      // Keys over the same columns that have other names, and tables that are followed already.
      'new_accountnumber',
      'new_productnumber',
      'invoice',
      'contact',
      'product',
    ]);
    expect(only(items, 'salesorder')).toMatchObject({
      kind: 'changeTracking',
      change: expect.stringMatching(
        /It cannot be switched off again\..*whatever else has been changed on the table and not yet published/,
      ),
      request: "PUT EntityDefinitions(LogicalName='salesorder')",
    });
    expect(items[0]).toMatchObject({
      kind: 'column',
      table: 'account',
      name: 'new_externalsource',
      change: 'Make the column new_externalsource (text of 100 characters) on account.',
      request: "POST EntityDefinitions(LogicalName='account')/Attributes",
      body: { SchemaName: 'new_ExternalSource', MaxLength: 100 },
    });
  });

  it('finds a column of the wrong type or length, and leaves it as it is', async () => {
    const path = "EntityDefinitions(LogicalName='account')/Attributes";
    const type = (name: string) => `Microsoft.Dynamics.CRM.${name}AttributeMetadata`;
    const add = async (body: Record<string, unknown>) =>
      await prepared.client.request({ method: 'POST', path, body });
    await add({ '@odata.type': type('Integer'), SchemaName: 'new_ExternalId' });
    await add({ '@odata.type': type('String'), SchemaName: 'new_ExternalSource', MaxLength: 20 });
    const before = prepared.sent.length;
    const items = await prepared.prepare({ parts: ['columns'] });
    expect(items.slice(0, 2)).toMatchObject([
      { outcome: 'failed', state: 'wrong', reason: expect.stringContaining('20 characters') },
      { outcome: 'failed', state: 'wrong', reason: expect.stringContaining('Integer') },
    ]);
    expect(items[0]?.fix).toContain('choose another Prefix');
    expect(prepared.sent).toHaveLength(before + items.length - 2);
  });

  it('says of a payment table that is there what its rows are called by, where that is another column', async () => {
    const { client } = prepared;
    const label = (Label: string) => ({ LocalizedLabels: [{ Label, LanguageCode: 1033 }] });
    await client.request({
      method: 'POST',
      path: 'EntityDefinitions',
      body: {
        '@odata.type': 'Microsoft.Dynamics.CRM.EntityMetadata',
        SchemaName: 'new_PaymentTransaction',
        DisplayName: label('Payment'),
        DisplayCollectionName: label('Payments'),
        OwnershipType: 'UserOwned',
        Attributes: [
          {
            '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
            SchemaName: 'new_Receipt',
            MaxLength: 100,
            IsPrimaryName: true,
          },
        ],
      },
    });
    const [table] = await prepared.prepare({ parts: ['paymentTable'] });
    expect(table).toMatchObject({
      kind: 'table',
      state: 'wrong',
      outcome: 'failed',
      reason: expect.stringContaining('new_name'),
      fix: expect.stringContaining('Set the name column to new_receipt'),
    });
    const named = { columns: { name: 'new_receipt' } };
    const [mended] = await prepared.prepare({ parts: ['paymentTable'], payments: named });
    expect(mended).toMatchObject({ state: 'present', outcome: 'unchanged' });
  });

  it('says which app is missing where there is no such table', async () => {
    const environment = await openEnvironment(prepared.client, {});
    const [item] = await checkEnvironment(environment, [
      { part: 'changeTracking', kind: 'changeTracking', table: 'opportunityproduct' },
    ]);
    expect(item).toMatchObject({
      state: 'missing',
      request: null,
      fix: expect.stringContaining('Install the app'),
    });
  });
});

describe('Prepare', () => {
  it('makes what is missing, so that rows are found by what it made', async () => {
    const items = await prepared.prepare();
    expect(items.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(outcomesOf(items)).toEqual({ done: items.length - 5, unchanged: 5 });
    const { client } = prepared;
    await client.upsert(
      'accounts',
      { new_externalsource: 'xcart.main', new_externalid: '1042' },
      { name: 'Adatum' },
    );
    const order = { set: 'salesorders', key: '7b1f9a06-0000-5000-8000-000000000001' };
    await client.upsert(order.set, order.key, {
      name: 'Order',
      new_carrier: 'UPS Ground',
      new_trackingnumbers: '1Z1,1Z2',
      new_shippedon: '2024-05-03T08:00:00Z',
      'customerid_account@odata.bind':
        "/accounts(new_externalsource='xcart.main',new_externalid='1042')",
    });
    const { id } = await client.create('new_paymenttransactions', {
      new_name: 'Payment 1',
      new_amount: 19.99,
      new_lastfourdigits: '4242',
      new_paymentstatus: 100_000_002,
      'new_SalesOrder@odata.bind': `/salesorders(${order.key})`,
    });
    const [row] = await client.list('new_paymenttransactions', {
      expand: [{ property: 'new_SalesOrder', select: ['name'] }],
    });
    expect(row).toMatchObject({
      new_paymenttransactionid: id,
      new_amount: 19.99,
      new_SalesOrder: { name: 'Order' },
    });
    const changed = await client.request({
      method: 'GET',
      path: 'salesorders?$select=name',
      headers: { prefer: 'odata.track-changes' },
    });
    expect(changed.status).toBe(200);
  });

  it('changes nothing more the second time', async () => {
    await prepared.prepare();
    const sent = prepared.sent.length;
    const items = await prepared.prepare();
    expect(outcomesOf(items)).toEqual({ unchanged: items.length });
    expect(statesOf(items)).toEqual({ present: items.length });
    expect(prepared.sent).toHaveLength(sent);
    expect(statesOf(await check())).toEqual({ present: items.length });
  });

  it('leaves the rest of a definition as it is where it switches change tracking on', async () => {
    const path = "EntityDefinitions(LogicalName='account')";
    const read = async () => (await prepared.client.request({ method: 'GET', path })).body;
    const before = (await read()) as Record<string, unknown>;
    await prepared.prepare({ parts: ['changeTracking'] });
    expect(await read()).toEqual({ ...before, ChangeTrackingEnabled: true });
    expect(prepared.sent).toEqual([
      "PUT EntityDefinitions(LogicalName='salesorder')",
      'POST PublishXml',
      `PUT ${path}`,
      'POST PublishXml',
    ]);
  });

  it('reads what it has just made, although the metadata is cached', async () => {
    prepared.service.switches.metadataCacheSeconds = 30;
    const items = await prepared.prepare();
    expect(outcomesOf(items)).toEqual({ done: items.length - 5, unchanged: 5 });
    expect(prepared.clock.waits).toEqual([]);
  });

  it('goes on where a run was ended half way', async () => {
    const whole = new AbortController();
    prepared.service.switches.keyIndexSeconds = 600;
    const wait = prepared.clock.sleep.bind(prepared.clock);
    prepared.clock.sleep = async (ms, signal) => {
      whole.abort();
      await wait(ms, signal);
    };
    prepared.context.faults.configure({
      rules: [{ service: 'dataverse', path: 'PublishXml', kind: '503', times: 1 }],
    });
    const run = prepared.prepare({}, { signal: whole.signal });
    await run.catch(() => undefined);
    prepared.clock.sleep = wait;
    const half = prepared.sent.length;
    const items = await prepared.prepare({}, { keyWaitMs: 1_200_000 });
    expect(items.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(half).toBeGreaterThan(0);
    expect(statesOf(await check())).toEqual({ present: items.length });
  });

  it.each(['timeout-after-commit', '503', '429', 'reset'] as const)(
    'makes everything once where requests end with %s',
    async (kind) => {
      prepared.context.faults.configure({
        rules: [
          { service: 'dataverse', method: 'POST', kind, probability: 0.4, holdMs: 1 },
          { service: 'dataverse', method: 'PUT', kind, times: 1, holdMs: 1 },
        ],
      });
      const items = await prepared.prepare();
      expect(items.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      prepared.context.faults.clear();
      expect(statesOf(await check())).toEqual({ present: items.length });
    },
  );

  it('waits while somebody else customizes, and never sends two changes at once', async () => {
    prepared.service.switches.metadataWriteMs = 3;
    const [first, second] = await Promise.all([prepared.prepare(), prepared.prepare()]);
    const both = [...(first ?? []), ...(second ?? [])];
    expect(both.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(statesOf(await check())).toEqual({ present: both.length / 2 });
  });

  it('does not wait longer for an index than it was told, and says that it is being built', async () => {
    prepared.service.switches.keyIndexSeconds = 600;
    const items = await prepared.prepare({}, { keyWaitMs: 60_000 });
    const key = items.find(({ kind, table }) => kind === 'key' && table === 'contact');
    expect(key).toMatchObject({
      outcome: 'done',
      state: 'building',
      fix: expect.stringContaining('run Check later'),
    });
    expect(prepared.clock.waits.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
    prepared.clock.waits.length = 0;
    const again = await prepared.prepare({}, { keyWaitMs: 1_200_000 });
    expect(statesOf(again)).toEqual({ present: again.length });
    expect(outcomesOf(again)).toEqual({ unchanged: again.length });
  });

  it('lets an order be there in two parts, and twice be invoiced', async () => {
    await prepared.prepare({ parts: ['columns', 'keys'] });
    const twin = { new_externalsource: 'xcart.main', new_externalid: '1042' };
    const [buyer = ''] = prepared.service.insert('accounts', [{ name: 'Buyer' }]);
    const sold = { ...twin, 'customerid_account@odata.bind': `/accounts(${buyer})` };
    for (const set of ['salesorders', 'invoices', 'quotes']) {
      await prepared.client.create(set, { name: 'One', ...sold });
      await prepared.client.create(set, { name: 'Other', ...sold });
    }
    await prepared.client.create('accounts', { name: 'One', ...twin });
    await expect(prepared.client.create('accounts', { name: 'Other', ...twin })).rejects.toThrow();
  });

  it('says how to find the rows that a key fails at, and makes it once they differ', async () => {
    const { client, service } = prepared;
    await prepared.prepare({ parts: ['columns'] });
    const twin = { new_externalsource: 'xcart.main', new_externalid: '7' };
    const [one = ''] = service.insert('contacts', [
      { lastname: 'One', ...twin },
      { lastname: 'Other', ...twin },
    ]);
    service.switches.keyIndexSeconds = 10;
    const items = await prepared.prepare({ parts: ['keys'] });
    const failed = items.filter(({ outcome }) => outcome === 'failed');
    expect(namesOf(failed)).toEqual(['key contact new_externalreference']);
    expect(failed[0]).toMatchObject({ state: 'failed', reason: expect.stringContaining('failed') });
    const path = /GET "([^"]+)"/.exec(failed[0]?.fix ?? '')?.[1] ?? '';
    const { body } = await client.request({ method: 'GET', path: encodeURI(path) });
    expect((body as { value: unknown }).value).toMatchObject([{ ...twin, rows: 2 }]);
    await client.update('contacts', one, { new_externalid: '8' });
    const mended = await prepared.prepare({ parts: ['keys'] });
    expect(mended.find(({ table }) => table === 'contact')).toMatchObject({
      outcome: 'done',
      state: 'present',
    });
    expect(prepared.sent.filter((sent) => sent === 'POST ReactivateEntityKey')).toHaveLength(1);
  });

  it('puts all that it makes into the solution, with the prefix of its publisher', async () => {
    prepared.service.insert('publishers', [
      {
        publisherid: '7b1f9a06-0000-5000-8000-000000000002',
        uniquename: 'contoso',
        friendlyname: 'Contoso',
        customizationprefix: 'cts',
        customizationoptionvalueprefix: 72_700,
      },
    ]);
    prepared.service.insert('solutions', [
      {
        uniquename: 'Commerce',
        friendlyname: 'Commerce',
        version: '1.0.0.0',
        'publisherid@odata.bind': '/publishers(7b1f9a06-0000-5000-8000-000000000002)',
      },
    ]);
    const items = await prepared.prepare({}, { solution: 'Commerce' });
    expect(items.map(({ name }) => name)).toContain('cts_paymenttransaction');
    const components = prepared.service.rows('solutioncomponents') ?? [];
    expect(components).toHaveLength(outcomesOf(items).done ?? 0);
    const status = items.find(({ name }) => name === 'cts_paymentstatus');
    expect(JSON.stringify(status?.body)).toContain('"Value":727000000');
    await expect(prepared.prepare({}, { solution: 'Nobody' })).rejects.toThrow(
      'There is no solution "Nobody"',
    );
  });

  it('refuses a prefix that no publisher can have', async () => {
    for (const prefix of ['x', 'mscrmx', '9ab', 'toolongprefix', 'a_b']) {
      await expect(prepared.prepare({}, { prefix })).rejects.toThrow('Prefix');
    }
    const items = await prepared.prepare({ parts: ['columns'] }, { prefix: 'Cts_' });
    expect(items[0]?.name).toBe('cts_externalsource');
  });
});
