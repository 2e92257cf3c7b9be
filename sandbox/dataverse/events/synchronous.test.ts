import { startReceiver, type Receiver } from '../../test-receiver';
import { text } from '../schema/columns';
import { table } from '../service';
import { BATCH_TYPE, batchBody, testService, type TestService } from '../test-service';
import { contextOf, register, targetAttributes } from './test-hooks';

/** Steps that are called within the request. Source: Dataverse docs, use-webhooks (synchronous webhooks). */

const elastic = table({
  name: 'new_event',
  schemaName: 'new_Event',
  label: 'Event',
  entitySet: 'new_events',
  objectTypeCode: 10_002,
  primaryName: 'new_name',
  custom: true,
  elastic: true,
  columns: [text('new_name', 100, { schemaName: 'new_Name', label: 'Name' })],
});

/** How far the clock has been put forward, in milliseconds. */
let later = 0;
let receiver: Receiver;
let service: TestService;
let ask: TestService['ask'];

beforeAll(async () => {
  receiver = await startReceiver();
  service = testService({ tables: [elastic] }, () => new Date(Date.now() + later));
  ({ ask } = service);
});

beforeEach(() => {
  service.dataverse.reset();
  service.dataverse.switches.webhookRetryMs = 0;
  receiver.received.length = 0;
  receiver.answers.length = 0;
  receiver.onReceived = undefined;
});

afterAll(async () => {
  await service.dataverse.app.close();
  await receiver.close();
});

const on = (table: string, message: string, step: object = {}) =>
  register(ask, { url: receiver.url, table, message, step: { mode: 0, ...step } });

const names = (): unknown[] =>
  (service.dataverse.rows('accounts') ?? []).map(({ name }) => name).sort();

const told = (): unknown[] => receiver.received.map((one) => targetAttributes(contextOf(one)).name);

it('are called before the request is answered, in the order of their rank', async () => {
  await on('account', 'Create', { rank: 2, name: 'second' });
  const { stepId } = await on('account', 'Create', { rank: 1 });
  const answer = await ask('POST', 'accounts', { name: 'Contoso' });
  expect(answer.status).toBe(204);
  const [first, second] = receiver.received.map(contextOf);
  expect(first).toMatchObject({ Mode: 0, IsInTransaction: true, OwningExtension: { Id: stepId } });
  expect(first?.PostEntityImages).toEqual([]);
  expect(first?.RequestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(first?.OperationId).toBe(first?.RequestId);
  expect(second?.RequestId).toBe(first?.RequestId);
  expect(first?.OperationCreatedOn).toMatch(/^\/Date\(\d+\)\/$/);
  const id = /\((.*)\)/.exec(answer.headers['odata-entityid'] ?? '')?.[1];
  expect([first?.PrimaryEntityId, second?.PrimaryEntityId]).toEqual([id, id]);
  expect(first?.CorrelationId).toBe(second?.CorrelationId);
  expect(service.context.counters.snapshot().dataverse.operations['create account']).toBe(1);
  expect(names()).toEqual(['Contoso']);
});

it('are called stage by stage, before the operation without the id that it gives', async () => {
  await on('account', 'Create', { stage: 40, rank: 1 });
  await on('account', 'Create', { stage: 20, rank: 2 });
  await on('account', 'Create', { stage: 10, rank: 3 });
  expect((await ask('POST', 'accounts', { name: 'Contoso' })).status).toBe(204);
  const id = expect.objectContaining({ key: 'id' });
  expect(receiver.received.map(contextOf)).toMatchObject([
    { Stage: 10, OutputParameters: [] },
    { Stage: 20, OutputParameters: [] },
    { Stage: 40, OutputParameters: [id] },
  ]);
});

it('stop the request, and undo it, where the endpoint does not take the event', async () => {
  await on('account', 'Create');
  receiver.answers.push(500);
  expect(await ask('POST', 'accounts', { name: 'Contoso' })).toMatchObject({
    status: 400,
    body: {
      error: { code: '0x80050201', message: expect.stringMatching(/^Endpoint unavailable/) },
    },
  });
  expect(receiver.received).toHaveLength(1);
  expect(names()).toEqual([]);
  expect(service.dataverse.rows('asyncoperations')).toEqual([]);
});

it('are tried once more after 503', async () => {
  await on('account', 'Create');
  receiver.answers.push(503);
  expect((await ask('POST', 'accounts', { name: 'Contoso' })).status).toBe(204);
  expect(receiver.received).toHaveLength(2);
  receiver.answers.push(502, 504);
  expect((await ask('POST', 'accounts', { name: 'Contoso' })).status).toBe(400);
  expect(receiver.received).toHaveLength(4);
});

it('undo a change set as a whole, and what asynchronous steps would have told', async () => {
  await on('account', 'Create');
  await on('account', 'Create', { mode: 1 });
  receiver.answers.push(200, 500);
  const post = (name: string) => ({ request: 'POST /api/data/v9.2/accounts', body: { name } });
  const batch = batchBody([[post('One'), post('Two'), post('Three')]]);
  expect((await ask('POST', '$batch', batch, BATCH_TYPE)).status).toBe(400);
  await service.dataverse.webhooks.idle();
  expect(told()).toEqual(['One', 'Two']);
  expect(names()).toEqual([]);
});

it('are called for each row of a bulk message once', async () => {
  await on('account', 'Create');
  const Targets = ['One', 'Two', 'Three'].map((name) => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.account',
    name,
  }));
  const path = 'accounts/Microsoft.Dynamics.CRM.CreateMultiple';
  expect((await ask('POST', path, { Targets })).status).toBe(200);
  expect(told()).toEqual(['One', 'Two', 'Three']);
  const ids = receiver.received.map((one) => contextOf(one).RequestId);
  expect(new Set(ids).size).toBe(3);
  expect(names()).toEqual(['One', 'Three', 'Two']);
});

