import fc from 'fast-check';
import { testService, type TestService } from '../test-service';
import { isFit } from '../write/text';

let service: TestService;

beforeAll(() => {
  service = testService({}, () => new Date('2026-03-15T12:00:00Z'));
  service.dataverse.insert('contacts', [{ firstname: 'Ada', lastname: "O'Neil" }]);
  const contactid = service.dataverse.rows('contacts')?.[0]?.contactid;
  service.dataverse.insert('accounts', [
    {
      name: 'Alpha Trading',
      accountnumber: 'A_1',
      revenue: 100.5,
      numberofemployees: 5,
      creditonhold: true,
      accountcategorycode: 1,
      'primarycontactid@odata.bind': `/contacts(${String(contactid)})`,
    },
    { name: 'Beta 100%', accountnumber: 'AX1', revenue: 200, numberofemployees: 200 },
    { name: "Gamma's", accountnumber: 'G-1' },
  ]);
});

afterAll(() => service.dataverse.app.close());

async function found(filter: string, extra = ''): Promise<string[]> {
  const path = `accounts?$select=name&$orderby=name&$filter=${encodeURIComponent(filter)}${extra}`;
  const { status, body } = await service.ask('GET', path);
  expect({ status, error: body.error }).toEqual({ status: 200, error: undefined });
  return (body.value as Array<{ name: string }>).map((row) => row.name.split(/\W/)[0] ?? '');
}

