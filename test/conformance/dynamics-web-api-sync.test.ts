import type { DynamicsWebApi } from 'dynamics-web-api';
import { retrieveMultiple, WebApiConfig } from 'dataverse-webapi';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { XmlHttpRequest } from '../support/xmlHttpRequest';
import {
  createAccount,
  failureOf,
  fetchToken,
  independentClient,
  type Json,
} from './dynamics-web-api';

/** FetchXML with its paging cookie, and change tracking, as two independent clients use them. */

let sandbox: RunningSandbox;
let api: DynamicsWebApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  api = independentClient(sandbox);
});

beforeEach(() => {
  sandbox.reset();
  const rows = Array.from({ length: 12 }, (_, index) => ({
    name: `Account ${String(index).padStart(2, '0')}`,
    accountnumber: `Q-${index}`,
    numberofemployees: index,
  }));
  sandbox.services.dataverse.insert('accounts', rows);
});

afterAll(() => sandbox.stop());

const ALL =
  '<fetch><entity name="account"><attribute name="name"/><order attribute="name"/></entity></fetch>';

/** Documented: without these annotations no paging cookie is answered. */
const WITH_COOKIE =
  'Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords';

describe('FetchXML', () => {
  it('pages by the cookie that the library carries on', async () => {
    const pages: unknown[][] = [];
    let cookie: string | undefined;
    for (let page = 1; page <= 3; page += 1) {
      const answer = await api.fetch<Json>({
        collection: 'accounts',
        fetchXml: ALL.replace('<fetch>', '<fetch count="5">'),
        pageNumber: page,
        pagingCookie: cookie,
        includeAnnotations: WITH_COOKIE,
      });
      expect(answer.PagingInfo?.cookie === undefined).toBe(page === 3);
      pages.push(answer.value?.map(({ name }) => name) ?? []);
      cookie = answer.PagingInfo?.cookie;
    }
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 2]);
    expect(pages.flat()).toEqual([...pages.flat()].sort());
    expect(new Set(pages.flat()).size).toBe(12);
  });

  it('reads all pages in one call', async () => {
    const all = await api.fetchAll<Json>({
      collection: 'accounts',
      fetchXml: ALL.replace('<fetch>', '<fetch count="5">'),
      includeAnnotations: WITH_COOKIE,
    });
    expect(all.value).toHaveLength(12);
  });

  it('answers the second client too, in the address of a GET', async () => {
    Object.assign(globalThis, { XMLHttpRequest: XmlHttpRequest });
    const config = new WebApiConfig('9.2', await fetchToken(sandbox), 'http://replaced.example');
    config.url = `${sandbox.dataverse.url}/api/data/v9.2`;
    const xml = ALL.replace(
      '<order',
      '<filter><condition attribute="numberofemployees" operator="lt" value="2"/></filter><order',
    );
    const { value } = (await retrieveMultiple(config, 'accounts', `fetchXml=${xml}`)) as {
      value: Json[];
    };
    expect(value.map(({ name }) => name)).toEqual(['Account 00', 'Account 01']);
  });
});

describe('change tracking', () => {
  it('gives everything first, then what changed and what was deleted', async () => {
    const first = await api.retrieveMultiple<Json>({
      collection: 'accounts',
      select: ['name'],
      trackChanges: true,
    });
    expect(first.value).toHaveLength(12);
    const gone = String(first.value?.[0]?.accountid);
    await api.deleteRecord({ collection: 'accounts', key: gone });
    const made = await createAccount(api);
    const second = await api.retrieveMultiple<Json>(
      { collection: 'accounts' },
      first.oDataDeltaLink,
    );
    expect(second.value).toMatchObject([
      { accountid: made, name: 'Northwind Traders' },
      { id: gone, reason: 'deleted' },
    ]);
    const third = await api.retrieveMultiple<Json>(
      { collection: 'accounts' },
      second.oDataDeltaLink,
    );
    expect(third.value).toEqual([]);
  });

  it('asks for a full read when the token is too old', async () => {
    const first = await api.retrieveMultiple<Json>({
      collection: 'accounts',
      select: ['name'],
      trackChanges: true,
    });
    const [organization] = sandbox.services.dataverse.rows('organizations') ?? [];
    await api.update({
      collection: 'organizations',
      key: String(organization?.organizationid),
      data: { expirechangetrackingindays: 0 },
    });
    const failure = await failureOf(
      api.retrieveMultiple({ collection: 'accounts' }, first.oDataDeltaLink),
    );
    expect(failure).toMatchObject({ status: 400, code: '0x80044352' });
  });
});
