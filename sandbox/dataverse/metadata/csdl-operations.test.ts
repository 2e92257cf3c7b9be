import { defaultSwitches, type ActionForm } from '../switches';
import { testService, type TestService } from '../test-service';

let service: TestService;

const withForm = (form: ActionForm): TestService =>
  testService({
    switches: {
      actionForms: Object.fromEntries(
        Object.keys(defaultSwitches.actionForms).map((name) => [name, form]),
      ),
    },
  });

beforeEach(() => {
  service = testService();
});

afterEach(() => service.dataverse.app.close());

const csdl = async (from = service): Promise<string> => (await from.ask('GET', '$metadata')).text;

/** The elements of one kind and name, whole. */
const elements = (text: string, kind: string, name: string): string[] =>
  [
    ...text.matchAll(new RegExp(`<${kind} Name="${name}"(?: IsBound="true")?>.*?</${kind}>`, 'g')),
  ].map(([whole]) => whole);

it('has users and activities descend from what they have in common, which has their key', async () => {
  const text = await csdl();
  const typeOf = (name: string) =>
    new RegExp(`<EntityType Name="${name}" BaseType="mscrm\\.(\\w+)">(.*?)</EntityType>`).exec(
      text,
    );
  for (const { base, key, tables } of [
    { base: 'principal', key: 'ownerid', tables: ['systemuser', 'team'] },
    { base: 'activitypointer', key: 'activityid', tables: ['task', 'orderclose', 'quoteclose'] },
  ]) {
    const [, root, inner = ''] = typeOf(base) ?? [];
    expect([root, inner]).toEqual([
      'crmbaseentity',
      expect.stringContaining(`<Key><PropertyRef Name="${key}" /></Key>`),
    ]);
    for (const table of tables) {
      const [, from, own = ''] = typeOf(table) ?? [];
      expect([table, from]).toEqual([table, base]);
      expect(own).not.toMatch(new RegExp(`<Key>|Property Name="${key}"`));
    }
  }
});

describe('actions and functions of $metadata', () => {
  it('stand where each is served', async () => {
    const text = await csdl();
    const [fulfill, ...others] = elements(text, 'Action', 'FulfillSalesOrder');
    expect(others).toEqual([]);
    expect(fulfill).toBe(
      '<Action Name="FulfillSalesOrder" IsBound="true">' +
        '<Parameter Name="entityset" Type="Collection(mscrm.salesorder)" Nullable="false" />' +
        '<Parameter Name="OrderClose" Type="mscrm.orderclose" Nullable="false" />' +
        '<Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>',
    );
    expect(text).not.toContain('ActionImport Name="FulfillSalesOrder"');
    expect(elements(text, 'Action', 'CancelSalesOrder')[0]).not.toContain('IsBound');
    expect(text).toContain(
      '<ActionImport Name="CancelSalesOrder" Action="Microsoft.Dynamics.CRM.CancelSalesOrder" />',
    );
  });

  it('take the row that they are bound to in place of its id', async () => {
    const [bound] = elements(await csdl(), 'Action', 'LockSalesOrderPricing');
    expect(bound).toContain('<Parameter Name="entity" Type="mscrm.salesorder" Nullable="false" />');
    expect(bound).not.toContain('SalesOrderId');
  });

  it.each([
    ['bound', 1, false],
    ['unbound', 1, true],
    ['both', 2, true],
  ] as const)('follow the switch when it is %s', async (form, count, imported) => {
    const turned = withForm(form);
    const text = await csdl(turned);
    expect(elements(text, 'Action', 'WinQuote')).toHaveLength(count);
    expect(text.includes('<ActionImport Name="WinQuote"')).toBe(imported);
    await turned.dataverse.app.close();
  });

  it('have their answers, and functions their imports', async () => {
    const text = await csdl();
    expect(elements(text, 'Function', 'WhoAmI')).toEqual([
      '<Function Name="WhoAmI"><ReturnType Type="mscrm.WhoAmIResponse" Nullable="false" /></Function>',
    ]);
    expect(text).toContain(
      '<FunctionImport Name="WhoAmI" Function="Microsoft.Dynamics.CRM.WhoAmI" />',
    );
    const { body } = await service.ask('GET', 'WhoAmI');
    for (const name of Object.keys(body).filter((one) => !one.startsWith('@'))) {
      expect(text).toMatch(new RegExp(`<ComplexType Name="WhoAmIResponse">[^]*?Name="${name}"`));
    }
  });

  it('are bulk messages once for each table that has them', async () => {
    const types = elements(await csdl(), 'Action', 'CreateMultiple').map(
      (one) => /Name="Targets" Type="Collection\(mscrm\.(\w+)\)"/.exec(one)?.[1],
    );
    expect(types).toContain('account');
    expect(types).toContain('salesorder');
    expect(new Set(types).size).toBe(types.length);
  });

  it('name no type that is not there', async () => {
    const text = await csdl(service);
    const declared = new Set(
      [...text.matchAll(/<(?:EntityType|ComplexType|EnumType) Name="(\w+)"/g)].map(
        ([, name]) => name,
      ),
    );
    const used = new Set(
      [...text.matchAll(/(?:Base)?Type="(?:Collection\()?mscrm\.(\w+)/g)].map(([, name]) => name),
    );
    expect([...used].filter((name) => !declared.has(name))).toEqual([]);
  });
});
