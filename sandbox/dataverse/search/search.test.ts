import { testService, type TestService } from '../test-service';

let service: TestService;
let now = Date.parse('2026-03-01T10:00:00Z');

beforeEach(() => {
  now = Date.parse('2026-03-01T10:00:00Z');
  service = testService({}, () => new Date(now));
  service.dataverse.switches.searchLimits = { perSecond: 1000, perMinute: 10_000 };
  service.dataverse.insert('accounts', [
    { name: 'Alpine Ski House', accountnumber: 'A-1', address1_city: 'Davos', revenue: 100 },
    { name: 'Contoso Hotel and Wifi', accountnumber: 'A-2', address1_city: 'Berlin' },
    { name: 'Luxury Hotel', accountnumber: 'A-3', address1_city: 'Contoso' },
  ]);
  service.dataverse.insert('contacts', [
    { firstname: 'Maria', lastname: 'Sullivan', emailaddress1: 'maria@contoso.com' },
  ]);
});

afterEach(() => service.dataverse.app.close());

type Json = Record<string, unknown>;
interface Found {
  EntityName: string;
  Attributes: Json;
  Highlights: Json;
}
interface Answer {
  Value: Found[];
  Count: number;
  Facets: Record<string, Json[]>;
}

const native = (path: string, body?: Json) =>
  service.ask(body ? 'POST' : 'GET', `/api/search/${path}`, body);

async function v2(body: Json): Promise<Answer> {
  const answer = await native('v2.0/query', body);
  expect(answer.status).toBe(200);
  return JSON.parse(String(answer.body.response)) as Answer;
}

const names = async (search: string, extra: Json = {}): Promise<unknown[]> =>
  (await v2({ search, ...extra })).Value.map(
    ({ Attributes: { name, fullname } }) => name ?? fullname,
  );

const HOTELS = ['Luxury Hotel', 'Contoso Hotel and Wifi'];

test.each([
  ['hotel', {}, HOTELS],
  ['HOTEL +wifi', {}, ['Contoso Hotel and Wifi']],
  ['hotel+(wifi | ski)', {}, ['Contoso Hotel and Wifi']],
  ['ski | luxury', {}, ['Luxury Hotel', 'Alpine Ski House']],
  ['"luxury hotel"', {}, ['Luxury Hotel']],
  ['"hotel luxury"', {}, []],
  ['Alp*', {}, ['Alpine Ski House']],
  ['Alp', {}, []],
  ['hotel wifi', { options: "{'searchmode': 'all'}" }, ['Contoso Hotel and Wifi']],
  ['hotel -luxury', { options: '{"searchmode":"all"}' }, ['Contoso Hotel and Wifi']],
  ['maria@contoso.com', {}, ['Maria Sullivan']],
  ['\\+ \\-', {}, []],
])('finds %s by the simple syntax', async (search, extra, expected) => {
  expect(await names(search, extra)).toEqual(expected);
});

test.each([
  ['hotel AND wifi', ['Contoso Hotel and Wifi']],
  ['hotel NOT luxury', ['Contoso Hotel and Wifi']],
  ['hotel && !wifi', ['Luxury Hotel']],
  ['+hotel wifi', HOTELS],
  ['Alpone~', ['Alpine Ski House']],
  ['"contoso wifi"~2', ['Contoso Hotel and Wifi']],
  ['name:contoso', ['Contoso Hotel and Wifi']],
  ['luxury ski^9', ['Alpine Ski House', 'Luxury Hotel']],
])('finds %s by the syntax of Lucene', async (search, expected) => {
  const entities = JSON.stringify([{ name: 'account' }]);
  const options = JSON.stringify({ querytype: 'lucene' });
  expect((await names(search, { entities, options })).sort()).toEqual([...expected].sort());
});

