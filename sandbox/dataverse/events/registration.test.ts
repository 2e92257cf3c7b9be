import { testService, type TestService } from '../test-service';
import { addImage, filterId, made, messageId, newEndpoint, register } from './test-hooks';

/** Endpoints, steps and images as rows. Source: Dataverse docs, register-web-hook. */

const URL_ = 'https://n8n.example/webhook/1';

let service: TestService;
let ask: TestService['ask'];

beforeAll(() => {
  service = testService();
  ({ ask } = service);
});

beforeEach(() => service.dataverse.reset());

afterAll(() => service.dataverse.app.close());

const valueOf = async (path: string): Promise<Array<Record<string, unknown>>> =>
  (await ask('GET', path)).body.value as Array<Record<string, unknown>>;

it('keeps the secret of an endpoint and says only that there is one', async () => {
  const id = await newEndpoint(ask, URL_);
  const row = (await ask('GET', `serviceendpoints(${id})`)).body;
  expect(row).toMatchObject({ name: 'n8n', url: URL_, contract: 8, isauthvalueset: true });
  expect(row).not.toHaveProperty('authvalue');
  expect(JSON.stringify(service.dataverse.rows('serviceendpoints'))).not.toContain('the-secret');
  expect(await valueOf("serviceendpoints?$filter=authvalue eq 'the-secret'")).toEqual([]);
  await ask('PATCH', `serviceendpoints(${id})`, { authvalue: null });
  expect((await ask('GET', `serviceendpoints(${id})`)).body.isauthvalueset).toBe(false);
  const metadata = await ask(
    'GET',
    "EntityDefinitions(LogicalName='serviceendpoint')/Attributes?$select=LogicalName,IsValidForRead&$filter=LogicalName eq 'authvalue'",
  );
  expect(metadata.body.value).toMatchObject([{ IsValidForRead: false }]);
});

it.each([
  ['http://n8n.example/webhook', 400],
  ['ftp://n8n.example/webhook', 400],
  ['nowhere', 400],
  ['http://127.0.0.1:5678/webhook', 204],
  ['http://localhost:5678/webhook', 204],
  ['http://127.8.9.10:5678/webhook', 204],
  ['http://[::1]:5678/webhook', 204],
  ['http://192.168.1.20:5678/webhook', 204],
  ['http://172.32.0.1:5678/webhook', 400],
  ['http://[fd00::7]/webhook', 204],
  ['http://[2001:db8::7]/webhook', 400],
  ['http://n8n:5678/webhook', 204],
  ['http://host.docker.internal:5678/webhook', 204],
  ['https://n8n.example/webhook', 204],
])('of the address %s answers %i', async (url, status) => {
  const body = { name: 'n8n', url, contract: 8, authtype: 4, authvalue: 's' };
  expect((await ask('POST', 'serviceendpoints', body)).status).toBe(status);
});

it('takes any address by a switch', async () => {
  service.dataverse.switches.webhookAddress = 'any';
  expect(await newEndpoint(ask, 'http://n8n.example/webhook')).not.toBe('');
  await expect(newEndpoint(ask, 'ftp://n8n.example/webhook')).rejects.toThrow("'url'");
});

it.each(['name', 'contract'])('needs the column %s of an endpoint', async (column) => {
  const body = { name: 'n8n', url: URL_, contract: 8, [column]: undefined };
  const { status, text } = await ask('POST', 'serviceendpoints', body);
  expect(status).toBe(400);
  expect(text).toContain(`'${column}'`);
});

it('fills rank and deployment of a step that has none', async () => {
  const step = { rank: undefined, supporteddeployment: undefined };
  const { stepId } = await register(ask, { url: URL_, table: 'salesorder', step });
  const path = `sdkmessageprocessingsteps(${stepId})`;
  expect((await ask('GET', path)).body).toMatchObject({ rank: 1, supporteddeployment: 0 });
  expect(await ask('PATCH', path, { rank: null })).toMatchObject({ status: 400 });
});

it.each(['name', 'stage', 'mode', 'rank', 'supporteddeployment'])(
  'needs the column %s of a step, rank and deployment by a switch',
  async (column) => {
    service.dataverse.switches.stepDefaults = 'require';
    const step = { [column]: undefined };
    await expect(register(ask, { url: URL_, table: 'salesorder', step })).rejects.toThrow(
      `'${column}'`,
    );
  },
);

it.each([
  ['stage', { stage: 30 }],
  ['stage', { stage: 20 }],
  ['filteringattributes', { filteringattributes: 'statecode,nothing' }],
])('refuses a step by its %s: %j', async (column, step) => {
  await expect(register(ask, { url: URL_, table: 'salesorder', step })).rejects.toThrow(
    `'${column}'`,
  );
});

