import { ROOT, testService, type TestService } from '../test-service';

let service: TestService;

beforeAll(() => {
  service = testService();
  service.dataverse.insert(
    'accounts',
    Array.from({ length: 7 }, (_, index) => ({
      name: `Account ${index}`,
      accountnumber: `N-${index}`,
      revenue: index * 10.1,
      accountcategorycode: (index % 2) + 1,
    })),
  );
});

afterAll(() => service.dataverse.app.close());

type Rows = Array<Record<string, unknown>>;

const rowsOf = (body: Record<string, unknown>): Rows => body.value as Rows;

describe('pages', () => {
  it('cuts by maxpagesize, ignores $top beside it, and ends without a link', async () => {
    const prefer = { prefer: 'odata.maxpagesize=3' };
    let path = 'accounts?$select=name&$orderby=name desc&$top=2';
    const names: unknown[] = [];
    const sizes: number[] = [];
    while (path !== '') {
      const { body, headers } = await service.ask('GET', path, undefined, prefer);
      expect(headers['preference-applied']).toBe('odata.maxpagesize=3');
      sizes.push(rowsOf(body).length);
      names.push(...rowsOf(body).map((row) => row.name));
      path = String(body['@odata.nextLink'] ?? '').replace(ROOT, '');
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(names).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Account ${index}`));
  });

  it('cut nested collections too, and give one level whole', async () => {
    const own = testService();
    const [account] = own.dataverse.insert('accounts', [{ name: 'Parent' }]);
    const parent = { 'parentcustomerid_account@odata.bind': `/accounts(${account})` };
    own.dataverse.insert(
      'contacts',
      [1, 2, 3, 4, 5].map((number) => ({ lastname: `C ${number}`, ...parent })),
    );
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const collection = 'contact_customer_accounts';
    const columns = "$select=lastname;$filter=contains(lastname,'C ')";
    const ask = async (inner: string): Promise<Record<string, unknown>> => {
      const path = `accounts(${account})?$select=name&$expand=${collection}(${inner})`;
      return (await own.ask('GET', path, undefined, prefer)).body;
    };
    const whole = await ask(columns);
    expect(whole[collection]).toHaveLength(5);
    expect(whole[`${collection}@odata.nextLink`]).toBe(
      `${ROOT}accounts(${account})/${collection}?$select=lastname`,
    );
    let body = await ask(`${columns};$expand=parentcustomerid_account($select=name)`);
    const seen = [...(body[collection] as Rows)];
    expect(seen).toHaveLength(2);
    let link = body[`${collection}@odata.nextLink`];
    while (typeof link === 'string') {
      body = (await own.ask('GET', link.replace(ROOT, ''), undefined, prefer)).body;
      seen.push(...rowsOf(body));
      link = body['@odata.nextLink'];
    }
    expect(seen.map((row) => row.lastname).sort()).toEqual(['C 1', 'C 2', 'C 3', 'C 4', 'C 5']);
    expect(seen.at(-1)).toMatchObject({ parentcustomerid_account: { name: 'Parent' } });
    await own.dataverse.app.close();
  });

  it('goes on at the right place when rows come and go between pages', async () => {
    const prefer = { prefer: 'odata.maxpagesize=3' };
    const own = testService();
    const ids = own.dataverse.insert(
      'uomschedules',
      [1, 2, 3, 4, 5, 6].map((name) => ({ name: `${name}` })),
    );
    const first = await own.ask('GET', 'uomschedules', undefined, prefer);
    const shown = rowsOf(first.body).map((row) => String(row.uomscheduleid));
    await own.ask('DELETE', `uomschedules(${shown.at(-1)})`);
    const next = String(first.body['@odata.nextLink']).replace(ROOT, '');
    const second = await own.ask('GET', next, undefined, prefer);
    const rest = rowsOf(second.body).map((row) => String(row.uomscheduleid));
    expect([...shown, ...rest].sort()).toEqual([...ids].sort());
    await own.dataverse.app.close();
  });

  it('takes $top, counts, and annotates totals only when asked', async () => {
    const { body } = await service.ask(
      'GET',
      'accounts?$top=2&$count=true&$select=name',
      undefined,
      {
        prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.*"',
      },
    );
    expect(rowsOf(body)).toHaveLength(2);
    expect(body).toMatchObject({
      '@odata.count': 7,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 7,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': false,
    });
    expect(body).not.toHaveProperty('@odata.nextLink');
    const plain = await service.ask('GET', 'accounts?$top=1');
    expect(plain.body).not.toHaveProperty(['@Microsoft.Dynamics.CRM.totalrecordcount']);
    expect((await service.ask('GET', 'accounts/$count')).text).toBe('\ufeff7');
  });
});

describe('shape of an answer', () => {
  it('adds the primary key, the currency of amounts, and annotations before values', async () => {
    const { body, text } = await service.ask(
      'GET',
      "accounts(accountnumber='N-1')?$select=revenue,accountcategorycode",
      undefined,
      { prefer: 'odata.include-annotations="*"' },
    );
    expect(body).toMatchObject({
      '@odata.context': `${ROOT}$metadata#accounts(revenue,accountcategorycode)/$entity`,
      revenue: 10.1,
      'revenue@OData.Community.Display.V1.FormattedValue': '$10.10',
      'accountcategorycode@OData.Community.Display.V1.FormattedValue': 'Standard',
      accountid: expect.any(String),
    });
    expect(body).toHaveProperty('_transactioncurrencyid_value');
    expect(text.indexOf('revenue@OData')).toBeLessThan(text.indexOf('"revenue":'));
  });

  it('aggregates and groups', async () => {
    const grouped = await service.ask(
      'GET',
      'accounts?$apply=groupby((accountcategorycode),aggregate($count as rows,revenue with sum as total))',
    );
    expect(rowsOf(grouped.body)).toEqual(
      expect.arrayContaining([
        { accountcategorycode: 1, rows: 4, total: 121.2 },
        { accountcategorycode: 2, rows: 3, total: 90.9 },
      ]),
    );
    const total = await service.ask(
      'GET',
      `accounts?$apply=${encodeURIComponent('filter(revenue gt 50)/aggregate(revenue with max as most)')}`,
    );
    expect(rowsOf(total.body)).toEqual([{ most: 60.6 }]);
  });

  it('refuses $orderby on a nested collection and $ref on a collection', async () => {
    const nested = await service.ask(
      'GET',
      'contacts?$expand=parentcustomerid_account($expand=contact_customer_accounts($orderby=lastname))',
    );
    expect(nested.body.error).toMatchObject({
      code: '0x80060888',
      message: expect.stringContaining('Only $select and $filter clause can be provided'),
    });
    const ref = await service.ask('GET', 'accounts?$expand=contact_customer_accounts/$ref');
    expect(ref.body.error).toMatchObject({
      message: 'Expand with $ref is only supported on lookup type navigation property.',
    });
  });

  it('takes parameter aliases in a filter, and refuses them inside $expand', async () => {
    const named = "@name='Account 1'";
    const found = await service.ask('GET', `accounts?$filter=name eq @name&${named}`);
    expect(found.status).toBe(200);
    const expanded = 'accounts?$expand=primarycontactid($filter=fullname eq @name)';
    const { status, body } = await service.ask('GET', `${expanded}&${named}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ message: expect.stringContaining("'@name'") });
    const address = "accounts?$expand=primarycontactid($filter=emailaddress1 eq 'a@b.example')";
    expect((await service.ask('GET', address)).status).toBe(200);
  });

  it('lists its sets and tables in the service document and in CSDL', async () => {
    const root = await service.ask('GET', '');
    expect(root.body).toMatchObject({
      '@odata.context': `${ROOT}$metadata`,
      value: expect.arrayContaining([{ name: 'accounts', kind: 'EntitySet', url: 'accounts' }]),
    });
    const { text, headers } = await service.ask('GET', '$metadata');
    expect(headers['content-type']).toContain('xml');
    expect(text).toContain(
      '<NavigationProperty Name="order_details" Type="Collection(mscrm.salesorderdetail)"',
    );
  });
});
