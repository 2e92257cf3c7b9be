import { testService, type Answer, type TestService } from '../test-service';

/** The accounts of the documentation's own example, and the answers that it shows. */
const EMPLOYEES = [null, 1500, 2700, 2900, 2900, 3900, 4300, 4800, 6000, 6200];
const CITIES = [
  null,
  'Redmond',
  'Lynnwood',
  'Los Angeles',
  'redmond',
  'Phoenix',
  'Santa Cruz',
  'Missoula',
  'Dallas',
  'Redmond',
];
const CONTACT = 'c0000000-0000-4000-8000-000000000001';

let service: TestService;

beforeAll(() => {
  service = testService();
  service.dataverse.insert('contacts', [{ contactid: CONTACT, lastname: 'Nord' }]);
  service.dataverse.insert(
    'accounts',
    EMPLOYEES.map((numberofemployees, index) => ({
      name: `Account ${index}`,
      numberofemployees,
      revenue: index * 0.1,
      address1_city: CITIES[index] ?? null,
      overriddencreatedon: index === 0 ? '2023-08-27T00:00:00Z' : '2023-03-25T00:00:00Z',
      ...(index < 3 ? { 'primarycontactid@odata.bind': `/contacts(${CONTACT})` } : {}),
    })),
  );
});

afterAll(() => service.dataverse.app.close());

const ask = (inner: string, attributes = '', prefer = ''): Promise<Answer> => {
  const xml = `<fetch aggregate="true" ${attributes}><entity name="account">${inner}</entity></fetch>`;
  const path = `accounts?fetchXml=${encodeURIComponent(xml)}`;
  return service.ask('GET', path, undefined, prefer === '' ? {} : { prefer });
};
const rowsOf = async (inner: string, attributes = ''): Promise<unknown> =>
  (await ask(inner, attributes)).body.value;

const measure = (name: string, alias: string, rest: string): string =>
  `<attribute name="${name}" alias="${alias}" ${rest}/>`;
const employees = (aggregate: string): string =>
  measure('numberofemployees', aggregate, `aggregate="${aggregate}"`);

test('each function leaves out what has no value', async () => {
  const functions = ['avg', 'count', 'countcolumn', 'max', 'min', 'sum'];
  expect(await rowsOf(functions.map(employees).join(''))).toEqual([
    { avg: 3911, count: 10, countcolumn: 9, max: 6200, min: 1500, sum: 35200 },
  ]);
  const distinct = measure('numberofemployees', 'n', 'aggregate="countcolumn" distinct="true"');
  expect(await rowsOf(distinct)).toEqual([{ n: 8 }]);
});

test('amounts are added to the cent', async () => {
  expect(await rowsOf(measure('revenue', 'total', 'aggregate="sum"'))).toEqual([{ total: 4.5 }]);
});

test('groups are made without regard to case, and ordered by alias', async () => {
  const city = measure('address1_city', 'city', 'groupby="true"');
  const rows = await rowsOf(`${employees('sum')}${employees('count')}${city}<order alias="city"/>`);
  expect(rows).toEqual([
    { sum: 0, count: 1 },
    { sum: 6000, count: 1, city: 'Dallas' },
    { sum: 2900, count: 1, city: 'Los Angeles' },
    { sum: 2700, count: 1, city: 'Lynnwood' },
    { sum: 4800, count: 1, city: 'Missoula' },
    { sum: 3900, count: 1, city: 'Phoenix' },
    { sum: 10600, count: 3, city: expect.stringMatching(/^redmond$/i) },
    { sum: 4300, count: 1, city: 'Santa Cruz' },
  ]);
});

test('dates are grouped by their parts', async () => {
  const parts = ['day', 'week', 'month', 'quarter', 'year'].map((part) =>
    measure('createdon', part, `groupby="true" dategrouping="${part}"`),
  );
  const rows = await rowsOf(`${employees('sum')}${parts.join('')}<order alias="month"/>`);
  expect(rows).toEqual([
    { sum: 35200, day: 25, week: 12, month: 3, quarter: 1, year: 2023 },
    { sum: 0, day: 27, week: 35, month: 8, quarter: 3, year: 2023 },
  ]);
});

test('filters, joined tables and lookups take part', async () => {
  const answer = await ask(
    `${employees('count')}${measure('primarycontactid', 'who', 'groupby="true"')}` +
      '<filter><condition attribute="primarycontactid" operator="not-null"/></filter>' +
      '<link-entity name="contact" from="contactid" to="primarycontactid">' +
      `${measure('lastname', 'name', 'groupby="true"')}</link-entity>`,
    '',
    'odata.include-annotations="*"',
  );
  expect(answer.body.value).toEqual([
    {
      'count@OData.Community.Display.V1.FormattedValue': '3',
      count: 3,
      'who@OData.Community.Display.V1.FormattedValue': 'Nord',
      'who@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
      who: CONTACT,
      name: 'Nord',
    },
  ]);
});

test('pages of groups are counted', async () => {
  const city = measure('address1_city', 'city', 'groupby="true"');
  const page = (number: number) =>
    rowsOf(`${city}<order alias="city" descending="true"/>`, `count="3" page="${number}"`);
  expect(await page(3)).toEqual([{ city: 'Dallas' }, {}]);
});

test.each([
  ['', 'needs an <attribute>'],
  ['<attribute name="revenue" aggregate="sum"/>', 'needs an alias'],
  [measure('revenue', 'x', ''), 'groupby="true" or one of'],
  [measure('revenue', 'x', 'aggregate="median"'), 'groupby="true" or one of'],
  [measure('name', 'x', 'aggregate="sum"'), 'is not a number'],
  [measure('name', 'x', 'groupby="true" dategrouping="day"'), 'is no date'],
  [`${employees('sum')}<order attribute="name"/>`, '<order> needs the alias'],
  ['<all-attributes/>', '<all-attributes>'],
])('%s is refused', async (inner, text) => {
  const answer = await ask(inner);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(text.replaceAll('"', '\\"'));
});

test('a query about too many rows is refused', async () => {
  const answer = await ask(employees('count'), 'aggregatelimit="9"');
  expect(answer).toMatchObject({ status: 400, body: { error: { code: '0x8004e023' } } });
});
