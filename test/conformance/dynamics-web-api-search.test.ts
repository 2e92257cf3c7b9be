import { DynamicsWebApi } from 'dynamics-web-api';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { failureOf, fetchToken, type Json } from './dynamics-web-api';

/** Dataverse search as the independent client asks for it, by both of its versions. */

let sandbox: RunningSandbox;

const client = (version: string): DynamicsWebApi =>
  new DynamicsWebApi({
    serverUrl: `${sandbox.dataverse.url}/`,
    searchApi: {
      version,
      options: { escapeSpecialCharacters: true, enableResponseCompatibility: true },
    },
    onTokenRefresh: () => fetchToken(sandbox),
  });

beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => {
  sandbox.reset();
  const { dataverse } = sandbox.services;
  dataverse.switches.searchLimits = { perSecond: 100, perMinute: 1000 };
  dataverse.insert('accounts', [
    { name: 'Contoso Hotel', accountnumber: 'A-1', address1_city: 'Berlin' },
    { name: 'Luxury Hotel', accountnumber: 'A-2', address1_city: 'Davos' },
  ]);
  dataverse.insert('contacts', [{ firstname: 'Maria', lastname: 'Contoso' }]);
});
afterAll(() => sandbox.stop());

describe.each(['1.0', '2.0'])('version %s', (version) => {
  it('finds records of several tables', async () => {
    const { response } = await client(version).query('contoso');
    const [first] = response.Value;
    expect(response.Value).toHaveLength(2);
    expect(response.Count).toBe(-1);
    expect(JSON.stringify(first)).toContain('{crmhit}Contoso{/crmhit}');
  });

  it('takes tables, a filter, an order, a part of what is found, and facets', async () => {
    const found = await client(version).query({
      query: {
        search: 'hotel',
        entities: ['account'],
        filter: version === '1.0' ? 'account:statecode eq 0' : 'statecode eq 0',
        orderBy: ['name desc'],
        top: 1,
        skip: 1,
        count: true,
        facets: ['@search.entityname,count:100'],
        options: { queryType: 'simple', searchMode: 'all' },
      },
    });
    expect(found.response).toMatchObject({
      Count: 2,
      Facets: { '@search.entityname': [{ Value: 'account', Count: 2 }] },
    });
    expect(JSON.stringify(found.response.Value)).toContain('Contoso {crmhit}Hotel{/crmhit}');
  });

  it('suggests, completes, and answers the deprecated search', async () => {
    const api = client(version);
    const { value } = await api.suggest<Json>({ query: { search: 'Lux', top: 3, fuzzy: false } });
    expect(value).toMatchObject([
      { text: '{crmhit}Lux{/crmhit}ury Hotel', document: { '@search.entityname': 'account' } },
    ]);
    expect((await api.autocomplete('cont')).value).toBe('{crmhit}contoso{/crmhit}');
    expect((await api.search('luxury')).value).toHaveLength(1);
  });
});

it('says in the second version which columns are read and shown', async () => {
  const api = client('2.0');
  const { response } = await api.query({
    query: {
      search: 'davos',
      entities: [
        { name: 'account', searchColumns: ['address1_city'], selectColumns: ['accountnumber'] },
      ],
      options: { bestEffortSearchEnabled: true, groupRankingEnabled: true },
    },
  });
  expect(response.Value.map(({ Attributes: attributes }) => attributes)).toEqual([
    { '@search.objecttypecode': 1, accountnumber: 'A-2' },
  ]);
  const { response: suggested } = await api.suggest<Json>({
    query: { search: 'lux', options: { advancedSuggestEnabled: true } },
  });
  expect(suggested.Value).toHaveLength(1);
});

it('is told that the environment has no search', async () => {
  const { dataverse } = sandbox.services;
  const [organization] = dataverse.rows('organizations') ?? [];
  dataverse.change('organizations', String(organization?.organizationid), {
    isexternalsearchindexenabled: false,
  });
  expect(await failureOf(client('2.0').query('contoso'))).toMatchObject({
    status: 400,
    code: '0x80048d0b',
  });
});
