import { startReceiver, type Receiver } from '../../test-receiver';
import { testService, type TestService } from '../test-service';
import { contextOf, register } from './test-hooks';

/** How an endpoint is called, and what is kept of calls that fail. Source: Dataverse docs, use-webhooks. */

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
  service.context.faults.clear();
  service.dataverse.switches.webhookRetryMs = 0;
  receiver.received.length = 0;
  receiver.answers.length = 0;
  receiver.onReceived = undefined;
});

afterAll(async () => {
  await service.dataverse.app.close();
  await receiver.close();
});

const on = (given: object = {}) =>
  register(ask, { url: `${receiver.url}/hook`, table: 'account', message: 'Create', ...given });

const idle = (): Promise<void> => service.dataverse.webhooks.idle();

const newAccount = async (): Promise<void> => {
  await ask('POST', 'accounts', { name: 'Contoso' });
  await idle();
};

async function failedJobs(stepId: string): Promise<Array<Record<string, unknown>>> {
  const { body } = await ask(
    'GET',
    `asyncoperations?$orderby=completedon desc&$filter=statuscode eq 31 and _owningextensionid_value eq @stepid&$select=name,friendlymessage,errorcode,message,completedon&@stepid=${stepId}`,
  );
  return body.value as Array<Record<string, unknown>>;
}

it.each([502, 503, 504])('after %i there is one more try', async (status) => {
  const { stepId } = await on();
  receiver.answers.push(status);
  await newAccount();
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[0]?.text).toBe(receiver.received[1]?.text);
  expect(await failedJobs(stepId)).toEqual([]);
  receiver.answers.push(status, status, status);
  await newAccount();
  expect(receiver.received).toHaveLength(4);
  expect(await failedJobs(stepId)).toHaveLength(1);
});

it.each([301, 400, 401, 404, 408, 429, 500])(
  'after %i there is none, and a failed job',
  async (status) => {
    const { stepId } = await on();
    receiver.answers.push(status);
    await newAccount();
    expect(receiver.received).toHaveLength(1);
    expect(await failedJobs(stepId)).toMatchObject([
      {
        name: 'n8n: Create of account',
        errorcode: 0x80050201 | 0,
        message: expect.stringContaining(String(status)),
        friendlymessage: expect.any(String),
        completedon: expect.any(String),
      },
    ]);
    const [delivery] = receiver.received;
    const [job] = service.dataverse.rows('asyncoperations') ?? [];
    expect(job).toMatchObject({
      asyncoperationid: delivery && contextOf(delivery).OperationId,
      statecode: 3,
    });
  },
);

it('an endpoint that does not answer in time has failed', async () => {
  service.dataverse.switches.webhookTimeoutMs = 30;
  let answer = (): void => undefined;
  receiver.onReceived = () => new Promise((resolve) => (answer = resolve));
  const { stepId } = await on();
  await newAccount();
  answer();
  expect(await failedJobs(stepId)).toMatchObject([{ errorcode: 0x80050202 | 0 }]);
  expect(receiver.received).toHaveLength(1);
});

it('nobody at the address is a failure too', async () => {
  const { stepId } = await on({ url: 'http://127.0.0.1:9/hook' });
  await newAccount();
  expect(await failedJobs(stepId)).toMatchObject([{ errorcode: 0x80050205 | 0 }]);
});

it('jobs that succeed are kept unless the step deletes them', async () => {
  await on();
  await newAccount();
  expect(service.dataverse.rows('asyncoperations')).toEqual([]);
  await on({ step: { asyncautodelete: false } });
  await newAccount();
  expect(service.dataverse.rows('asyncoperations')).toMatchObject([
    { statecode: 3, statuscode: 30, errorcode: null },
  ]);
});

const SETTINGS =
  '<settings><setting name="x-secret" value="a&amp;b" /><setting name="Second" value="2"/></settings>';

