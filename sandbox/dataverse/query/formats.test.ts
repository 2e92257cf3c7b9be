import { ROOT, testService, type TestService } from '../test-service';

/** How answers are written, to the letter. Source: Dataverse docs, webapi/query (select-columns, page-results, aggregate-data). */

const CONTACT = 'c0000000-0000-4000-8000-000000000001';
const FORMATTED = {
  prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"',
};

let service: TestService;

beforeAll(() => {
  service = testService({}, () => new Date('2026-03-15T12:00:00Z'));
  service.dataverse.insert('contacts', [
    { contactid: CONTACT, firstname: 'Jim', lastname: 'Glynn' },
  ]);
  service.dataverse.insert('accounts', [
    {
      name: 'One',
      revenue: 430000,
      accountcategorycode: 1,
      'primarycontactid@odata.bind': `/contacts(${CONTACT})`,
    },
    { name: 'Two', revenue: 10000.5, overriddencreatedon: '2025-01-02T03:04:05Z' },
  ]);
});

afterAll(() => service.dataverse.app.close());

const read = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await service.ask('GET', path, undefined, headers)).text;

const applied = async (apply: string): Promise<unknown> => {
  const path = `accounts?$apply=${encodeURIComponent(apply)}`;
  return (await service.ask('GET', path, undefined, FORMATTED)).body.value;
};

it('amounts have four digits, as numbers', async () => {
  expect(await read("accounts?$select=revenue&$filter=name eq 'One'")).toContain(
    '"revenue":430000.0000,',
  );
  const [first] = service.dataverse.rows('accounts') ?? [];
  expect(await read(`accounts(${String(first?.accountid)})/revenue`)).toContain(
    '"value":430000.0000}',
  );
  expect(first?.revenue).toBe(430000);
});

it('decimals have the digits of their column', async () => {
  expect(await read('accounts?$select=exchangerate&$top=1')).toContain(
    '"exchangerate":1.0000000000,',
  );
});

it('a text that looks like such a number stays a text', async () => {
  const own = testService();
  const [id] = own.dataverse.insert('accounts', [{ name: 'number:1.5' }]);
  expect((await own.ask('GET', `accounts(${id})/name`)).text).toContain('"value":"number:1.5"');
  await own.dataverse.app.close();
});

it('a count begins with the mark of its byte order', async () => {
  const answer = await service.ask('GET', 'accounts/$count');
  expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  expect([...answer.bytes]).toEqual([0xef, 0xbb, 0xbf, 0x32]);
});

it('a skip token is encoded once, as documented', async () => {
  const { body } = await service.ask('GET', 'accounts?$select=name', undefined, {
    prefer: 'odata.maxpagesize=1',
  });
  const link = String(body['@odata.nextLink']);
  expect(link).toMatch(
    /\$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%2520page%253d%25221%2522%253e%253caccountid%2520last%253d/,
  );
  expect(link).toMatch(/%22%20istracking=%22False%22%20\/%3E$/);
  const next = await service.ask('GET', link.replace(ROOT, ''));
  expect(next.body.value).toHaveLength(1);
});

describe('$apply', () => {
  it('shows sums with nine digits and what they read as', async () => {
    const path = 'accounts?$apply=aggregate(revenue with sum as total)';
    expect(await read(path, FORMATTED)).toContain(
      '{"total@OData.Community.Display.V1.FormattedValue":"$440,000.50","total":440000.500000000}',
    );
  });

  it('leaves out what a group has not', async () => {
    expect(
      await applied('groupby((statuscode,accountcategorycode),aggregate($count as n))'),
    ).toEqual([
      {
        'statuscode@OData.Community.Display.V1.FormattedValue': 'Active',
        statuscode: 1,
        'accountcategorycode@OData.Community.Display.V1.FormattedValue': 'Preferred Customer',
        accountcategorycode: 1,
        'n@OData.Community.Display.V1.FormattedValue': '1',
        n: 1,
      },
      {
        'statuscode@OData.Community.Display.V1.FormattedValue': 'Active',
        statuscode: 1,
        'n@OData.Community.Display.V1.FormattedValue': '1',
        n: 1,
      },
    ]);
  });

  it('names a column of a related row after its table, as it is written', async () => {
    expect(
      await applied('groupby((primarycontactid/fullname),aggregate(revenue with sum as t))'),
    ).toEqual([
      {
        contact_fullname: 'Jim Glynn',
        't@OData.Community.Display.V1.FormattedValue': '$430,000.00',
        t: 430000,
      },
      { 't@OData.Community.Display.V1.FormattedValue': '$10,000.50', t: 10000.5 },
    ]);
  });

  it('gives dates as they are stored', async () => {
    expect(
      await applied('aggregate(createdon with min as first,createdon with max as last)'),
    ).toEqual([
      {
        'first@OData.Community.Display.V1.FormattedValue': '1/2/2025 3:04 AM',
        first: '2025-01-02T03:04:05Z',
        'last@OData.Community.Display.V1.FormattedValue': '3/15/2026 12:00 PM',
        last: '2026-03-15T12:00:00Z',
      },
    ]);
  });
});
