import { DateTime } from 'luxon';

import { DATAVERSE } from '../dynamics/dataverse/service';
import { callableOf, parametersOf } from './calls';
import { type Callables, readCallables } from './csdl';
import { functionOperation } from './operations';
import { literal } from './query';

/** In the form of a real service: imports with names like those of the elements, several of one name, and annotations. */
const CSDL = `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices><Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="crmbaseentity" Abstract="true" />
<EntityType Name="account" BaseType="mscrm.crmbaseentity"><Property Name="name" Type="Edm.String" /></EntityType>
<EntityType BaseType='mscrm.crmbaseentity' Name='activitypointer'><Key><PropertyRef Name="activityid" /></Key></EntityType>
<EntityType Name="task" BaseType="mscrm.activitypointer" /><EntityType Name="lead" BaseType="mscrm.crmbaseentity" />
<EntityType Name="round" BaseType="mscrm.about" /><EntityType Name="about" BaseType="mscrm.round" />
<EnumType Name="EndpointAccessType"><Member Name="Default" Value="0" /></EnumType>
<Action Name="WinQuote"><Parameter Name="QuoteClose" Type="mscrm.quoteclose" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>
<Action Name='new_Check' IsBound="true"><Parameter Name="entity" Type="mscrm.account" Nullable="false" /><Parameter Name="Note" Type="Edm.String"><Annotation Term="a" String="&lt;Action&gt;" /></Parameter><ReturnType Type="mscrm.new_CheckResponse" /></Action>
<Action Name="new_Check" IsBound="true"><Parameter Name="entityset" Type="Collection(mscrm.contact)" /></Action>
<Action Name="PublishAllXml" />
<Action Name="new_Any" IsBound="true"><Parameter Name="entity" Type="mscrm.crmbaseentity" /></Action>
<Action Name="new_Any" IsBound="true"><Parameter Name="entity" Type="mscrm.activitypointer" /></Action>
<Function Name="new_Typed"><Parameter Name="At" Type="Edm.DateTimeOffset" /><Parameter Name="Day" Type="Edm.Date" /><Parameter Name="Id" Type="Edm.Guid" /><Parameter Name="Text" Type="Edm.String" /><Parameter Name="Ids" Type="Collection(Edm.Guid)" /></Function>
<Action Name="new_Set"><Parameter Name="At" Type="Edm.DateTimeOffset" /><Parameter Name="Day" Type="Edm.Date" /><Parameter Name="Id" Type="Edm.Guid" /><Parameter Name="Text" Type="Edm.String" /><Parameter Name="Texts" Type="Collection(Edm.String)" /></Action>
<Function Name="RetrieveCurrentOrganization"><Parameter Name="AccessType" Type="mscrm.EndpointAccessType" Nullable="false" /><ReturnType Type="mscrm.R" /></Function>
<Function Name="new_Find"><Parameter Name="Text" Type="Edm.String" /><Parameter Name="Ids" Type="Collection(Edm.Guid)" /><Parameter Name="Row" Type="mscrm.account" /><Parameter Name="Deep" Type="Edm.Boolean" /></Function>
<EntityContainer Name="System"><EntitySet Name="accounts" EntityType="Microsoft.Dynamics.CRM.account" />
<ActionImport Name="WinQuote" Action="Microsoft.Dynamics.CRM.WinQuote" /><FunctionImport Name="WhoAmI" Function="x" /></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

const callables: Callables = readCallables(CSDL);
const nothing = { on: 'nothing' } as const;

test('actions and functions are read with what they are called on, and imports are none', () => {
  expect(callables.all.map(({ name, kind, bound }) => [name, kind, bound])).toEqual([
    ['WinQuote', 'action', undefined],
    ['new_Check', 'action', { type: 'account', isSet: false }],
    ['new_Check', 'action', { type: 'contact', isSet: true }],
    ['PublishAllXml', 'action', undefined],
    ['new_Any', 'action', { type: 'crmbaseentity', isSet: false }],
    ['new_Any', 'action', { type: 'activitypointer', isSet: false }],
    ['new_Set', 'action', undefined],
    ['new_Typed', 'function', undefined],
    ['RetrieveCurrentOrganization', 'function', undefined],
    ['new_Find', 'function', undefined],
  ]);
  expect(callables.all[0]?.parameters).toEqual([
    { name: 'QuoteClose', type: 'quoteclose', isList: false },
    { name: 'Status', type: 'Edm.Int32', isList: false },
  ]);
  expect(callables.all[1]?.parameters).toEqual([
    { name: 'Note', type: 'Edm.String', isList: false },
  ]);
  expect([...callables.enums]).toEqual(['EndpointAccessType']);
});

test('a document without any has none', () => {
  expect(readCallables('<edmx:Edmx />')).toEqual({
    all: [],
    bases: new Map(),
    enums: new Set(),
  });
});

test('of several of one name, that of the place is called', () => {
  const at = (name: string, on: 'set' | 'row', type: string) =>
    callableOf(callables, name, { on, type }).bound;
  expect(at('new_check', 'row', 'account')).toEqual({ type: 'account', isSet: false });
  expect(at('Microsoft.Dynamics.CRM.new_Check', 'set', 'contact')).toMatchObject({ isSet: true });
});

test('what is bound to a base type is called on what descends from it, and the nearest one first', () => {
  const at = (type: string) => callableOf(callables, 'new_Any', { on: 'row', type }).bound?.type;
  expect(at('lead')).toBe('crmbaseentity');
  expect(at('activitypointer')).toBe('activitypointer');
  expect(at('task')).toBe('activitypointer');
  expect(() => at('unknown')).toThrow('new_Any is not called there');
  expect(() => at('round')).toThrow('new_Any is not called there');
});

test.each([
  ['NoSuch', nothing, /has no action or function "NoSuch"/, /unique name/],
  [
    'WinQuote',
    { on: 'row', type: 'quote' } as const,
    /WinQuote is not called/,
    /Bound To to Nothing/,
  ],
  ['new_Check', nothing, /new_Check is not called/, /a row of account.*, or .*the table contact/],
])('%s is refused where it is not called, and it is said where it is', (name, place, says, fix) => {
  const error = (() => {
    try {
      return callableOf(callables, name, place);
    } catch (thrown) {
      return thrown as { message: string; fix: string };
    }
  })() as { message: string; fix: string };
  expect(error.message).toMatch(says);
  expect(error.fix).toMatch(fix);
});

const made = (name: string, given: Record<string, unknown>) =>
  parametersOf(callableOf(callables, name, nothing), given, callables, 'Microsoft.Dynamics.CRM');

test('texts become what the types of parameters say', () => {
  expect(made('WinQuote', { status: '4', QuoteClose: '{"subject":"Won"}' })).toEqual({
    Status: 4,
    QuoteClose: { subject: 'Won' },
  });
  const id = '7b1f9a06-0000-5000-8000-000000000001';
  const { Text, Deep, Ids } = made('new_Find', { Text: id, Deep: 'true', Ids: `["${id}"]` });
  expect(literal(Text as never)).toBe(`'${id}'`);
  expect([Deep, Ids]).toEqual([true, [id]]);
  const { AccessType } = made('RetrieveCurrentOrganization', { AccessType: 'Default' });
  expect(literal(AccessType as never)).toBe("Microsoft.Dynamics.CRM.EndpointAccessType'Default'");
});

const ID = '7b1f9a06-0000-5000-8000-00000000000a';

test('each value becomes what its type says, and stands in an address as OData writes it', () => {
  const given = {
    At: '2026-10-31T14:00:00+02:00',
    Day: '2026-10-31',
    Id: `{${ID.toUpperCase()}}`,
    Text: 7,
  };
  const parameters = made('new_Typed', { ...given, Ids: [`{${ID}}`] });
  const { path } = functionOperation(DATAVERSE, 'new_Typed', parameters);
  expect(decodeURIComponent(path)).toBe(
    `new_Typed(At=@p1,Day=@p2,Id=@p3,Text=@p4,Ids=@p5)?@p1=2026-10-31T12:00:00.000Z&@p2=2026-10-31&@p3=${ID}&@p4='7'&@p5=["${ID}"]`,
  );
  expect(made('new_Set', { ...given, Texts: '[1,"b"]' })).toEqual({
    At: '2026-10-31T12:00:00.000Z',
    Day: '2026-10-31',
    Id: ID,
    Text: '7',
    Texts: ['1', 'b'],
  });
});

test('a date as an object is that moment, a text in the form of one stays a text, and null is none', () => {
  const At = new Date('2026-10-31T14:00:00Z');
  expect(
    made('new_Set', { At, Day: DateTime.fromISO('2026-10-31T01:00', { zone: 'Asia/Tokyo' }) }),
  ).toEqual({ At: '2026-10-31T14:00:00.000Z', Day: '2026-10-31' });
  expect(made('new_Set', { At: null })).toEqual({ At: null });
  const { Text } = made('new_Typed', { Text: '2026-10-31T14:00:00Z' });
  expect(literal(Text as never)).toBe("'2026-10-31T14:00:00Z'");
});

test('where no type is said, a whole moment is one, and a day is text', () => {
  const parameters = { At: '2026-10-31T14:00:00+02:00', Day: '2026-10-31' };
  expect(functionOperation(DATAVERSE, 'new_Typed', parameters).path).toBe(
    "new_Typed(At=@p1,Day=@p2)?@p1=2026-10-31T14:00:00%2B02:00&@p2='2026-10-31'",
  );
});

test.each([
  ['WinQuote', { Reason: 1 }, /has no parameter "Reason"/],
  ['WinQuote', { Status: 'many' }, /Status takes Edm.Int32, not "many"/],
  ['WinQuote', { Status: { a: 1 } }, /Status takes Edm.Int32, not \{"a":1\}/],
  ['new_Typed', { At: 'soon' }, /At takes Edm.DateTimeOffset, not "soon"/],
  ['new_Typed', { Id: 'C-1' }, /Id takes Edm.Guid, not "C-1"/],
  ['new_Typed', { Ids: '["C-1"]' }, /Ids takes Edm.Guid, not "C-1"/],
  ['new_Typed', { Text: ['a'] }, /Text takes Edm.String, not \["a"\]/],
  ['WinQuote', { QuoteClose: '{' }, /QuoteClose is not valid JSON/],
  ['RetrieveCurrentOrganization', { AccessType: "x' or" }, /is not the name of a member/],
])('%s refuses %j', (name, given, says) => {
  expect(() => made(name, given)).toThrow(says);
});