it('the secret goes in headers or in the query, by the kind of authentication', async () => {
  const headers = await on({ endpoint: { authtype: 5, authvalue: SETTINGS } });
  await newAccount();
  expect(receiver.received[0]).toMatchObject({
    path: '/hook',
    headers: { 'x-secret': 'a&b', second: '2' },
  });
  await ask('DELETE', `sdkmessageprocessingsteps(${headers.stepId})`);
  await on({ endpoint: { authtype: 6, authvalue: SETTINGS } });
  await newAccount();
  expect(receiver.received[1]?.path).toBe('/hook?x-secret=a%26b&Second=2');
});

it.each([
  "<settings><setting name='x-secret' value='a&#38;b'></setting></settings>",
  '<?xml version="1.0"?>\n<settings>\n<!-- of n8n -->\n<setting\n value="a&amp;b" name="x-secret"/>\n</settings>\n',
])('reads the secret of any XML that says the same: %j', async (authvalue) => {
  await on({ endpoint: { authtype: 5, authvalue } });
  await newAccount();
  expect(receiver.received[0]?.headers).toMatchObject({ 'x-secret': 'a&b' });
});

it.each([
  [5, 'plain', 0x80050203],
  [5, '<settings>text<setting name="a" value="x"/></settings>', 0x80050203],
  [5, '<settings><setting name="a" value="x"></settings>', 0x80050203],
  [5, '<settings><other name="a" value="x"/></settings>', 0x80050203],
  [5, '<settings><setting name="no spaces" value="x"/></settings>', 0x80050203],
  [6, '<settings><setting name="x"/></settings>', 0x80050204],
])(
  'of the kind %i the value %j fails before anything is sent',
  async (authtype, authvalue, code) => {
    const { stepId } = await on({ endpoint: { authtype, authvalue } });
    await newAccount();
    expect(receiver.received).toHaveLength(0);
    expect(await failedJobs(stepId)).toMatchObject([{ errorcode: code | 0 }]);
  },
);

it('the faults lose, double and shuffle deliveries by their seed, and a loss leaves no job', async () => {
  await on({ step: { asyncautodelete: false } });
  service.context.faults.configure({ webhooks: { lose: 1 } });
  await newAccount();
  service.context.faults.configure({ webhooks: { duplicate: 1, shuffle: true } });
  await newAccount();
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[0]?.text).toBe(receiver.received[1]?.text);
  expect(service.dataverse.webhooks.deliveries().map(({ status }) => status)).toEqual([
    'lost',
    'delivered',
    'delivered',
  ]);
  expect(service.dataverse.rows('asyncoperations')).toHaveLength(1);
});

it('a job whose step is deleted meanwhile stays, without the link to it', async () => {
  const { stepId } = await on();
  receiver.answers.push(500);
  receiver.onReceived = async () => {
    await ask('DELETE', `sdkmessageprocessingsteps(${stepId})`);
  };
  await newAccount();
  expect(service.dataverse.rows('asyncoperations')).toMatchObject([
    { name: 'n8n: Create of account', statuscode: 31, _owningextensionid_value: null },
  ]);
});

it('a step for every table is not called for the jobs of the service itself', async () => {
  const { stepId } = await on();
  await ask('PATCH', `sdkmessageprocessingsteps(${stepId})`, {
    'sdkmessagefilterid@odata.bind': null,
  });
  receiver.answers.push(500);
  await newAccount();
  expect(receiver.received).toHaveLength(1);
  expect(await failedJobs(stepId)).toHaveLength(1);
});

it('what is on its way when everything begins anew ends in nothing', async () => {
  await on({ step: { asyncautodelete: false } });
  service.context.faults.configure({ webhooks: { delayMs: 3_600_000 } });
  await ask('POST', 'accounts', { name: 'Contoso' });
  service.dataverse.reset();
  await idle();
  expect(service.dataverse.rows('asyncoperations')).toEqual([]);
  expect(receiver.received).toHaveLength(0);
});

it('tells who looks where deliveries go', async () => {
  const { stepId, endpointId } = await on({ step: { filteringattributes: 'name, telephone1' } });
  expect(service.dataverse.hooks()).toEqual([
    {
      stepId,
      endpointId,
      url: `${receiver.url}/hook`,
      message: 'Create',
      table: 'account',
      filteringAttributes: ['name', 'telephone1'],
      enabled: true,
    },
  ]);
});
