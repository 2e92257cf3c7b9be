import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { startReceiver, type Receiver } from '../../sandbox/test-receiver';
import { fetchToken } from './dynamics-web-api';

/**
 * The requests and answers of Microsoft's own pages on webhooks and change tracking, sent as they stand there, without a
 * client between. Source: Dataverse docs, register-web-hook, use-webhooks and
 * use-change-tracking-synchronize-data-external-systems.
 */

type Json = Record<string, unknown>;

interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

let sandbox: RunningSandbox;
let receiver: Receiver;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date('2017-08-22T08:10:44Z') });
  receiver = await startReceiver();
});

beforeEach(async () => {
  sandbox.reset();
  receiver.received.length = 0;
  token = await fetchToken(sandbox);
});

afterAll(async () => {
  await sandbox.stop();
  await receiver.close();
});

const root = (): string => `${sandbox.dataverse.url}/api/data/v9.0/`;

async function send(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(path.startsWith('http') ? path : root() + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'OData-Version': '4.0',
      'Content-Type': 'application/json',
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : {},
  };
}

const created = async (path: string, body: object): Promise<string> => {
  const { headers } = await send('POST', path, body);
  return headers.get('odata-entityid')?.split('(')[1]?.slice(0, -1) ?? '';
};

const first = async (path: string): Promise<Json> =>
  ((await send('GET', path)).body.value as Json[])[0] ?? {};

async function register(step: object): Promise<{ endpoint: string; step: string }> {
  const endpoint = await created('serviceendpoints', {
    name: 'n8n',
    url: `${receiver.url}/webhook`,
    contract: 8,
    authtype: 4,
    authvalue: '00000000-0000-0000-0000-000000000001',
    messageformat: 2,
  });
  const message = await first("sdkmessages?$select=sdkmessageid&$filter=name eq 'Update'");
  const filter = await first(
    `sdkmessagefilters?$select=sdkmessagefilterid&$filter=primaryobjecttypecode eq 'contact' and _sdkmessageid_value eq ${String(message.sdkmessageid)}`,
  );
  const id = await created('sdkmessageprocessingsteps', {
    name: 'n8n: Update of contact',
    stage: 40,
    mode: 1,
    rank: 1,
    supporteddeployment: 0,
    asyncautodelete: true,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
    'sdkmessageid@odata.bind': `/sdkmessages(${String(message.sdkmessageid)})`,
    'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${String(filter.sdkmessagefilterid)})`,
    ...step,
  });
  return { endpoint, step: id };
}

const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';

