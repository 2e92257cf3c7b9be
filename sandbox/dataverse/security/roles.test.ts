import { SYSTEM_IDS } from '../seed';
import { testService, type TestService } from '../test-service';
import { privilegeId } from './privileges';

let service: TestService;

beforeEach(() => {
  service = testService({ switches: { privileges: 'roles' } });
});

afterEach(() => service.dataverse.app.close());

const ME = `systemusers(${SYSTEM_IDS.applicationUser})`;

function give(name: string): void {
  const role = service.dataverse.rows('roles')?.find((row) => row.name === name);
  service.dataverse.insert('systemuserrolescollection', [
    { systemuserid: SYSTEM_IDS.applicationUser, roleid: role?.roleid ?? '' },
  ]);
}

async function rights(): Promise<
  Array<{ PrivilegeName: string; PrivilegeId: string; Depth: string }>
> {
  const { status, body } = await service.ask(
    'GET',
    `${ME}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
  );
  expect(status).toBe(200);
  return body.RolePrivileges as Awaited<ReturnType<typeof rights>>;
}

const column = {
  '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
  SchemaName: 'new_ExternalId',
};
const COLUMNS = "EntityDefinitions(LogicalName='account')/Attributes";

describe('security roles', () => {
  it('refuse what they do not hold, and name it', async () => {
    const refused = await service.ask('POST', COLUMNS, column);
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('is missing prvCreateAttribute privilege'),
    ]);
    give('System Customizer');
    expect((await service.ask('POST', COLUMNS, column)).status).toBe(204);
    const row = await service.ask('POST', 'accounts', { name: 'x' });
    expect(row.text).toContain('prvCreateAccount');
  });

  it('give their rights to whoever has them', async () => {
    const question = `${ME}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`;
    expect((await service.ask('GET', question)).status).toBe(403);
    give('System Customizer');
    expect((await rights()).map(({ PrivilegeName }) => PrivilegeName)).toContain('prvCreateEntity');
  });

  it('are made, filled and given by an administrator', async () => {
    give('System Administrator');
    const all = await rights();
    const read = all.find(({ PrivilegeName }) => PrivilegeName === 'prvReadAccount');
    const made = await service.ask('POST', 'roles', {
      name: 'n8n Commerce',
      'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
    });
    const role = /roles\([^)]+\)$/.exec(made.headers['odata-entityid'] ?? '')?.[0] ?? '';
    const add = `${role}/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
    const added = await service.ask('POST', add, {
      Privileges: [{ PrivilegeId: read?.PrivilegeId, Depth: 'Global' }],
    });
    expect(added.status).toBe(204);
    service.dataverse.insert('systemusers', [
      {
        systemuserid: '00000000-0000-4000-8000-00000000000b',
        lastname: 'Sync',
        'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
      },
    ]);
    const other = 'systemusers(00000000-0000-4000-8000-00000000000b)';
    const linked = await service.ask('POST', `${other}/systemuserroles_association/$ref`, {
      '@odata.id': `http://sandbox.example/api/data/v9.2/${role}`,
    });
    expect(linked.status).toBe(204);
    const { body } = await service.ask(
      'GET',
      `${other}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
    );
    expect(body.RolePrivileges).toMatchObject([
      { PrivilegeName: 'prvReadAccount', Depth: 'Global' },
    ]);
  });

  it('are asked for a read of metadata too, where the switch says so', async () => {
    const keys = "EntityDefinitions(LogicalName='account')?$select=LogicalName&$expand=Keys";
    expect((await service.ask('GET', keys)).status).toBe(200);
    service.dataverse.switches.metadataReads = 'privileges';
    const refused = await service.ask('GET', keys);
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('is missing prvReadEntity privilege'),
    ]);
    const all = await service.ask('GET', 'RelationshipDefinitions?$select=SchemaName');
    expect(all.text).toContain('prvReadRelationship');
    give('System Customizer');
    expect((await service.ask('GET', keys)).status).toBe(200);
  });

  it('are named in rows, which whoever may read roles finds by name', async () => {
    const read = "privileges?$select=name&$filter=name eq 'prvReadEntity'";
    expect((await service.ask('GET', read)).text).toContain('prvReadRole');
    give('System Customizer');
    const { body } = await service.ask('GET', read);
    expect(body.value).toMatchObject([
      { privilegeid: privilegeId('prvReadEntity'), name: 'prvReadEntity' },
    ]);
  });

  it('take no right that is none, and no depth that is none', async () => {
    give('System Administrator');
    const [role] = service.dataverse.rows('roles') ?? [];
    const add = `roles(${String(role?.roleid)})/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
    const [first] = await rights();
    const unknown = { PrivilegeId: '00000000-0000-4000-8000-000000000000', Depth: 'Global' };
    for (const one of [unknown, { ...first, Depth: 3 }]) {
      expect((await service.ask('POST', add, { Privileges: [one] })).status).toBe(400);
    }
    expect((await service.ask('POST', add, {})).status).toBe(400);
  });
});
