import { testService, type Answer, type TestService } from '../test-service';

const ADA = 'c0000000-0000-4000-8000-000000000001';
const BEN = 'c0000000-0000-4000-8000-000000000002';
const COOKIE = '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie';
const MORE = '@Microsoft.Dynamics.CRM.morerecords';
const WITH_COOKIE = {
  prefer:
    'odata.include-annotations="Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords"',
};

const NOW = Date.parse('2026-03-10T12:00:00Z');
let service: TestService;

beforeAll(() => {
  service = testService({}, () => new Date(NOW));
  service.dataverse.insert('contacts', [
    { contactid: ADA, firstname: 'Ada', lastname: 'Nord', emailaddress1: 'ada@example.com' },
    { contactid: BEN, firstname: 'Ben', lastname: 'Süd' },
  ]);
  service.dataverse.insert(
    'accounts',
    Array.from({ length: 7 }, (_, index) => ({
      name: `Account ${index}`,
      accountnumber: index === 6 ? null : `N-${index}`,
      numberofemployees: index,
      revenue: index * 1.5,
      creditonhold: index % 2 === 1,
      ...(index < 2 ? { 'primarycontactid@odata.bind': `/contacts(${ADA})` } : {}),
      ...(index === 2 ? { 'primarycontactid@odata.bind': `/contacts(${BEN})` } : {}),
    })),
  );
});

afterAll(() => service.dataverse.app.close());

const ask = (xml: string, headers = {}, set = 'accounts'): Promise<Answer> =>
  service.ask('GET', `${set}?fetchXml=${encodeURIComponent(xml)}`, undefined, headers);
const rows = ({ body }: Answer): Record<string, unknown>[] =>
  body.value as Record<string, unknown>[];
const names = (answer: Answer): string[] =>
  rows(answer).map(({ name }) => String(name).replace('Account ', ''));

const accounts = (inner: string, attributes = ''): string =>
  `<fetch ${attributes}><entity name="account"><attribute name="name"/>${inner}<order attribute="name"/></entity></fetch>`;
const where = (condition: string): Promise<Answer> =>
  ask(accounts(`<filter>${condition}</filter>`));

describe('rows', () => {
  it('show the chosen columns by their names in OData, and the primary key', async () => {
    const answer = await ask(
      '<fetch top="1"><entity name="account"><attribute name="primarycontactid"/><attribute name="revenue" alias="worth"/><order attribute="name" descending="true"/></entity></fetch>',
    );
    expect(answer.status).toBe(200);
    expect(rows(answer)).toEqual([
      {
        '@odata.etag': expect.stringMatching(/^W\/"\d+"$/),
        worth: 9,
        _transactioncurrencyid_value: expect.any(String),
        accountid: expect.any(String),
      },
    ]);
  });

  it('show the text of a flag, a choice or a link by the name of its virtual column', async () => {
    const answer = await ask(
      '<fetch top="1"><entity name="account"><attribute name="creditonholdname"/><attribute name="statecodename" alias="state"/><attribute name="primarycontactidname"/><order attribute="name"/></entity></fetch>',
    );
    expect(rows(answer)).toMatchObject([
      { creditonholdname: 'No', state: 'Active', primarycontactidname: 'Ada Nord' },
    ]);
    expect(rows(answer)[0]).not.toHaveProperty('creditonhold');
    expect(answer.body['@odata.context']).toContain('(creditonholdname,state,');
    expect((await ask(accounts('<attribute name="revenuename"/>'))).status).toBe(400);
  });

  it('show all columns when asked to, with annotations', async () => {
    const answer = await ask(accounts('<all-attributes/>', 'top="1"'), {
      prefer: 'odata.include-annotations="*"',
    });
    expect(rows(answer)[0]).toMatchObject({
      name: 'Account 0',
      'statuscode@OData.Community.Display.V1.FormattedValue': 'Active',
      '_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
    });
  });
});