describe('webhooks', () => {
  it('deliver the documented example: a contact whose first name changes', async () => {
    sandbox.services.dataverse.switches.deliveryMembers = 'documented';
    const contact = await created('contacts', { firstname: 'Jim', lastname: 'Glynn (sample)' });
    const { step } = await register({ filteringattributes: 'firstname,lastname' });
    const { status } = await send('PATCH', `contacts(${contact})`, { firstname: 'James' });
    expect(status).toBe(204);
    await sandbox.services.dataverse.webhooks.idle();
    const [delivery] = receiver.received;
    const who = (await send('GET', 'WhoAmI')).body;
    const common = {
      BusinessUnitId: who.BusinessUnitId,
      Depth: 1,
      InitiatingUserId: who.UserId,
      IsExecutingOffline: false,
      IsInTransaction: false,
      IsOfflinePlayback: false,
      IsolationMode: 1,
      MessageName: 'Update',
      Mode: 1,
      OrganizationId: who.OrganizationId,
      OutputParameters: [],
      OwningExtension: {
        Id: step,
        KeyAttributes: [],
        LogicalName: 'sdkmessageprocessingstep',
        Name: null,
        RowVersion: null,
      },
      PreEntityImages: [],
      PrimaryEntityId: contact,
      PrimaryEntityName: 'contact',
      RequestId: null,
      SecondaryEntityName: 'none',
      UserId: who.UserId,
    };
    const entity = (Attributes: object[]): object => ({
      Attributes,
      EntityState: null,
      FormattedValues: [],
      Id: contact,
      KeyAttributes: [],
      LogicalName: 'contact',
      RelatedEntities: [],
      RowVersion: null,
    });
    const typed = { __type: `Entity:${CONTRACTS}` };
    const asked = [
      { key: 'firstname', value: 'James' },
      { key: 'contactid', value: contact },
    ];
    const context = JSON.parse(delivery?.text ?? '') as Json;
    expect(context).toMatchObject({
      ...common,
      InputParameters: [
        {
          key: 'Target',
          value: {
            ...typed,
            ...entity([
              ...asked,
              { key: 'fullname', value: 'James Glynn (sample)' },
              { key: 'modifiedon', value: `/Date(${Date.parse('2017-08-22T08:10:44Z')})/` },
              {
                key: 'modifiedby',
                value: {
                  __type: `EntityReference:${CONTRACTS}`,
                  Id: who.UserId,
                  KeyAttributes: [],
                  LogicalName: 'systemuser',
                  Name: null,
                  RowVersion: null,
                },
              },
              { key: 'modifiedonbehalfby', value: null },
            ]),
          },
        },
      ],
      ParentContext: {
        ...common,
        InputParameters: [
          { key: 'Target', value: { ...typed, ...entity(asked) } },
          { key: 'SuppressDuplicateDetection', value: false },
        ],
        ParentContext: null,
        PostEntityImages: [],
        Stage: 30,
      },
      PostEntityImages: [
        {
          key: 'AsynchronousStepPrimaryName',
          value: entity([{ key: 'fullname', value: 'James Glynn (sample)' }, asked[1] as object]),
        },
      ],
      SharedVariables: [],
      Stage: 40,
      OperationCreatedOn: expect.stringMatching(/^\/Date\(\d+-0700\)\/$/),
    });
    expect(delivery?.path).toBe('/webhook?code=00000000-0000-0000-0000-000000000001');
    expect(delivery?.text).toContain(
      '"__type":"Entity:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts"',
    );
    expect(delivery?.headers).toMatchObject({
      'x-ms-dynamics-organization': '127.0.0.1',
      'x-ms-dynamics-entity-name': 'contact',
      'x-ms-dynamics-request-name': 'Update',
      'x-ms-correlation-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('have the documented members alone, where the switch says so', async () => {
    sandbox.services.dataverse.switches.deliveryMembers = 'documented';
    const contact = await created('contacts', { firstname: 'Jim', lastname: 'Glynn (sample)' });
    await register({});
    await send('PATCH', `contacts(${contact})`, { firstname: 'James' });
    await sandbox.services.dataverse.webhooks.idle();
    const context = JSON.parse(receiver.received[0]?.text ?? '') as Json;
    expect(Object.keys(context).join(' ')).toBe(
      'BusinessUnitId CorrelationId Depth InitiatingUserId InputParameters IsExecutingOffline IsInTransaction ' +
        'IsOfflinePlayback IsolationMode MessageName Mode OperationCreatedOn OperationId OrganizationId ' +
        'OrganizationName OutputParameters OwningExtension ParentContext PostEntityImages PreEntityImages ' +
        'PrimaryEntityId PrimaryEntityName RequestId SecondaryEntityName SharedVariables Stage UserId',
    );
  });

  it('are found by the documented queries, as OData and as FetchXML', async () => {
    const { endpoint, step } = await register({ filteringattributes: 'firstname,lastname' });
    const found = await first(
      'serviceendpoints?$filter=contract eq 8&$select= serviceendpointid,name,authtype,url',
    );
    expect(found).toMatchObject({ serviceendpointid: endpoint, name: 'n8n', authtype: 4 });
    // The page has a question mark before the aliases, where OData has an ampersand.
    const steps = await first(
      `serviceendpoints(@id)/serviceendpoint_sdkmessageprocessingstep?$select=sdkmessageprocessingstepid,name,description,asyncautodelete,filteringattributes,mode,stage&@id=${endpoint}`,
    );
    expect(steps).toMatchObject({ sdkmessageprocessingstepid: step, mode: 1, stage: 40 });
    const expanded = await send(
      'GET',
      `sdkmessageprocessingsteps(@id)?$select=name,description,filteringattributes,asyncautodelete,mode,stage&$expand=plugintypeid($select=friendlyname),eventhandler_serviceendpoint($select=name),sdkmessagefilterid($select=primaryobjecttypecode),sdkmessageid($select=name)&@id=${step}`,
    );
    expect(expanded.body).toMatchObject({
      filteringattributes: 'firstname,lastname',
      plugintypeid: null,
      eventhandler_serviceendpoint: { name: 'n8n' },
      sdkmessagefilterid: { primaryobjecttypecode: 'contact' },
      sdkmessageid: { name: 'Update' },
    });
    const fetchXml = `<fetch>
  <entity name="sdkmessageprocessingstep" >
    <attribute name="name" />
    <attribute name="filteringattributes" />
    <attribute name="stage" />
    <attribute name="asyncautodeletename" />
    <attribute name="description" />
    <attribute name="mode" />
    <link-entity name="serviceendpoint" from="serviceendpointid" to="eventhandler" link-type="inner" alias="endpnt" >
      <attribute name="name" />
      <filter>
        <condition attribute="serviceendpointid" operator="eq" value="${endpoint}" />
      </filter>
    </link-entity>
    <link-entity name="sdkmessagefilter" from="sdkmessagefilterid" to="sdkmessagefilterid" link-type="inner" alias="fltr" >
      <attribute name="primaryobjecttypecode" />
    </link-entity>
    <link-entity name="sdkmessage" from="sdkmessageid" to="sdkmessageid" link-type="inner" alias="msg" >
      <attribute name="name" />
    </link-entity>
  </entity>
</fetch>`;
    const fetched = await first(
      `sdkmessageprocessingsteps?fetchXml=${encodeURIComponent(fetchXml)}`,
    );
    expect(fetched).toMatchObject({
      name: 'n8n: Update of contact',
      asyncautodeletename: 'Yes',
      'endpnt.name': 'n8n',
      'fltr.primaryobjecttypecode': 'contact',
      'msg.name': 'Update',
    });
  });

  it('that failed are found by the documented query', async () => {
    const contact = await created('contacts', { firstname: 'Jim', lastname: 'Glynn (sample)' });
    const { step } = await register({});
    receiver.answers.push(500);
    await send('PATCH', `contacts(${contact})`, { firstname: 'James' });
    await sandbox.services.dataverse.webhooks.idle();
    expect(
      await first(
        `asyncoperations?$orderby=completedon desc&$filter=statuscode eq 31 and _owningextensionid_value eq @stepid&$select=name,friendlymessage,errorcode,message,completedon&@stepid=${step}`,
      ),
    ).toMatchObject({ name: 'n8n: Update of contact', errorcode: -2147155455 });
  });
});

describe('change tracking', () => {
  const COLUMNS = 'name,accountnumber,telephone1,fax';
  const TRACK = { Prefer: 'odata.track-changes' };

  it('answers the documented example', async () => {
    const gone = await created('accounts', { name: 'Gone' });
    const start = await send('GET', `accounts?$select=${COLUMNS}`, undefined, TRACK);
    expect(start.status).toBe(200);
    expect(start.headers.get('preference-applied')).toBe('odata.track-changes');
    expect(Object.keys(start.body)).toEqual(['@odata.context', '@odata.deltaLink', 'value']);
    expect(start.body['@odata.context']).toBe(`${root()}$metadata#accounts(${COLUMNS})`);
    const link = String(start.body['@odata.deltaLink']);
    const [address, version] = link.split('&$deltatoken=');
    expect(address).toBe(`${root()}accounts?$select=${COLUMNS}`);
    expect(version).toMatch(/^\d+%2108%2f22%2f2017%2008%3a10%3a44$/);

    const made = await created('accounts', {
      name: 'Monte Orton',
      telephone1: '555000',
      fax: '10101',
    });
    await send('DELETE', `accounts(${gone})`);
    const delta = await send('GET', link);
    expect(delta.headers.get('preference-applied')).toBeNull();
    expect(delta.body).toEqual({
      '@odata.context': `${root()}$metadata#accounts(${COLUMNS})/$delta`,
      '@odata.deltaLink': expect.stringContaining(
        `${root()}accounts?$select=${COLUMNS}&$deltatoken=`,
      ),
      value: [
        {
          '@odata.etag': expect.stringMatching(/^W\/"\d+"$/),
          name: 'Monte Orton',
          accountnumber: null,
          telephone1: '555000',
          fax: '10101',
          accountid: made,
        },
        {
          '@odata.context': `${root()}$metadata#accounts/$deletedEntity`,
          id: gone,
          reason: 'deleted',
        },
      ],
    });
    const counted = await fetch(`${root()}accounts/$count?$deltatoken=${version}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await counted.text()).toBe('2');
  });

  it.each(['$filter=name eq null', '$orderby=name', '$expand=primarycontactid', '$top=1'])(
    'refuses %s in the documented words',
    async (option) => {
      const name = option.split('=')[0] ?? '';
      const refused = await send('GET', `accounts?${option}`, undefined, TRACK);
      expect(refused.body.error).toMatchObject({
        message: `The "${name}" query parameter isn't supported when Change Tracking is enabled.`,
      });
    },
  );

  it('says which tables have it by the documented query', async () => {
    const { body } = await send(
      'GET',
      'EntityDefinitions?$select=SchemaName&$filter=ChangeTrackingEnabled eq true',
    );
    const names = (body.value as Json[]).map(({ SchemaName }) => SchemaName);
    expect(names).toContain('Account');
    expect(names).not.toContain('ServiceEndpoint');
  });
});
