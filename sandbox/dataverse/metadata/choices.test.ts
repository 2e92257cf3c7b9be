import { testService, type TestService } from '../test-service';

let service: TestService;

beforeEach(() => {
  service = testService();
});

afterEach(() => service.dataverse.app.close());

const label = (...texts: Array<[code: number, text: string]>): object => ({
  LocalizedLabels: texts.map(([code, text]) => ({ Label: text, LanguageCode: code })),
});

const COLORS = "GlobalOptionSetDefinitions(Name='sample_colors')";
const ACCOUNT = "EntityDefinitions(LogicalName='account')";
const COLUMN = `${ACCOUNT}/Attributes(LogicalName='sample_color')`;
const PICKLIST = 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata';

const colors = (extra: object = {}): object => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.OptionSetMetadata',
  Name: 'sample_colors',
  DisplayName: label([1033, 'Colors']),
  OptionSetType: 'Picklist',
  Options: [
    { Value: 727000000, Label: label([1033, 'Red']) },
    { Value: null, Label: label([1033, 'Yellow']) },
  ],
  ...extra,
});

async function done(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  headers = {},
): Promise<Record<string, unknown>> {
  const answer = await service.ask(method, path, body, headers);
  const isDone = answer.status === 200 || answer.status === 204;
  expect(isDone ? '' : answer.text).toBe('');
  return answer.body;
}