test('a heavier word stands first, and a regular expression is not served', async () => {
  const options = JSON.stringify({ querytype: 'lucene' });
  expect(await names('luxury ski^9', { options })).toEqual(['Alpine Ski House', 'Luxury Hotel']);
  expect(await native('v2.0/query', { search: '/.*pine/', options })).toMatchObject({
    status: 501,
  });
});

test('answers the documented request as it is answered there', async () => {
  const entities = [
    {
      Name: 'account',
      SelectColumns: ['name', 'createdon'],
      SearchColumns: ['name'],
      Filter: 'statecode eq 0',
    },
    {
      Name: 'contact',
      SelectColumns: ['fullname', 'createdon'],
      SearchColumns: ['fullname'],
      Filter: 'statecode eq 0',
    },
  ];
  const body = {
    top: 7,
    search: 'Contoso',
    skip: 0,
    entities: JSON.stringify(entities),
    orderby: '["createdon desc"]',
    filter: 'createdon gt 2022-08-15',
    count: true,
    options: 'null',
    facets: 'null',
  };
  const { body: answer } = await service.ask('POST', 'searchquery', body);
  expect(answer['@odata.context']).toMatch(/#Microsoft\.Dynamics\.CRM\.searchqueryResponse$/);
  expect(JSON.parse(String(answer.response))).toEqual({
    Error: null,
    Value: [
      {
        Id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        EntityName: 'account',
        ObjectTypeCode: 0,
        Attributes: {
          '@search.objecttypecode': 1,
          name: 'Contoso Hotel and Wifi',
          createdon: '2026-03-01T10:00:00Z',
          'createdon@OData.Community.Display.V1.FormattedValue': '3/1/2026 10:00 AM',
        },
        Highlights: { name: ['{crmhit}Contoso{/crmhit} Hotel and Wifi'] },
        Score: expect.any(Number),
      },
    ],
    Facets: {},
    QueryContext: null,
    Count: 1,
  });
  const later = { ...body, filter: 'createdon gt 2026-03-02' };
  const { body: none } = await service.ask('POST', 'searchquery', later);
  expect(JSON.parse(String(none.response))).toMatchObject({ Value: [], Count: 0 });
});

test('the first version has the columns of Quick Find, times as texts, and filters by table', async () => {
  const { body } = await native('v1.0/query', {
    search: 'contoso',
    entities: ['contact', 'account'],
    filter: 'account:modifiedon ge 2027-01-01T00:00:00, contact: (statecode eq 0)',
    returntotalrecordcount: true,
  });
  expect(body).toMatchObject({
    totalrecordcount: 1,
    facets: null,
    value: [
      {
        '@search.entityname': 'contact',
        '@search.objecttypecode': 2,
        '@search.highlights': { emailaddress1: ['maria@{crmhit}contoso{/crmhit}.com'] },
        fullname: 'Maria Sullivan',
        createdon: '3/1/2026 10:00 AM',
        '@search.ownerid.logicalname': 'systemuser',
      },
    ],
  });
});

test('pages through what it finds, and groups all of it', async () => {
  const facets = JSON.stringify([
    'entityname,count:100',
    'createdon,values:2026-01-01T00:00:00|2026-06-01T00:00:00',
    'account:address1_city,sort:value',
  ]);
  const all = { search: 'hotel contoso', facets, count: true, orderby: '["createdon","name"]' };
  const entities = JSON.stringify([{ name: 'account', selectColumns: ['name'] }]);
  const first = await v2({ ...all, entities, top: 1 });
  const second = await v2({ ...all, entities, top: 1, skip: 1 });
  const shown = [first, second].map(({ Value: [one] }) => one?.Attributes.name);
  expect(shown).toEqual(['Contoso Hotel and Wifi', 'Luxury Hotel']);
  expect(first.Count).toBe(2);
  expect(first.Facets).toEqual({
    entityname: [{ Type: 'Value', Value: 'account', Count: 2 }],
    createdon: [
      { Type: 'Range', To: '2026-01-01T00:00:00', Count: 0 },
      { Type: 'Range', From: '2026-01-01T00:00:00', To: '2026-06-01T00:00:00', Count: 2 },
      { Type: 'Range', From: '2026-06-01T00:00:00', Count: 0 },
    ],
    'account:address1_city': [
      { Type: 'Value', Value: 'Berlin', Count: 1 },
      { Type: 'Value', Value: 'Contoso', Count: 1 },
    ],
  });
});

test('suggests names and goes on with words', async () => {
  const { body } = await native('v1.0/suggest', { search: 'mar' });
  expect(body.value).toMatchObject([
    {
      text: '{crmhit}Mar{/crmhit}ia Sullivan',
      document: { '@search.entityname': 'contact', fullname: 'Maria Sullivan' },
    },
  ]);
  const suggested = await service.ask('POST', 'searchsuggest', { search: 'Hot', top: 1 });
  const { Value: value } = JSON.parse(String(suggested.body.response)) as Answer;
  expect(value).toMatchObject([
    { Text: 'Luxury {crmhit}Hot{/crmhit}el', Document: { name: 'Luxury Hotel' } },
  ]);
  expect((await native('v1.0/autocomplete', { search: 'mar' })).body).toEqual({
    value: '{crmhit}maria{/crmhit}',
  });
  const completed = await service.ask('POST', 'searchautocomplete', {
    search: 'luxury hto',
    fuzzy: true,
  });
  expect(JSON.parse(String(completed.body.response))).toMatchObject({ Value: null });
  expect((await native('v1.0/suggest', { search: 'ma' })).status).toBe(400);
});

test('a table is searched once its definition says so', async () => {
  service.dataverse.insert('products', [
    { name: 'Contoso Lamp', productnumber: 'P-1', quantitydecimal: 2 },
  ]);
  expect(await names('lamp')).toEqual([]);
  await service.ask('PUT', "EntityDefinitions(LogicalName='product')", {
    ChangeTrackingEnabled: true,
    SyncToExternalSearchIndex: true,
  });
  await service.ask('POST', 'PublishAllXml', {});
  expect(await names('lamp')).toEqual(['Contoso Lamp']);
  const { body } = await service.ask('GET', 'searchstatus');
  expect(String(body.response)).toContain('"entitylogicalname":"product"');
  const { body: statistics } = await service.ask('GET', 'searchstatistics');
  expect(JSON.parse(String(statistics.response))).toMatchObject({ value: { documentcount: 5 } });
});

test.each([
  [{}],
  [{ search: 'x'.repeat(101) }],
  [{ search: 'a', top: 101 }],
  [{ search: 'a', entities: '[{"name":"team"}]' }],
  [{ search: 'a', entities: '{' }],
  [{ search: 'a', entities: '[{"name":"account","searchColumns":["nothing"]}]' }],
  [{ search: 'hotel', orderby: '["name; drop"]' }],
])('refuses %j', async (body) => {
  expect(await native('v2.0/query', body)).toMatchObject({ status: 400 });
});

test('one search a second, and none where the environment has no search', async () => {
  service.dataverse.switches.searchLimits = { perSecond: 1, perMinute: 2 };
  const ask = async () => (await native('v2.0/query', { search: 'a' })).status;
  expect([await ask(), await ask()]).toEqual([200, 429]);
  now += 1000;
  expect(await ask()).toBe(200);
  now += 1000;
  const late = await service.ask('POST', 'searchquery', { search: 'a' });
  expect([late.status, late.headers['retry-after']]).toEqual([429, '58']);
  now += 60_000;
  const [organization] = service.dataverse.rows('organizations') ?? [];
  await service.ask('PATCH', `organizations(${String(organization?.organizationid)})`, {
    isexternalsearchindexenabled: false,
  });
  const off = await service.ask('POST', 'searchquery', { search: 'a' });
  expect(off.body.error).toMatchObject({ code: '0x80048d0b' });
});