describe('conditions', () => {
  it.each([
    ['<condition attribute="name" operator="eq" value="account 3"/>', ['3']],
    ['<condition attribute="numberofemployees" operator="ge" value="5"/>', ['5', '6']],
    ['<condition attribute="revenue" operator="lt" value="1.6"/>', ['0', '1']],
    ['<condition attribute="creditonhold" operator="eq" value="1"/>', ['1', '3', '5']],
    ['<condition attribute="accountnumber" operator="null"/>', ['6']],
    [
      '<condition attribute="accountnumber" operator="not-null"/><condition attribute="numberofemployees" operator="gt" value="3"/>',
      ['4', '5'],
    ],
    ['<condition attribute="name" operator="like" value="%t 4"/>', ['4']],
    ['<condition attribute="accountnumber" operator="begins-with" value="n-1"/>', ['1']],
    ['<condition attribute="accountnumber" operator="ends-with" value="-2"/>', ['2']],
    [
      '<condition attribute="accountnumber" operator="in"><value>N-1</value><value>N-4</value></condition>',
      ['1', '4'],
    ],
    [
      '<condition attribute="numberofemployees" operator="between"><value>2</value><value>3</value></condition>',
      ['2', '3'],
    ],
    [
      `<condition attribute="primarycontactid" operator="eq" value="{${BEN.toUpperCase()}}"/>`,
      ['2'],
    ],
    ['<condition attribute="ownerid" operator="ne-userid"/>', []],
    ['<condition attribute="createdon" operator="on-or-after" value="2026-03-11"/>', []],
    [
      '<condition attribute="createdon" operator="today"/><condition attribute="numberofemployees" operator="eq" value="1"/>',
      ['1'],
    ],
    ['<condition attribute="createdon" operator="last-x-hours" value="1"/>', []],
    ['<condition attribute="createdon" operator="olderthan-x-minutes" value="5"/>', []],
    [
      '<filter type="or"><condition attribute="name" operator="eq" value="Account 1"/><filter type="and"><condition attribute="numberofemployees" operator="gt" value="4"/><condition attribute="creditonhold" operator="eq" value="true"/></filter></filter>',
      ['1', '5'],
    ],
  ])('%s', async (condition, expected) => {
    const answer = await where(condition);
    expect(answer.status).toBe(200);
    expect(names(answer)).toEqual(expected);
  });

  it.each([
    ['<condition attribute="nothing" operator="eq" value="1"/>', 400, '0x80041103'],
    ['<condition attribute="name" operator="above" value="1"/>', 501, '0x80060888'],
    ['<condition attribute="numberofemployees" operator="eq" value="many"/>', 400, '0x80060888'],
    ['<condition attribute="name" operator="eq"/>', 400, '0x80060888'],
    ['<condition entityname="x" attribute="name" operator="null"/>', 400, '0x80060888'],
    ['<conditions/>', 400, '0x80060888'],
  ])('%s is refused', async (condition, status, code) => {
    expect(await where(condition)).toMatchObject({ status, body: { error: { code } } });
  });
});