it('refuses navigation properties in capitals, and the filter of another message', async () => {
  const endpoint = await newEndpoint(ask, URL_);
  const [update, create] = [await messageId(ask, 'Update'), await messageId(ask, 'Create')];
  const step = {
    name: 'n8n',
    stage: 40,
    mode: 1,
    rank: 1,
    supporteddeployment: 0,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
    'sdkmessageid@odata.bind': `/sdkmessages(${update})`,
  };
  const pascal = { ...step, 'SdkMessageFilterId@odata.bind': '/sdkmessagefilters(x)' };
  expect((await ask('POST', 'sdkmessageprocessingsteps', pascal)).status).toBe(400);
  const filter = await filterId(ask, 'salesorder', create);
  const crossed = { ...step, 'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filter})` };
  const refused = await ask('POST', 'sdkmessageprocessingsteps', crossed);
  expect(refused.text).toContain("'sdkmessagefilterid'");
  expect(await made(ask, 'sdkmessageprocessingsteps', step)).not.toBe('');
});

it('finds the steps of an endpoint, and lets it go only after them', async () => {
  const { endpointId, stepId } = await register(ask, { url: URL_, table: 'salesorder' });
  await addImage(ask, stepId, { attributes: 'statecode,totalamount' });
  const steps = await valueOf(
    `serviceendpoints(${endpointId})/serviceendpoint_sdkmessageprocessingstep?$select=name,mode,stage&$expand=sdkmessageid($select=name),sdkmessagefilterid($select=primaryobjecttypecode)`,
  );
  expect(steps).toMatchObject([
    {
      name: 'n8n: Update of salesorder',
      mode: 1,
      stage: 40,
      sdkmessageid: { name: 'Update' },
      sdkmessagefilterid: { primaryobjecttypecode: 'salesorder' },
    },
  ]);
  expect(await valueOf('serviceendpoints?$filter=contract eq 8&$select=name,url')).toHaveLength(1);
  expect(await ask('DELETE', `serviceendpoints(${endpointId})`)).toMatchObject({
    status: 405,
    body: { error: { code: '0x80040227' } },
  });
  expect((await ask('DELETE', `sdkmessageprocessingsteps(${stepId})`)).status).toBe(204);
  expect(await valueOf('sdkmessageprocessingstepimages')).toEqual([]);
  expect((await ask('DELETE', `serviceendpoints(${endpointId})`)).status).toBe(204);
});

it.each([
  ['Create', { messagepropertyname: 'Target', imagetype: 1 }, 'messagepropertyname'],
  ['Create', { messagepropertyname: 'Id', imagetype: 0 }, 'imagetype'],
  ['Delete', { messagepropertyname: 'Target', imagetype: 1 }, 'imagetype'],
  ['Update', { messagepropertyname: 'Id' }, 'messagepropertyname'],
  ['Update', { entityalias: undefined }, 'entityalias'],
])('refuses of %s the image %j', async (message, image, column) => {
  const { stepId } = await register(ask, { url: URL_, table: 'salesorder', message });
  await expect(addImage(ask, stepId, image)).rejects.toThrow(`'${column}'`);
});

it('takes the image of a new row by the name that a switch says', async () => {
  const { stepId } = await register(ask, { url: URL_, table: 'salesorder', message: 'Create' });
  const image = { imagetype: 1, messagepropertyname: 'Target' };
  await expect(addImage(ask, stepId, image)).rejects.toThrow("'messagepropertyname'");
  service.dataverse.switches.createImageProperty = 'both';
  expect(await addImage(ask, stepId, image)).not.toBe('');
  service.dataverse.switches.createImageProperty = 'Target';
  const byId = { ...image, messagepropertyname: 'Id' };
  await expect(addImage(ask, stepId, byId)).rejects.toThrow("'messagepropertyname'");
});

it('keeps what the public reference has beside, and never shows a key of the endpoint', async () => {
  const secrets = { saskeyname: 'Root', saskey: 'the-key', sastoken: 'the-token' };
  const id = await newEndpoint(ask, URL_, secrets);
  const { body, text } = await ask('GET', `serviceendpoints(${id})`);
  expect(body).toMatchObject({ saskeyname: 'Root', ismanaged: false, _organizationid_value: null });
  expect(text).not.toMatch(/the-key|the-token/);
  const { stepId } = await register(ask, {
    url: URL_,
    table: 'salesorder',
    step: { category: 'CustomAPI' },
  });
  expect((await ask('GET', `sdkmessageprocessingsteps(${stepId})`)).body).toMatchObject({
    category: 'CustomAPI',
    invocationsource: null,
    _plugintypeid_value: null,
    statecode: 0,
    statuscode: 1,
  });
  expect(await valueOf('plugintypes')).toEqual([]);
});

it('says that steps of messages of many rows are not served', async () => {
  const registered = register(ask, { url: URL_, table: 'salesorder', message: 'UpdateMultiple' });
  await expect(registered).rejects.toThrow('501');
});

it('has a filter of each message for every table but its own', async () => {
  for (const name of ['Create', 'Update', 'Delete']) {
    const message = await messageId(ask, name);
    expect(await filterId(ask, 'salesorder', message)).not.toBe('');
    expect(await filterId(ask, 'serviceendpoint', message)).toBe('');
  }
});