const refused = async (
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> => {
  const answer = await service.ask(method, path, body);
  return [answer.status, (answer.body.error as { code: string } | undefined)?.code];
};

const publish = (kind: 'entities' | 'optionsets', name: string): Promise<unknown> => {
  const one = kind === 'entities' ? 'entity' : 'optionset';
  const inner = `<${kind}><${one}>${name}</${one}></${kind}>`;
  return done('POST', 'PublishXml', {
    ParameterXml: `<importexportxml>${inner}</importexportxml>`,
  });
};

interface Option {
  Value: number;
  Label: { LocalizedLabels: Array<{ Label: string; LanguageCode: number }> };
}

async function optionsAt(path: string): Promise<Array<[number, string]>> {
  const { body } = await service.ask('GET', path);
  const { Options: options = [] } = (body.OptionSet ?? body) as { Options?: Option[] };
  return options.map((one) => [one.Value, one.Label.LocalizedLabels[0]?.Label ?? '']);
}

const boundColumn = async (): Promise<void> => {
  await done('POST', 'GlobalOptionSetDefinitions', colors());
  await done('POST', `${ACCOUNT}/Attributes`, {
    '@odata.type': PICKLIST,
    SchemaName: 'sample_Color',
    'GlobalOptionSet@odata.bind': `/${COLORS}`,
  });
};

test('a global choice gives its columns their options, and they get its new ones once it is published', async () => {
  await boundColumn();
  const write = (value: number) => service.ask('POST', 'accounts', { sample_color: value });
  expect((await write(727000001)).status).toBe(204);
  const { NewOptionValue: value } = await done('POST', 'InsertOptionValue', {
    OptionSetName: 'sample_colors',
    Label: label([1033, 'Green']),
  });
  expect(value).toBe(727000002);
  expect(await refused('POST', 'accounts', { sample_color: value })).toEqual([400, '0x8004431a']);
  const unpublished = { OptionSetName: 'sample_colors', Values: [727000002, 727000001, 727000000] };
  await done('POST', 'OrderOption', unpublished);
  await publish('optionsets', 'sample_colors');
  expect((await write(727000002)).status).toBe(204);
  expect(await optionsAt(COLORS)).toEqual([
    [727000002, 'Green'],
    [727000001, 'Yellow'],
    [727000000, 'Red'],
  ]);
  const expanded = `${COLUMN}/${PICKLIST}?$select=LogicalName&$expand=OptionSet,GlobalOptionSet`;
  const { body } = await service.ask('GET', expanded);
  expect(body.GlobalOptionSet).toMatchObject({ Name: 'sample_colors', IsGlobal: true });
  expect(body.OptionSet).toEqual(body.GlobalOptionSet);
});

test('a global choice stays while a column has its options from it', async () => {
  await boundColumn();
  expect(await refused('DELETE', COLORS)).toEqual([400, '0x8004f01f']);
  await done('DELETE', COLUMN);
  await done('DELETE', COLORS);
  expect(await refused('DELETE', COLORS)).toEqual([404, '0x80040217']);
  expect(await refused('DELETE', "GlobalOptionSetDefinitions(Name='need')")).toEqual([
    400,
    '0x8004f01f',
  ]);
});

test.each([
  [colors({ '@odata.type': undefined })],
  [colors({ Name: 'colors' })],
  [colors({ Options: [{ Value: 1 }, { Value: 1 }] })],
  [colors({ Options: [{ Value: 'red' }] })],
])('refuses a global choice that is not whole', async (body) => {
  expect(await refused('POST', 'GlobalOptionSetDefinitions', body)).toEqual([400, '0x80040203']);
});

test('labels that a new definition leaves out are lost, or stay where the header says so', async () => {
  await done('POST', 'GlobalOptionSetDefinitions', colors());
  const german = colors({ DisplayName: label([1031, 'Farben']), Options: [] });
  const names = async (): Promise<unknown> => {
    const { body } = await service.ask('GET', COLORS);
    return (body.DisplayName as Option['Label']).LocalizedLabels.map(({ Label: text }) => text);
  };
  await done('PUT', COLORS, german, { 'mscrm.mergelabels': 'true' });
  expect(await names()).toEqual(['Colors']);
  await publish('optionsets', 'sample_colors');
  expect(await names()).toEqual(['Farben', 'Colors']);
  await done('PUT', COLORS, german);
  await done('POST', 'PublishAllXml');
  expect(await names()).toEqual(['Farben']);
  // The options are no part of what is replaced.
  expect(await optionsAt(COLORS)).toHaveLength(2);
});

test('options of a column of its own are changed, ordered and deleted', async () => {
  await done('POST', `${ACCOUNT}/Attributes`, {
    '@odata.type': PICKLIST,
    SchemaName: 'sample_Color',
    OptionSet: { Options: [{ Value: 1, Label: label([1033, 'One']) }, { Value: 2 }] },
  });
  const place = { EntityLogicalName: 'account', AttributeLogicalName: 'sample_color' };
  await done('POST', 'UpdateOptionValue', {
    ...place,
    Value: 1,
    Label: label([1031, 'Eins']),
    MergeLabels: true,
  });
  await done('POST', 'InsertOptionValue', { ...place, Value: 7, Label: label([1033, 'Seven']) });
  await done('POST', 'DeleteOptionValue', { ...place, Value: 2 });
  const path = `${COLUMN}/${PICKLIST}?$expand=OptionSet`;
  expect(await optionsAt(path)).toHaveLength(2);
  await publish('entities', 'account');
  expect(await optionsAt(path)).toEqual([
    [1, 'Eins'],
    [7, 'Seven'],
  ]);
  const row = await service.ask(
    'POST',
    'accounts?$select=sample_color',
    { sample_color: 1 },
    { prefer: 'return=representation,odata.include-annotations="*"' },
  );
  const formatted = row.body['sample_color@OData.Community.Display.V1.FormattedValue'];
  expect(formatted).toBe('One');
  const bad = [
    ['DeleteOptionValue', { ...place, Value: 2 }],
    ['InsertOptionValue', { ...place, Value: 7, Label: label([1033, 'Again']) }],
    ['InsertOptionValue', { ...place, Value: 8 }],
    ['OrderOption', { ...place, Values: [1] }],
    ['UpdateOptionValue', { ...place, AttributeLogicalName: 'name', Value: 1, MergeLabels: true }],
  ] as const;
  for (const [action, body] of bad) {
    expect(await refused('POST', action, body)).toEqual([400, '0x80040203']);
  }
});

test('a new status reason belongs to a state', async () => {
  const place = { EntityLogicalName: 'account', AttributeLogicalName: 'statuscode' };
  const frozen = { ...place, Label: label([1033, 'Frozen']), StateCode: 1 };
  const { NewOptionValue: value } = await done('POST', 'InsertStatusValue', frozen);
  await publish('entities', 'account');
  const [id = ''] = service.dataverse.insert('accounts', [{ name: 'Cold' }]);
  const set = (statecode: number) =>
    service.ask('PATCH', `accounts(${id})`, { statecode, statuscode: value });
  expect((await set(0)).status).toBe(400);
  expect((await set(1)).status).toBe(204);
  const nowhere = { ...frozen, StateCode: 9 };
  expect(await refused('POST', 'InsertStatusValue', nowhere)).toEqual([400, '0x80040203']);
});
