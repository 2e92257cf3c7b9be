import { editorContext, type RunNode } from '../../test/engine';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { ID, PlainDataverse, runDynamics } from '../../test/support/plainDataverse';
import { Dynamics365 } from './Dynamics365.node';

/** As a real environment writes it, with the little that is called here. */
const METADATA = `<?xml version="1.0"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="Microsoft.Dynamics.CRM" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<Action Name="new_Check" IsBound="true"><Parameter Name="entity" Type="mscrm.account" Nullable="false" /><Parameter Name="Times" Type="Edm.Int32" /><Parameter Name="Note" Type="Edm.String" /></Action>
<EntityType Name="new_party" BaseType="mscrm.crmbaseentity" /><EntityType Name="account" BaseType="mscrm.new_party" />
<Action Name="new_Greet" IsBound="true"><Parameter Name="entity" Type="mscrm.new_party" /></Action>
<Action Name="new_Hide" IsBound="true"><Parameter Name="entity" Type="mscrm.new_other" /></Action>
<Action Name="new_Clean"><Parameter Name="Deep" Type="Edm.Boolean" /></Action>
<Function Name="new_Find"><Parameter Name="Text" Type="Edm.String" /></Function>
</Schema></edmx:DataServices></edmx:Edmx>`;

const service = new PlainDataverse();
service.metadata = METADATA;
beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => {
  service.seen.length = 0;
});

const named = (value: string) => ({ __rl: true, mode: 'name', value });
const BASE = { resource: 'row', operation: 'call' };

const run = async (parameters: RunNode['parameters'], input: object[] = [{}]) =>
  await runDynamics(service, { ...BASE, ...parameters }, input, {
    onError: 'continueRegularOutput',
  });

const calls = () =>
  service.seen
    .filter(({ url }) => !url.endsWith('$metadata'))
    .map(({ method, url, body }) => `${method} ${decodeURIComponent(url)} ${body}`.trim());

const field = (name: string, value: string) => ({ parameter: [{ name, value }] });

const inEditor = (parameters: object) =>
  editorContext({
    nodeType: new Dynamics365(),
    parameters: { ...BASE, ...parameters },
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: {
      dynamicsDataverseApi: {
        url: service.url,
        tenantId: 'contoso.example',
        clientId: 'client',
        clientSecret: 'made-up',
        cloud: 'custom',
        authority: service.url,
      },
    },
  });

test('what it is, and of which type each parameter, the environment is asked', async () => {
  const clean = await run({ callable: named('new_clean'), parameters: field('deep', 'yes') });
  expect(clean.output()).toEqual([{ success: true }]);
  const text = field('Text', ID);
  const found = await run({ callable: named('new_Find'), parameters: text });
  // A list is put out one by one.
  expect(found.output()).toEqual([{ accountid: ID, name: 'Contoso' }]);
  expect(calls()).toEqual([
    'POST /api/data/v9.2/new_Clean {"Deep":true}',
    `GET /api/data/v9.2/new_Find(Text=@p1)?@p1='${ID}'`,
  ]);
  const onItem = await run(
    { callable: named('new_Find'), parameters: text, options: { outputField: 'found' } },
    [{ order: 7 }],
  );
  expect(onItem.output()).toEqual([
    { order: 7, found: { value: [{ accountid: ID, name: 'Contoso' }] } },
  ]);
});

test('an action that is bound to a row is called on it by its full name', async () => {
  const ran = await run(
    {
      boundTo: 'row',
      kind: 'action',
      table: named('account'),
      row: { __rl: true, mode: 'id', value: ID },
      callable: named('new_Check'),
      parametersFrom: 'json',
      parametersJson: '={{ { Times: $json.times } }}',
    },
    [{ times: 3 }],
  );
  expect(ran.output()).toEqual([{ success: true }]);
  expect(calls().at(-1)).toBe(
    `POST /api/data/v9.2/accounts(${ID})/Microsoft.Dynamics.CRM.new_Check {"Times":3}`,
  );
  // Whoever says which it is needs no list of all.
  expect(service.seen.filter(({ url }) => url.endsWith('$metadata'))).toEqual([]);
});

test('what is bound to the base of a table is listed for it, and called on its rows', async () => {
  const { searchCallables } = new Dynamics365().methods.listSearch;
  const bound = { boundTo: 'row', table: named('account') };
  expect((await searchCallables.call(inEditor(bound))).results).toEqual([
    { name: 'new_Check (Action)', value: 'new_Check' },
    { name: 'new_Greet (Action)', value: 'new_Greet' },
  ]);
  const row = { __rl: true, mode: 'id', value: ID };
  const ran = await run({ ...bound, row, callable: named('new_greet') });
  expect(ran.output()).toEqual([{ success: true }]);
  expect(calls().at(-1)).toBe(
    `POST /api/data/v9.2/accounts(${ID})/Microsoft.Dynamics.CRM.new_Greet {}`,
  );
});

test.each([
  ['NoSuch', {}, 'The service has no action or function "NoSuch"'],
  ['new_Check', {}, 'new_Check is not called there'],
  ['new_Clean', field('Shallow', '1'), 'new_Clean has no parameter "Shallow"'],
  ['new_Clean', field('Deep', 'perhaps'), 'The parameter Deep takes Edm.Boolean, not "perhaps"'],
  ['new_Clean', field('', '1'), 'A parameter has no name'],
])(
  'of %s with %j it is said what is wrong, and nothing is called',
  async (name, parameters, says) => {
    const { output } = await run({ callable: named(name), parameters });
    expect(output()).toMatchObject([{ error: says, details: { class: 'validation' } }]);
    expect(calls()).toEqual([]);
  },
);

test('parameters that are no JSON are refused', async () => {
  const { output } = await run({
    callable: named('new_Clean'),
    parametersFrom: 'json',
    parametersJson: '={{ "[1]" }}',
  });
  expect(output()).toMatchObject([{ error: 'Parameters (JSON) is not a JSON object' }]);
});

test('the editor lists what can be called there, and its parameters', async () => {
  const node = new Dynamics365();
  const { searchCallables } = node.methods.listSearch;
  const { getCallParameters } = node.methods.loadOptions;
  expect(await searchCallables.call(inEditor({}))).toEqual({
    results: [
      { name: 'new_Clean (Action)', value: 'new_Clean' },
      { name: 'new_Find (Function)', value: 'new_Find' },
    ],
  });
  expect((await searchCallables.call(inEditor({}), 'FIND')).results).toHaveLength(1);
  expect(await getCallParameters.call(inEditor({ callable: named('new_Clean') }))).toEqual([
    { name: 'Deep (Boolean)', value: 'Deep' },
  ]);
  expect(await getCallParameters.call(inEditor({}))).toEqual([]);
  expect(await getCallParameters.call(inEditor({ callable: named('new_Cle') }))).toEqual([]);
});
