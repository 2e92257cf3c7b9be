/** Ways to ask Dynamics 365 for many rows: FetchXML with all its pages, exact numbers, chosen columns and their order. */
import type { INodeParameters } from 'n8n-workflow';

import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { editorContext } from '../engine';
import { byName, useDynamics } from './dynamics-on-sandbox';

const dynamics = useDynamics();
const TABLE = { resource: 'row', table: byName('account') };
const asked = () => dynamics.sandbox.context.counters.snapshot().dataverse?.requests ?? 0;

function insertMany(count: number): void {
  dynamics.sandbox.services.dataverse.insert(
    'accounts',
    Array.from({ length: count }, (_, index) => ({ name: `A${String(index).padStart(5, '0')}` })),
  );
}

const fetch = (xml: string, more: object = {}) => ({
  ...TABLE,
  operation: 'getAll',
  returnAll: true,
  query: 'fetchXml',
  fetchXml: xml,
  ...more,
});

const NAMES = (more = '') =>
  `<fetch ${more}><entity name="account"><attribute name="name" /><order attribute="name" /></entity></fetch>`;

test('a query in FetchXML is read to its last page', async () => {
  insertMany(7);
  const run = await dynamics.run(fetch(NAMES('count="3"')));
  expect(run.output().map(({ name }) => name)).toEqual(
    Array.from({ length: 7 }, (_, index) => `A0000${index}`),
  );
  dynamics.sandbox.context.counters.reset();
  const two = await dynamics.run(fetch(NAMES(), { returnAll: false, limit: 2 }));
  expect(two.output()).toHaveLength(2);
  // One of them for the name of the table.
  expect(asked()).toBe(2);
  const top = await dynamics.run(fetch(NAMES('top="3"')));
  expect(top.output()).toHaveLength(3);
});

test('text that stands in CDATA is a value, whatever it looks like', async () => {
  const name = 'a<b & </value><value>c';
  dynamics.sandbox.services.dataverse.insert('accounts', [{ name }, { name: 'c' }]);
  const run = await dynamics.run(
    fetch(
      '=<fetch><entity name="account"><attribute name="name" /><filter><condition attribute="name" operator="in">' +
        '<value><![CDATA[{{ $json.name }}]]></value></condition></filter></entity></fetch>',
    ),
    [{ name }],
  );
  expect(run.output()).toMatchObject([{ name }]);
});

test('a long filter goes through, with the Batch Size that was saved before it was left out', async () => {
  insertMany(3);
  const names = Array.from({ length: 800 }, (_, index) => `name eq 'No such account ${index}'`);
  const filter = ["name eq 'A00001'", ...names].join(' or ');
  const options = { batchSize: 7, filter };
  const run = await dynamics.run({ ...TABLE, operation: 'getAll', returnAll: true, options });
  expect(run.output()).toMatchObject([{ name: 'A00001' }]);
});

test('sums and linked columns come as FetchXML says', async () => {
  insertMany(2);
  const sum = await dynamics.run(
    fetch(
      '<fetch aggregate="true"><entity name="account"><attribute name="accountid" aggregate="count" alias="number" /></entity></fetch>',
    ),
  );
  expect(sum.output()).toEqual([{ number: 2 }]);
});

test('a query is built of what items hold, and each different one is asked', async () => {
  insertMany(3);
  const xml =
    '=<fetch><entity name="account"><attribute name="name" /><filter><condition attribute="name" operator="eq" value="{{ $json.name }}" /></filter></entity></fetch>';
  const run = await dynamics.run(fetch(xml), [
    { name: 'A00001' },
    { name: 'A00002' },
    { name: '"' },
  ]);
  expect(run.output()).toMatchObject([
    { name: 'A00001' },
    { name: 'A00002' },
    { error: expect.stringMatching(/^The FetchXML is not XML/), details: { class: 'validation' } },
  ]);
});

test.each([
  ['={{ "" }}', 'FetchXML is empty'],
  [NAMES().replace('"account"', '"contact"'), 'The FetchXML is a query of contact, and the table'],
  [NAMES().replace('attribute="name"', 'attribute="nosuch"'), 'nosuch'],
])('what is wrong with a query is said', async (xml, says) => {
  const [failed] = (await dynamics.run(fetch(xml))).output();
  expect(failed).toMatchObject({
    error: expect.stringContaining(says),
    details: { class: 'validation' },
  });
});

test('rows are counted beyond what the service counts at once', async () => {
  insertMany(5003);
  const count = async (more: object = {}) =>
    (await dynamics.run({ ...TABLE, operation: 'count', ...more })).output();
  expect(await count()).toEqual([{ count: 5003 }]);
  const condition = [{ column: 'name', operator: 'ge', value: 'A05000' }];
  expect(await count({ conditions: { condition } })).toEqual([{ count: 3 }]);
  dynamics.sandbox.context.counters.reset();
  expect(await count({ options: { estimate: true } })).toEqual([{ count: 5003 }]);
  expect(await count({ conditions: { condition }, options: { estimate: true } })).toMatchObject([
    { error: 'An estimate counts all rows of a table, and there are conditions' },
  ]);
});

test('columns and their order are chosen from a list, or given as text by an expression', async () => {
  insertMany(3);
  const rows = async (options: INodeParameters) =>
    (
      await dynamics.run({ ...TABLE, operation: 'getAll', options }, [{ columns: 'name' }])
    ).output();
  const chosen = await rows({ select: ['name'], orderBy: ['name desc'] });
  expect(chosen.map(({ name }) => name)).toEqual(['A00002', 'A00001', 'A00000']);
  expect(Object.keys(chosen[0] ?? {}).sort()).toEqual(['accountid', 'name']);
  expect(await rows({ select: '={{ $json.columns }}', orderBy: 'name desc' })).toEqual(chosen);
});

test('the editor offers each column to read, and twice to sort by', async () => {
  const node = new Dynamics365();
  const context = editorContext({
    nodeType: node,
    parameters: { resource: 'account', operation: 'getAll' },
    ...dynamics.shared(),
  });
  const { getReadableColumns, getSortColumns } = node.methods.loadOptions;
  const columns = await getReadableColumns.call(context);
  const sorted = await getSortColumns.call(context);
  expect(columns.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['name', '_primarycontactid_value']),
  );
  expect(sorted).toHaveLength(columns.length * 2);
  expect(sorted).toContainEqual({ name: 'Account Name (name), Descending', value: 'name desc' });
});