it('tell of the row that is written in the end: its number is drawn once', async () => {
  const account = 'b0000000-0000-4000-8000-000000000002';
  const newOrder = (name: string, headers: Record<string, string> = {}) => {
    const customer = { 'customerid_account@odata.bind': `/accounts(${account})` };
    return ask('POST', 'salesorders', { name, ...customer }, headers);
  };
  await ask('POST', 'accounts', { accountid: account, name: 'Contoso' });
  await on('salesorder', 'Create', { rank: 1 });
  await on('salesorder', 'Create', { rank: 2 });
  receiver.onReceived = async () => {
    await newOrder('Other', { 'mscrm.bypasscustompluginexecution': 'true' });
  };
  expect((await newOrder('Web 1001')).status).toBe(204);
  const orders = service.dataverse.rows('salesorders') ?? [];
  const order = orders.find(({ name }) => name === 'Web 1001');
  expect(receiver.received).toHaveLength(2);
  for (const one of receiver.received) {
    expect(targetAttributes(contextOf(one)).ordernumber).toBe(order?.ordernumber);
  }
});

it('are asked anew where another request has changed what this one does', async () => {
  const path = 'accounts(b0000000-0000-4000-8000-000000000003)';
  const { stepId: creating } = await on('account', 'Create');
  const { stepId: changing } = await on('account', 'Update');
  receiver.answers.push(200, 200, 500);
  const [one, other] = await Promise.all([
    ask('PATCH', path, { name: 'One' }),
    ask('PATCH', path, { name: 'Other' }),
  ]);
  expect([one.status, other.status].sort()).toEqual([204, 400]);
  const called = receiver.received.map((delivery) => {
    const { MessageName, OwningExtension } = contextOf(delivery);
    return [MessageName, (OwningExtension as { Id: string }).Id];
  });
  expect(called).toEqual([
    ['Create', creating],
    ['Create', creating],
    ['Update', changing],
  ]);
});

it('are called for each row of a bulk message of an elastic table, which no transaction holds', async () => {
  await on('new_event', 'Create');
  const Targets = ['One', 'Two', 'Three'].map((new_name) => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.new_event',
    new_name,
  }));
  const path = 'new_events/Microsoft.Dynamics.CRM.CreateMultiple';
  receiver.answers.push(200, 500);
  expect((await ask('POST', path, { Targets })).status).toBe(400);
  expect(receiver.received.map((one) => targetAttributes(contextOf(one)).new_name)).toEqual([
    'One',
    'Two',
    'Three',
  ]);
  const rows = (service.dataverse.rows('new_events') ?? []).map(({ new_name }) => new_name);
  expect(rows).toEqual(['One', 'Three']);
});

it('let other requests be answered meanwhile', async () => {
  await on('account', 'Create');
  let read: unknown[] = ['not read'];
  const waiting = ask('POST', 'accounts', { name: 'Slow' });
  receiver.onReceived = async () => {
    const { body } = await ask('GET', 'accounts?$select=name');
    read = body.value as unknown[];
  };
  expect((await waiting).status).toBe(204);
  expect(read).toEqual([]);
  expect(names()).toEqual(['Slow']);
});

it('are passed over for who asks so, and never stop what is done outside of HTTP', async () => {
  await on('account', 'Create');
  receiver.answers.push(500);
  await ask('POST', 'accounts', { name: 'x' }, { 'mscrm.bypasscustompluginexecution': 'true' });
  expect(receiver.received).toHaveLength(0);
  service.dataverse.insert('accounts', [{ name: 'y' }]);
  await service.dataverse.webhooks.idle();
  expect(told()).toEqual(['y']);
  expect(names()).toEqual(['x', 'y']);
});

it('leave an upload in pieces as it was until the row takes it, at the time it began', async () => {
  await ask('POST', 'accounts', { name: 'x' });
  const [row] = service.dataverse.rows('accounts') ?? [];
  const path = `accounts(${String(row?.accountid)})/entityimage`;
  await on('account', 'Update');
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const begun = await ask('PATCH', path, undefined, {
    'x-ms-transfer-mode': 'chunked',
    'x-ms-file-name': 'pixel.png',
  });
  receiver.onReceived = () => {
    later += 60_000;
    return Promise.resolve();
  };
  const location = begun.headers.location?.split('/api/data/v9.2/')[1] ?? '';
  const sent = await ask('PATCH', location, pixel, {
    'content-type': 'application/octet-stream',
    'content-range': `bytes 0-${pixel.length - 1}/${pixel.length}`,
    'x-ms-file-name': 'pixel.png',
  });
  expect(sent.status).toBe(204);
  const [told, ...others] = receiver.received.map(contextOf).map(targetAttributes);
  expect(others).toEqual([]);
  const [stored] = service.dataverse.rows('accounts') ?? [];
  expect(told?.entityimage_timestamp).toBe(stored?.entityimage_timestamp);
});
