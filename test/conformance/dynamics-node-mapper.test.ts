/** Values of the resource mapper as n8n hands them over, in the columns of Dynamics 365. */
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { editorContext, type RunNode } from '../engine';
import { byName, useDynamics } from './dynamics-on-sandbox';

const dynamics = useDynamics();

/** Creates a contact out of fields that are set one by one, with the columns as the editor has loaded them. */
async function create(value: Record<string, unknown>) {
  const node = new Dynamics365();
  const parameters = { resource: 'row', operation: 'create', table: byName('contact') };
  const context = editorContext({ nodeType: node, parameters, ...dynamics.shared() });
  const { fields } = await node.methods.resourceMapping.getColumns.call(context);
  const columns = {
    mappingMode: 'defineBelow',
    value,
    matchingColumns: [],
    schema: fields.filter(({ id }) => id in value),
  };
  const run = await dynamics.run({
    ...parameters,
    columnsSource: 'map',
    columns,
  } as unknown as RunNode['parameters']);
  const [made] = run.output();
  return { made, row: dynamics.row('contacts', String(made?.id)) };
}

test('days, moments, numbers, choices, switches and lookups arrive as their columns take them', async () => {
  const customer = dynamics.insert('accounts', { name: 'Contoso', accountnumber: 'C-1' });
  const { made, row } = await create({
    lastname: 'Byron',
    birthdate: '2001-05-06',
    overriddencreatedon: '2026-10-31T10:00:00Z',
    creditlimit: 12.5,
    gendercode: 2,
    donotemail: true,
    parentcustomerid_account: 'accountnumber=C-1',
    transactioncurrencyid: seedGuid('currency', 'USD'),
  });
  expect(made).toMatchObject({ outcome: 'created' });
  expect(row).toMatchObject({
    birthdate: '2001-05-06',
    creditlimit: 12.5,
    gendercode: 2,
    donotemail: true,
    _parentcustomerid_value: customer,
    _transactioncurrencyid_value: seedGuid('currency', 'USD'),
  });
});

test('an owner may be a team', async () => {
  const unit = String(
    dynamics.sandbox.services.dataverse.rows('businessunits')?.[0]?.businessunitid,
  );
  const team = dynamics.insert('teams', {
    name: 'Sellers',
    'businessunitid@odata.bind': `/businessunits(${unit})`,
  });
  const { made, row } = await create({ lastname: 'Byron', ownerid_team: team });
  expect(made).toMatchObject({ outcome: 'created' });
  expect(row).toMatchObject({ _ownerid_value: team, _owningteam_value: team });
});

test('a value that does not fit names its column', async () => {
  const { made } = await create({ lastname: 'Byron', parentcustomerid_account: 'Contoso' });
  expect(made).toMatchObject({
    error: expect.stringMatching(
      /parentcustomerid_account takes the GUID of a row, or column=value of an alternate key/,
    ),
    details: { class: 'validation' },
  });
});
