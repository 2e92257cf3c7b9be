import { startReceiver, type Receiver } from '../../test-receiver';
import { testService, type TestService } from '../test-service';

let service: TestService;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.received.length = 0;
  service = testService();
  const { switches } = service.dataverse;
  switches.searchLimits = { perSecond: 1000, perMinute: 10_000 };
  switches.backgroundRetryMs = 1;
  service.dataverse.insert('accounts', [{ name: 'Contoso' }]);
});

afterEach(() => service.dataverse.app.close());
afterAll(() => receiver.close());

const ASYNC = { prefer: 'respond-async' };
const WAITS_LONG = 3_600_000;

async function begun(body: object, prefer = ASYNC.prefer, path = 'searchquery') {
  const answer = await service.ask('POST', path, body, { prefer });
  expect(answer.status).toBe(202);
  const id = String(answer.headers['x-ms-dyn-backgroundoperationid']);
  const location = `/api/backgroundoperation/${id}`;
  expect(answer.headers.location).toBe(`http://sandbox.example${location}`);
  return { id, location, answer };
}

const rowOf = async (id: string): Promise<unknown> =>
  (await service.ask('GET', `backgroundoperations(${id})`)).body;

test('is accepted, worked on, and told of by the monitor and the row', async () => {
  const { id, location, answer } = await begun({ search: 'contoso', top: 5 });
  expect([answer.text, answer.headers['preference-applied']]).toEqual(['', 'respond-async']);
  await service.dataverse.background.idle();
  const { body } = await service.ask('GET', location);
  expect(body).toEqual({
    backgroundOperationStateCode: 3,
    backgroundOperationStatusCode: 30,
    response: expect.stringContaining('{crmhit}Contoso{/crmhit}'),
  });
  expect(await rowOf(id)).toMatchObject({
    name: 'searchquery',
    backgroundoperationstatecode: 3,
    backgroundoperationstatuscode: 30,
    inputparameters: '[{"Key":"search","Value":"contoso"},{"Key":"top","Value":5}]',
    outputparameters: expect.stringContaining('"Key":"response"'),
    retrycount: 0,
    errorcode: null,
    ttlinseconds: 7_776_000,
  });
});

test('an error is tried three times more and kept with its code', async () => {
  const { id, location } = await begun({ search: 'x'.repeat(101) });
  await service.dataverse.background.idle();
  const { body } = await service.ask('GET', location);
  expect(body).toEqual({
    backgroundOperationStateCode: 3,
    backgroundOperationStatusCode: 31,
    backgroundOperationErrorCode: -2147220989,
    backgroundOperationErrorMessage: expect.stringContaining("'search'"),
  });
  expect(await rowOf(id)).toMatchObject({ retrycount: 3, errorcode: -2147220989 });
});

test('the end of it is posted to the address that asked for that', async () => {
  const url = `${receiver.url}/done`;
  const prefer = `respond-async,odata.callback;url="${url}"`;
  const { id, answer } = await begun({ search: 'contoso' }, prefer);
  const location = `http://sandbox.example/api/backgroundoperation/${id}`;
  expect(answer.headers['preference-applied']).toBe('callback');
  expect(JSON.parse(answer.text)).toEqual({ backgroundOperationId: id, location });
  await service.dataverse.background.idle();
  expect(receiver.received.map(({ path, text }) => [path, JSON.parse(text) as unknown])).toEqual([
    [
      '/done',
      {
        location,
        backgroundOperationId: id,
        backgroundOperationStateCode: 3,
        backgroundOperationStatusCode: 30,
      },
    ],
  ]);
});

describe('one that waits for its turn', () => {
  beforeEach(() => {
    service.dataverse.switches.backgroundDelayMs = WAITS_LONG;
  });

  test('is ready, and canceled by its monitor or its row', async () => {
    const first = await begun({ search: 'contoso' });
    expect((await service.ask('GET', first.location)).body).toEqual({
      backgroundOperationStateCode: 0,
      backgroundOperationStatusCode: 0,
    });
    const canceled = await service.ask('DELETE', first.location);
    expect([canceled.status, canceled.body]).toEqual([
      200,
      { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 },
    ]);
    const second = await begun({ search: 'contoso' });
    const path = `backgroundoperations(${second.id})`;
    const change = (state: number, status: number) =>
      service.ask('PATCH', path, {
        backgroundoperationstatecode: state,
        backgroundoperationstatuscode: status,
      });
    expect((await change(3, 30)).status).toBe(400);
    expect((await change(2, 22)).status).toBe(204);
    await service.dataverse.background.idle();
    for (const { id } of [first, second]) {
      expect(await rowOf(id)).toMatchObject({ backgroundoperationstatuscode: 32 });
    }
  });

  test('is nothing any more after a reset', async () => {
    const { location } = await begun({ search: 'contoso' });
    service.dataverse.reset();
    await service.dataverse.background.idle();
    expect(await service.ask('GET', location)).toMatchObject({
      status: 404,
      body: { error: { code: '0x80048d02' } },
    });
  });
});

test('what is canceled before its turn is never done', async () => {
  service.dataverse.switches.backgroundDelayMs = WAITS_LONG;
  const { id, location } = await begun({ search: 'contoso' });
  await service.ask('DELETE', location);
  await service.dataverse.background.idle();
  expect(await rowOf(id)).toMatchObject({
    backgroundoperationstatecode: 3,
    backgroundoperationstatuscode: 32,
    outputparameters: null,
  });
  const again = await service.ask('DELETE', location);
  expect(again).toMatchObject({
    status: 400,
    body: {
      error: {
        message: 'Canceling background operation is not allowed after it is in terminal state.',
      },
    },
  });
});

test('what is no custom API is answered at once, unless the switch lets all run so', async () => {
  const at = await service.ask('POST', 'PublishAllXml', {}, ASYNC);
  expect(at.status).toBe(204);
  service.dataverse.switches.respondAsync = 'all operations';
  const { location } = await begun({}, ASYNC.prefer, 'PublishAllXml');
  await service.dataverse.background.idle();
  expect((await service.ask('GET', location)).body).toMatchObject({
    backgroundOperationStatusCode: 30,
  });
  const rows = await service.ask('GET', 'accounts', undefined, ASYNC);
  expect(rows.status).toBe(200);
});

test('its rights are asked for at once', async () => {
  service.dataverse.switches.privileges = 'roles';
  const answer = await service.ask('POST', 'searchquery', { search: 'a' }, ASYNC);
  expect([answer.status, answer.text]).toEqual([
    403,
    expect.stringContaining('prvReadbackgroundoperation'),
  ]);
});

test('a row of it is made by no client', async () => {
  expect(await service.ask('POST', 'backgroundoperations', {})).toMatchObject({ status: 400 });
});
