import { SYSTEM_IDS } from '../seed';
import { BATCH_TYPE, batchBody, testService, type TestService } from '../test-service';

const DELEGATE = 'd0000000-0000-4000-8000-000000000001';
const DELEGATE_OBJECT = 'd0000000-0000-4000-8000-0000000000aa';

let service: TestService;

beforeAll(() => {
  service = testService();
});

beforeEach(() => {
  service.context.faults.clear();
  service.dataverse.reset();
  service.dataverse.insert('systemusers', [
    {
      systemuserid: DELEGATE,
      azureactivedirectoryobjectid: DELEGATE_OBJECT,
      lastname: 'Delegate',
      'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
    },
  ]);
});

afterAll(() => service.dataverse.app.close());

const accounts = (): readonly unknown[] => service.dataverse.rows('accounts') ?? [];

describe('impersonation', () => {
  const shown = { prefer: 'return=representation' };
  const path =
    'accounts?$select=_ownerid_value,_createdby_value,_createdonbehalfby_value,_modifiedonbehalfby_value';

  it.each([
    ['CallerObjectId', DELEGATE_OBJECT],
    ['MSCRMCallerID', DELEGATE],
  ])('acts as the user of %s and keeps the caller behind it', async (header, value) => {
    const made = await service.ask('POST', path, { name: 'A' }, { ...shown, [header]: value });
    expect(made.body).toMatchObject({
      _ownerid_value: DELEGATE,
      _createdby_value: DELEGATE,
      _createdonbehalfby_value: SYSTEM_IDS.applicationUser,
      _modifiedonbehalfby_value: SYSTEM_IDS.applicationUser,
    });
    const { body } = await service.ask('GET', 'WhoAmI', undefined, { [header]: value });
    expect(body.UserId).toBe(DELEGATE);
  });

  it('leaves the delegate columns empty without it', async () => {
    const { body } = await service.ask('POST', path, { name: 'A' }, shown);
    expect(body).toMatchObject({ _createdonbehalfby_value: null, _modifiedonbehalfby_value: null });
  });

  it('holds for the whole batch', async () => {
    const body = batchBody([[{ request: 'POST /api/data/v9.2/accounts', body: { name: 'A' } }]]);
    await service.ask('POST', '$batch', body, { ...BATCH_TYPE, MSCRMCallerID: DELEGATE });
    expect(accounts()).toMatchObject([{ _createdby_value: DELEGATE }]);
  });

  it('refuses an unknown user, and everybody without the privilege', async () => {
    const ask = (id: string) => service.ask('GET', 'WhoAmI', undefined, { MSCRMCallerID: id });
    expect(await ask('d0000000-0000-4000-8000-0000000000ff')).toMatchObject({ status: 404 });
    service.dataverse.switches.mayImpersonate = false;
    expect(await ask(DELEGATE)).toMatchObject({
      status: 403,
      body: {
        error: { code: '0x80040220', message: expect.stringContaining('prvActOnBehalfOfAnother') },
      },
    });
  });
});

describe('duplicate detection', () => {
  const on = { 'MSCRM.SuppressDuplicateDetection': 'false' };

  it('is off by default and answers 412 when asked for', async () => {
    await service.ask('POST', 'accounts', { name: 'Contoso' });
    expect((await service.ask('POST', 'accounts', { name: 'Contoso' })).status).toBe(204);
    const refused = await service.ask('POST', 'accounts', { name: 'CONTOSO' }, on);
    expect(refused).toMatchObject({ status: 412, body: { error: { code: '0x80040333' } } });
    expect(accounts()).toHaveLength(2);
  });

  it('holds for changes too, and undoes them', async () => {
    const contact = { lastname: 'Nord', emailaddress1: 'ada@example.com' };
    await service.ask('POST', 'contacts', contact);
    const other = 'c0000000-0000-4000-8000-000000000002';
    await service.ask('POST', 'contacts', { contactid: other, lastname: 'Nord' }, on);
    const refused = await service.ask('PATCH', `contacts(${other})`, contact, on);
    expect(refused.status).toBe(412);
    const { body } = await service.ask('GET', `contacts(${other})?$select=emailaddress1`);
    expect(body.emailaddress1).toBeNull();
  });
});

describe('bodies', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'are refused as %s',
    async (type) => {
      const refused = await service.ask(
        'POST',
        'accounts',
        { name: 'A' },
        { 'content-type': type },
      );
      expect(refused.status).toBe(415);
      service.dataverse.switches.bodyType = 'any';
      const taken = await service.ask('POST', 'accounts', { name: 'A' }, { 'content-type': type });
      expect(taken.status).toBe(204);
    },
  );

  it.each(['application/json; charset=utf-8', 'application/json; type=entry', 'Application/JSON'])(
    'are read as %s',
    async (type) => {
      const taken = await service.ask('POST', 'accounts', { name: 'A' }, { 'content-type': type });
      expect(taken.status).toBe(204);
    },
  );
});

describe('addresses and methods', () => {
  it.each(['v9.0', 'v9.1', 'v9.2'])('%s names itself in what it answers', async (version) => {
    const { body } = await service.ask('GET', `../${version}/WhoAmI()`);
    expect(body['@odata.context']).toContain(`/api/data/${version}/$metadata#`);
  });

  it('know systemuser by ownerid and not by the name of its primary key', async () => {
    const by = (name: string) =>
      service.ask('GET', `systemusers(${name}=${DELEGATE})?$select=lastname`);
    expect((await by('ownerid')).body.lastname).toBe('Delegate');
    expect(await by('systemuserid')).toMatchObject({ status: 400 });
    expect((await service.ask('GET', `systemusers(${DELEGATE})`)).status).toBe(200);
  });

  it('refuse a bound function without its namespace', async () => {
    const { status, body } = await service.ask('GET', `systemusers(${DELEGATE})/Anything()`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message: expect.stringContaining('Request message has unresolved parameters'),
    });
  });

  it('answer 405 to what is known and cannot be done so', async () => {
    expect((await service.ask('GET', '$batch')).status).toBe(405);
    expect((await service.ask('PUT', `systemusers(${DELEGATE})`, {})).status).toBe(405);
  });

  it('annotate $metadata when asked to', async () => {
    const plain = await service.ask('GET', '$metadata');
    expect(plain.text).not.toContain('Org.OData.Core.V1.Computed');
    const annotated = await service.ask('GET', '$metadata?annotations=true');
    for (const term of ['Core.V1.Description', 'Core.V1.Computed', 'V1.ChangeTracking']) {
      expect(annotated.text).toContain(term);
    }
  });
});

test('every answer hints at how many requests to send at the same time', async () => {
  const { headers } = await service.ask('GET', 'WhoAmI');
  expect(headers['x-ms-dop-hint']).toBe(String(service.dataverse.switches.dopHint));
});

test('after a reset the same calls make the same ids', async () => {
  const made = async () => {
    service.dataverse.reset();
    return (await service.ask('POST', 'accounts', { name: 'A' })).headers['odata-entityid'];
  };
  expect(await made()).toBe(await made());
});
