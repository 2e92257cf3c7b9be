import type { DynamicsWebApi } from 'dynamics-web-api';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type Receiver, startReceiver } from '../../sandbox/test-receiver';
import { failureOf, independentClient, type Json } from './dynamics-web-api';

/** Background operations as the independent client begins, follows and cancels them. */

let sandbox: RunningSandbox;
let api: DynamicsWebApi;
let receiver: Receiver;

beforeAll(async () => {
  [sandbox, receiver] = await Promise.all([startSandbox(), startReceiver()]);
  api = independentClient(sandbox);
});
beforeEach(() => {
  sandbox.reset();
  receiver.received.length = 0;
  sandbox.services.dataverse.insert('accounts', [{ name: 'Contoso' }]);
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.close();
});

interface Begun {
  backgroundOperationId: string;
  location: string;
}

const begin = (extra: Json = {}): Promise<Begun> =>
  api.callAction<Begun>({
    actionName: 'searchquery',
    action: { search: 'contoso' },
    respondAsync: true,
    ...extra,
  });

const ended = () => sandbox.services.dataverse.background.idle();

it('begins an operation and reads how it ended', async () => {
  const { backgroundOperationId: id, location } = await begin();
  expect(location).toBe(`${sandbox.dataverse.url}/api/backgroundoperation/${id}`);
  await ended();
  expect(await api.getBackgroundOperationStatus(id)).toMatchObject({
    backgroundOperationStateCode: 3,
    backgroundOperationStatusCode: 30,
    response: expect.stringContaining('Contoso'),
  });
  const { value } = await api.retrieveMultiple<Json>({
    collection: 'backgroundoperations',
    select: ['name', 'backgroundoperationstatuscode'],
    includeAnnotations: 'OData.Community.Display.V1.FormattedValue',
  });
  expect(value).toMatchObject([
    { name: 'searchquery', backgroundoperationstatuscode_Formatted: 'Succeeded' },
  ]);
});

it('is told of the end at the address that it gives', async () => {
  const { backgroundOperationId: id } = await begin({
    backgroundOperationCallbackUrl: `${receiver.url}/done`,
  });
  await ended();
  expect(receiver.received.map(({ text }) => JSON.parse(text) as Json)).toMatchObject([
    { backgroundOperationId: id, backgroundOperationStatusCode: 30 },
  ]);
});

it('cancels an operation that waits, and none that has ended', async () => {
  sandbox.services.dataverse.switches.backgroundDelayMs = 3_600_000;
  const { backgroundOperationId: id } = await begin();
  expect(await api.cancelBackgroundOperation(id)).toMatchObject({
    backgroundOperationStateCode: 2,
    backgroundOperationStatusCode: 22,
  });
  await ended();
  expect(await api.getBackgroundOperationStatus(id)).toMatchObject({
    backgroundOperationStatusCode: 32,
  });
  expect(await failureOf(api.cancelBackgroundOperation(id))).toMatchObject({ status: 400 });
});