describe('joins', () => {
  const link = (type: string, inner = ''): string =>
    accounts(
      `<link-entity name="contact" from="contactid" to="primarycontactid" link-type="${type}" alias="pc"><attribute name="lastname"/><attribute name="emailaddress1"/>${inner}</link-entity>`,
    );

  it('keep the rows that fit, or all of them', async () => {
    const inner = await ask(link('inner'));
    expect(rows(inner).map((row) => row['pc.lastname'])).toEqual(['Nord', 'Nord', 'Süd']);
    // What is empty in a joined row is left out.
    expect(rows(inner)[2]).not.toHaveProperty(['pc.emailaddress1']);
    const outer = await ask(link('outer'));
    expect(names(outer)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(rows(outer)[3]).not.toHaveProperty(['pc.lastname']);
  });

  it('are filtered inside and outside', async () => {
    const filter = '<filter><condition attribute="lastname" operator="eq" value="Süd"/></filter>';
    expect(names(await ask(link('inner', filter)))).toEqual(['2']);
    expect(names(await ask(link('outer', filter)))).toHaveLength(7);
    const outside = link('outer').replace(
      '<order attribute="name"/></entity>',
      '<filter><condition entityname="pc" attribute="lastname" operator="null"/></filter><order attribute="name"/></entity>',
    );
    expect(names(await ask(outside))).toEqual(['3', '4', '5', '6']);
  });

  it('go from one to many, as often as there are rows, unless distinct', async () => {
    const xml = (attributes: string): string =>
      `<fetch ${attributes}><entity name="contact"><attribute name="lastname"/><order attribute="lastname"/><link-entity name="account" from="primarycontactid" to="contactid"/></entity></fetch>`;
    const seen = async (attributes: string): Promise<unknown[]> =>
      rows(await ask(xml(attributes), {}, 'contacts')).map(({ lastname }) => lastname);
    expect(await seen('')).toEqual(['Nord', 'Nord', 'Süd']);
    expect(await seen('distinct="true"')).toEqual(['Nord', 'Süd']);
  });
});

describe('paging', () => {
  const page = (attributes: string): string => accounts('', `count="3" ${attributes}`);

  it('goes on by the cookie, decoded twice, to the end', async () => {
    const first = await ask(page('page="1"'), WITH_COOKIE);
    expect(names(first)).toEqual(['0', '1', '2']);
    expect(first.body[MORE]).toBe(true);
    const seen = names(first);
    let cookie = String(first.body[COOKIE]);
    let number = 1;
    while (cookie !== 'undefined') {
      number += 1;
      expect(cookie).toContain(`<cookie pagenumber="${number}" pagingcookie="%253ccookie`);
      const inner = /pagingcookie="([^"]*)"/.exec(cookie)?.[1] ?? '';
      const decoded = decodeURIComponent(decodeURIComponent(inner));
      const escaped = decoded.replace(/[<>"&]/g, (one) => `&#${one.charCodeAt(0)};`);
      const next = await ask(page(`page="${number}" paging-cookie="${escaped}"`), WITH_COOKIE);
      seen.push(...names(next));
      cookie = String(next.body[COOKIE]);
    }
    expect(seen).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('has a cookie that holds the order, so that the place is known when the row is gone', async () => {
    const own = testService();
    const numbers = [5, 3, null, 1, 4, 2];
    own.dataverse.insert(
      'accounts',
      numbers.map((numberofemployees, index) => ({
        accountid: `${index}0000000-0000-4000-8000-000000000000`,
        name: `A & <${index}>`,
        numberofemployees,
      })),
    );
    const xml = (attributes: string): string =>
      `<fetch count="2" ${attributes}><entity name="account"><attribute name="numberofemployees"/><order attribute="numberofemployees" descending="true"/><order attribute="name"/></entity></fetch>`;
    const read = (attributes: string): Promise<Answer> =>
      own.ask(
        'GET',
        `accounts?fetchXml=${encodeURIComponent(xml(attributes))}`,
        undefined,
        WITH_COOKIE,
      );
    const first = await read('page="1"');
    expect(rows(first).map((row) => row.numberofemployees)).toEqual([5, 4]);
    const held = /pagingcookie="([^"]*)"/.exec(String(first.body[COOKIE]))?.[1] ?? '';
    const cookie = decodeURIComponent(decodeURIComponent(held));
    expect(cookie).toBe(
      '<cookie page="1"><numberofemployees last="4" first="5" />' +
        '<name last="A &amp; &lt;4&gt;" first="A &amp; &lt;0&gt;" />' +
        '<accountid last="{40000000-0000-4000-8000-000000000000}" first="{00000000-0000-4000-8000-000000000000}" /></cookie>',
    );
    await own.ask('DELETE', 'accounts(40000000-0000-4000-8000-000000000000)');
    const escaped = cookie.replace(/[<>"&]/g, (one) => `&#${one.charCodeAt(0)};`);
    const second = await read(`page="2" paging-cookie="${escaped}"`);
    expect(rows(second).map((row) => row.numberofemployees)).toEqual([3, 2]);
    await own.dataverse.app.close();
  });

  it('shows neither cookie nor morerecords unless asked for, and counts pages without one', async () => {
    const first = await ask(page('page="1"'));
    expect(Object.keys(first.body)).toEqual(['@odata.context', 'value']);
    expect(names(await ask(page('page="3"')))).toEqual(['6']);
  });

  it('has no cookie when a joined table gives the order', async () => {
    const answer = await ask(
      '<fetch count="1" page="1"><entity name="account"><attribute name="name"/><link-entity name="contact" from="contactid" to="primarycontactid"><order attribute="lastname" descending="true"/></link-entity></entity></fetch>',
      WITH_COOKIE,
    );
    expect(names(answer)).toEqual(['2']);
    expect(answer.body[MORE]).toBe(true);
    expect(answer.body).not.toHaveProperty([COOKIE]);
  });

  it('counts the whole when asked to', async () => {
    const answer = await ask(page('page="1" returntotalrecordcount="true"'), {
      prefer: 'odata.include-annotations="*"',
    });
    expect(answer.body['@Microsoft.Dynamics.CRM.totalrecordcount']).toBe(7);
  });
});

it.each([
  ['<fetch><entity name="account"/>', 'Invalid XML'],
  ['<query/>', 'must be <fetch>'],
  [`<fetch>${'<filter>'.repeat(500)}${'</filter>'.repeat(500)}</fetch>`, 'Invalid XML'],
  ['<fetch/>', 'exactly one <entity>'],
  ['<fetch><entity name="contact"/></fetch>', "not that of the path 'accounts'"],
  ['<fetch><entity name="nothing"/></fetch>', 'not found in the MetadataCache'],
  ['<fetch top="1" count="1"><entity name="account"/></fetch>', "'top' cannot stand beside"],
  ['<fetch><entity name="account"><order alias="x"/></entity></fetch>', 'contain attribute'],
])('%s is refused', async (xml, text) => {
  const answer = await ask(xml);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.text).toContain(text);
});
