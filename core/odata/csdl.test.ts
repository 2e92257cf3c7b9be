import { callableOf, parametersOf } from './calls';
import { type Callables, readCallables } from './csdl';
import { literal } from './query';

/** In the form of a real service: imports with names like those of the elements, several of one name, and annotations. */
const CSDL = `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices><Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="account"><Property Name="name" Type="Edm.String" /></EntityType>
<EnumType Name="EndpointAccessType"><Member Name="Default" Value="0" /></EnumType>
<Action Name="WinQuote"><Parameter Name="QuoteClose" Type="mscrm.quoteclose" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>
<Action Name='new_Check' IsBound="true"><Parameter Name="entity" Type="mscrm.account" Nullable="false" /><Parameter Name="Note" Type="Edm.String"><Annotation Term="a" String="&lt;Action&gt;" /></Parameter><ReturnType Type="mscrm.new_CheckResponse" /></Action>
<Action Name="new_Check" IsBound="true"><Parameter Name="entityset" Type="Collection(mscrm.contact)" /></Action>
<Action Name="PublishAllXml" />
<Action Name="new_Any" IsBound="true"><Parameter Name="entity" Type="mscrm.crmbaseentity" /></Action>
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
  expect(readCallables('<edmx:Edmx />')).toEqual({ all: [], enums: new Set() });
});

test('of several of one name, that of the place is called', () => {
  const at = (name: string, on: 'set' | 'row', type: string) =>
    callableOf(callables, name, { on, type }).bound;
  expect(at('new_check', 'row', 'account')).toEqual({ type: 'account', isSet: false });
  expect(at('Microsoft.Dynamics.CRM.new_Check', 'set', 'contact')).toMatchObject({ isSet: true });
  expect(at('new_Any', 'row', 'lead')).toMatchObject({ type: 'crmbaseentity' });
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

test.each([
  ['WinQuote', { Reason: 1 }, /has no parameter "Reason"/],
  ['WinQuote', { Status: 'many' }, /Status takes Edm.Int32, not "many"/],
  ['WinQuote', { QuoteClose: '{' }, /QuoteClose is not valid JSON/],
  ['RetrieveCurrentOrganization', { AccessType: "x' or" }, /is not the name of a member/],
])('%s refuses %j', (name, given, says) => {
  expect(() => made(name, given)).toThrow(says);
});