describe('$filter', () => {
  it.each([
    ["name eq 'alpha trading'", ['Alpha']],
    ["name eq 'Gamma''s'", ['Gamma']],
    ["name ne 'Alpha Trading'", ['Beta', 'Gamma']],
    ['revenue gt 100.5', ['Beta']],
    ['revenue ge 100.5 and revenue le 200', ['Alpha', 'Beta']],
    ['revenue eq null', ['Gamma']],
    ['revenue ne null', ['Alpha', 'Beta']],
    ['revenue lt numberofemployees', []],
    ['numberofemployees eq revenue', ['Beta', 'Gamma']],
    ['creditonhold eq true', ['Alpha']],
    ['accountcategorycode eq 1', ['Alpha']],
    ["contains(name,'TRAD')", ['Alpha']],
    ["startswith(name,'beta') or endswith(name,'''s')", ['Beta', 'Gamma']],
    ["not contains(name,'a t')", ['Beta', 'Gamma']],
    ["name eq 'Alpha Trading' or name eq 'Beta 100[%]' and revenue eq 1", ['Alpha']],
    ["(name eq 'Alpha Trading' or contains(name,'Beta')) and revenue eq 200", ['Beta']],
    ["contains(name,'100[%]')", ['Beta']],
    ["name eq 'G%s'", ['Gamma']],
    ["startswith(name,'[ab]')", ['Alpha', 'Beta']],
    ["startswith(name,'[^ab]')", ['Gamma']],
    ["accountnumber eq 'A_1'", ['Alpha', 'Beta']],
    ["primarycontactid/fullname eq 'Ada O''Neil'", ['Alpha']],
    ['primarycontactid/firstname eq null', ['Beta', 'Gamma']],
    ["account_primary_contact/any(a:a/name eq 'x')", []],
    ['createdon gt 2026-03-01', ['Alpha', 'Beta', 'Gamma']],
    ['createdon lt 2026-03-15T12:00:00+01:00', []],
    [
      `Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',PropertyValues=["a_1","G-1"])`,
      ['Alpha', 'Gamma'],
    ],
    [
      `Microsoft.Dynamics.CRM.In(PropertyName='numberofemployees',PropertyValues=['5','7'])`,
      ['Alpha'],
    ],
    [
      `Microsoft.Dynamics.CRM.NotIn(PropertyName='accountnumber',PropertyValues=['A_1'])`,
      ['Beta', 'Gamma'],
    ],
    [
      `Microsoft.Dynamics.CRM.Between(PropertyName='revenue',PropertyValues=['150','250'])`,
      ['Beta'],
    ],
    [`Microsoft.Dynamics.CRM.Today(PropertyName='createdon')`, ['Alpha', 'Beta', 'Gamma']],
    [`Microsoft.Dynamics.CRM.OlderThanXDays(PropertyName='createdon',PropertyValue=1)`, []],
    [`Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',PropertyValue=1)`, []],
  ])('%s', async (filter, expected) => {
    if (filter.includes('account_primary_contact')) {
      const { body } = await service.ask('GET', `contacts?$filter=${encodeURIComponent(filter)}`);
      expect(body.value).toEqual(expected);
      return;
    }
    expect(await found(filter)).toEqual(expected);
  });

  it.each([
    ["PropertyName='name',PropertyValues=['Gamma''s']", 'Invalid JSON. A comma character'],
    ["PropertyName='numberofemployees',PropertyValues=[5,200]", "expected type 'Edm.String'"],
  ])('does not read a list as OData reads texts: %s', async (parameters, says) => {
    const filter = `Microsoft.Dynamics.CRM.In(${parameters})`;
    const answer = await service.ask('GET', `accounts?$filter=${encodeURIComponent(filter)}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: '0x80060888',
      message: expect.stringContaining(says),
    });
  });

  it('takes a quote in a list between double quotes', async () => {
    const list = `PropertyName='name',PropertyValues=["Gamma's"]`;
    expect(await found(`Microsoft.Dynamics.CRM.In(${list})`)).toEqual(['Gamma']);
  });

  it.each([
    "not Microsoft.Dynamics.CRM.Today(PropertyName='createdon')",
    "not (name eq 'x' or Microsoft.Dynamics.CRM.Today(PropertyName='createdon'))",
    "name eq 'x' and not (not Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['x']))",
    'not @f',
  ])('does not negate a function of its own: %s', async (filter) => {
    const alias = `&@f=${encodeURIComponent("Microsoft.Dynamics.CRM.Today(PropertyName='createdon')")}`;
    const path = `accounts?$filter=${encodeURIComponent(filter)}${alias}`;
    const { status, body } = await service.ask('GET', path);
    expect({ status, error: body.error }).toMatchObject({
      status: 400,
      error: {
        code: '0x80060888',
        message: 'Not operator along with the Custom Named Condition operators is not allowed',
      },
    });
  });

  it('replaces parameter aliases, in functions too', async () => {
    expect(await found('name eq @n', "&@n='Alpha Trading'")).toEqual(['Alpha']);
    const list = `&@p='accountnumber'&@v=${encodeURIComponent('["G-1"]')}`;
    const filter = 'Microsoft.Dynamics.CRM.In(PropertyName=@p,PropertyValues=@v)';
    expect(await found(filter, list)).toEqual(['Gamma']);
  });

  it('tests related rows with any and all', async () => {
    const [alpha] = service.dataverse.rows('accounts') ?? [];
    service.dataverse.insert('salesorders', [
      {
        name: 'Order',
        'customerid_account@odata.bind': `/accounts(${String(alpha?.accountid)})`,
        order_details: [1, 5].map((quantity) => ({
          isproductoverridden: true,
          productdescription: 'x',
          quantity,
          priceperunit: 1,
        })),
      },
    ]);
    const count = async (filter: string): Promise<string> =>
      (
        await service.ask('GET', `salesorders/$count?$filter=${encodeURIComponent(filter)}`)
      ).text.slice(1);
    expect(await count('order_details/any(d:d/quantity gt 4)')).toBe('1');
    expect(await count('order_details/all(d:d/quantity gt 4)')).toBe('0');
    expect(await count('order_details/any()')).toBe('1');
    expect(await count("customerid_account/name eq 'Alpha Trading'")).toBe('1');
    expect(await count(`_customerid_value eq ${String(alpha?.accountid)}`)).toBe('1');
  });

  it.each([
    ["nickname eq 'x'", "Could not find a property named 'nickname'"],
    ['name eq 5', 'incompatible types'],
    ["accountid eq 'x'", 'incompatible types'],
    ["tolower(name) eq 'x'", "unknown function with name 'tolower'"],
    ["name eq 'x", 'unterminated string'],
    ["(name eq 'x'", 'position'],
    ["Microsoft.Dynamics.CRM.Fancy(PropertyName='name')", 'Fancy'],
    [`${'('.repeat(2000)}name eq 'x'${')'.repeat(2000)}`, 'Recursion'],
    [`${'not '.repeat(2000)}(name eq 'x')`, 'Recursion'],
  ])('refuses %s', async (filter, text) => {
    const { status, body } = await service.ask(
      'GET',
      `accounts?$filter=${encodeURIComponent(filter)}`,
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect((body.error as { message: string }).message).toContain(text);
  });

  it('reads a long list of alternatives, and as many parentheses as a builder writes', async () => {
    const terms = Array.from({ length: 800 }, (_, index) => `name eq 'a${index}'`);
    const flat = await service.ask('GET', `accounts?$filter=${terms.join(' or ')}`);
    expect(flat.status).toBe(200);
    const nested = terms.slice(0, 500).reduce((left, right) => `(${left} or ${right})`);
    expect((await service.ask('GET', `accounts?$filter=${nested}`)).status).toBe(200);
  });

  it('reads hostile patterns in a time that a test has', async () => {
    service.dataverse.insert('accounts', [{ name: 'Delta', description: 'a'.repeat(2000) }]);
    const gaps = '%a'.repeat(200);
    expect(await found(`contains(description,'${gaps}b')`)).toEqual([]);
    expect(await found(`contains(description,'${gaps}')`)).toEqual(['Delta']);
    expect(await found(`endswith(description,'${gaps}[b-z]%')`)).toEqual([]);
    expect(await found(`description eq '${gaps}_b%'`)).toEqual([]);
    expect(await found(`description eq '${'['.repeat(5000)}%'`)).toEqual([]);
    const condition = `<condition attribute="description" operator="like" value="${gaps}b"/>`;
    const fetch = `<fetch><entity name="account"><filter>${condition}</filter></entity></fetch>`;
    const { body } = await service.ask('GET', `accounts?fetchXml=${encodeURIComponent(fetch)}`);
    expect(body.value).toEqual([]);
  });

  it.each(['@p=@p', '@p=@q&@q=@p'])('finds no end in %s, so it finds nothing', async (aliases) => {
    const { status, body } = await service.ask('GET', `accounts?$filter=name eq @p&${aliases}`);
    expect({ status, rows: body.value }).toEqual({ status: 200, rows: [] });
  });

  it('refuses the sum of a text', async () => {
    const { status, body } = await service.ask(
      'GET',
      'accounts?$apply=aggregate(name with sum as s)',
    );
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ message: expect.stringContaining('not a number') });
  });

  it.each(['$skip=1', '$search=x', '$format=json', '$top=-1', '$count=yes', '$foo=1'])(
    'refuses %s',
    async (option) => {
      const { status, body } = await service.ask('GET', `accounts?${option}`);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: '0x80060888' });
    },
  );

  it('finds any text that a column takes by its quoted literal', async () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter(isFit);
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        service.dataverse.switches.wildcardsInEquality = false;
        const [id] = service.dataverse.insert('uomschedules', [{ name }]);
        const filter = encodeURIComponent(`name eq '${name.replaceAll("'", "''")}'`);
        const { body } = await service.ask(
          'GET',
          `uomschedules?$select=uomscheduleid&$filter=${filter}`,
        );
        service.dataverse.switches.wildcardsInEquality = true;
        expect(body.value).toContainEqual(expect.objectContaining({ uomscheduleid: id }));
      }),
      { numRuns: 60 },
    );
  });
});
