import { startReceiver, type Receiver } from '../../test-receiver';
import { BATCH_TYPE, batchBody, testService, type TestService } from '../test-service';
import { contextOf, register, targetAttributes } from './test-hooks';

/** Steps that are called within the request. Source: Dataverse docs, use-webhooks (synchronous webhooks). */

let receiver: Receiver;
let service: TestService;
let ask: TestService['ask'];

beforeAll(async () => {
  receiver = await startReceiver();
  service = testService();
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
  const id = /\((.*)\)/.exec(answer.headers['odata-entityid'] ?? '')?.[1];
  expect([first?.PrimaryEntityId, second?.PrimaryEntityId]).toEqual([id, id]);
  expect(first?.CorrelationId).toBe(second?.CorrelationId);
  expect(service.context.counters.snapshot().dataverse.operations['create account']).toBe(1);
  expect(names()).toEqual(['Contoso']);
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
  expect(names()).toEqual(['One', 'Three', 'Two']);
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

it('leave an upload in pieces as it was until the row takes it', async () => {
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
  const location = begun.headers.location?.split('/api/data/v9.2/')[1] ?? '';
  const sent = await ask('PATCH', location, pixel, {
    'content-type': 'application/octet-stream',
    'content-range': `bytes 0-${pixel.length - 1}/${pixel.length}`,
    'x-ms-file-name': 'pixel.png',
  });
  expect(sent.status).toBe(204);
  expect(receiver.received).toHaveLength(1);
});
