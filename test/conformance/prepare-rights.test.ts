/** Preparing an environment of which something cannot be read or must not be changed, and giving rights by a role. */
import { openEnvironment } from '../../core/dynamics/dataverse/prepare/environment';
import { checkEnvironment } from '../../core/dynamics/dataverse/prepare/prepare';
import { requirementsOf } from '../../core/dynamics/dataverse/prepare/requirements';
import { ALL, outcomesOf, type Prepared, startPrepared, statesOf } from './prepared';

let prepared: Prepared;

beforeEach(async () => {
  prepared = await startPrepared({ untracked: ['salesorder', 'account'] });
});

afterEach(async () => {
  await prepared.stop();
});

describe('what cannot be read', () => {
  const refuse = (path: string): void => {
    prepared.context.faults.configure({
      rules: [{ service: 'dataverse', method: 'GET', path, kind: '503' }],
    });
  };

  it('is told of itself alone, beside what has been made', async () => {
    refuse('systemusers');
    const unread = { applicationId: '7b1f9a06-0000-5000-8000-00000000a001' };
    const items = await prepared.prepare({ parts: ALL }, unread);
    const role = items.pop();
    expect(role).toMatchObject({
      kind: 'role',
      outcome: 'failed',
      state: 'failed',
      request: null,
      reason: expect.stringContaining('it could not be read'),
    });
    expect(outcomesOf(items)).toEqual({ done: items.length - 5, unchanged: 5 });
    const environment = await openEnvironment(prepared.client, unread);
    const checked = await checkEnvironment(
      environment,
      requirementsOf({ parts: ALL, prefix: 'new' }),
    );
    expect(statesOf(checked)).toEqual({ present: items.length, failed: 1 });
  });

  it('of a key that is being built leaves it at that', async () => {
    prepared.service.switches.keyIndexSeconds = 600;
    const wait = prepared.clock.sleep.bind(prepared.clock);
    prepared.clock.sleep = async (ms, signal) => {
      refuse('/Keys');
      await wait(ms, signal);
    };
    const items = await prepared.prepare({ parts: ['columns', 'keys'] });
    expect(items.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(statesOf(items).building).toBeGreaterThan(0);
  });

  it('ends the run where nothing at all can be read, before anything is sent', async () => {
    refuse('/');
    await expect(prepared.prepare()).rejects.toMatchObject({ status: 503 });
    expect(prepared.sent).toEqual([]);
  });
});

describe('Prepare without rights', () => {
  const ME = '7e5a2f10-0000-4000-8000-000000000003';

  function give(name: string): void {
    const role = prepared.service.rows('roles')?.find((row) => row.name === name);
    prepared.service.insert('systemuserrolescollection', [
      { systemuserid: ME, roleid: role?.roleid ?? '' },
    ]);
  }

  it('says which right is lacking and who has it, and tries nothing twice', async () => {
    prepared.service.switches.privileges = 'roles';
    const items = await prepared.prepare({ parts: ['columns'] });
    expect(outcomesOf(items)).toEqual({ failed: items.length });
    expect(items[0]).toMatchObject({
      state: 'missing',
      reason: expect.stringContaining('prvCreateAttribute'),
      fix: expect.stringContaining('System Customizer'),
    });
    expect(prepared.sent).toHaveLength(items.length);
    give('System Customizer');
    const again = await prepared.prepare({ parts: ['columns'] });
    expect(outcomesOf(again)).toEqual({ done: again.length });
  });

  it('names in words what the app user lacks, and gives it where an administrator prepares', async () => {
    prepared.service.switches.privileges = 'roles';
    give('System Administrator');
    const app = '7b1f9a06-0000-5000-8000-00000000a001';
    const [user = ''] = prepared.service.insert('systemusers', [
      {
        lastname: 'Commerce',
        applicationid: app,
        'businessunitid@odata.bind': '/businessunits(7e5a2f10-0000-4000-8000-000000000002)',
      },
    ]);
    const choice = { applicationId: app };
    const environment = await openEnvironment(prepared.client, choice);
    const wanted = requirementsOf({ parts: ALL, prefix: 'new' });
    const [role] = (await checkEnvironment(environment, wanted)).slice(-1);
    expect(role).toMatchObject({ kind: 'role', name: 'n8n Commerce', state: 'missing' });
    expect(role?.change).toContain('Create, Read, Write, Append, AppendTo on Account');
    expect(role?.change).toContain('Read, AppendTo on Product');
    expect(role?.change).toContain('Read on EntityKey');
    expect(role?.change).toContain(
      'Create, Read, Write, Delete, Append, AppendTo on ServiceEndpoint',
    );
    expect(role?.change).toContain('on SdkMessageProcessingStepImage');
    const asApp = async (): Promise<unknown> =>
      await prepared.client.request({
        method: 'GET',
        path: 'EntityDefinitions?$select=LogicalName&$expand=Attributes,Keys,ManyToOneRelationships',
        headers: { MSCRMCallerID: user },
      });
    prepared.service.switches.metadataReads = 'privileges';
    await expect(asApp()).rejects.toMatchObject({ status: 403 });
    const made = await prepared.prepare({ parts: ALL }, choice);
    expect(made.at(-1)).toMatchObject({ outcome: 'done', state: 'present' });
    expect(await asApp()).toMatchObject({ status: 200 });
    const again = await prepared.prepare({ parts: ALL }, choice);
    expect(outcomesOf(again)).toEqual({ unchanged: again.length });
    const roles = prepared.service.rows('roles')?.filter(({ name }) => name === 'n8n Commerce');
    expect(roles).toHaveLength(1);
    const given = prepared.service.rows('systemuserrolescollection');
    expect(given?.filter(({ systemuserid }) => systemuserid === user)).toHaveLength(1);
  });

  it('adds to a role of that name nothing but what is lacking, and says that the role is there', async () => {
    prepared.service.switches.privileges = 'roles';
    give('System Administrator');
    const app = '7b1f9a06-0000-5000-8000-00000000a003';
    const unit = '/businessunits(7e5a2f10-0000-4000-8000-000000000002)';
    const businessUnit = { 'businessunitid@odata.bind': unit };
    const [systemuserid = ''] = prepared.service.insert('systemusers', [
      { lastname: 'Commerce', applicationid: app, ...businessUnit },
    ]);
    const [roleid = '', other = ''] = prepared.service.insert('roles', [
      { name: 'n8n Commerce', ...businessUnit },
      { name: 'Readers', ...businessUnit },
    ]);
    prepared.service.insert('systemuserrolescollection', [
      { systemuserid, roleid },
      { systemuserid, roleid: other },
    ]);
    const choice = { applicationId: app };
    const environment = await openEnvironment(prepared.client, choice);
    const read = (await environment.table('account'))?.privileges.get('Read') ?? '';
    const rightsOf = async (): Promise<Array<Record<string, string>>> => {
      const { RolePrivileges } = await prepared.client.callFunction(
        'RetrieveUserPrivileges',
        {},
        { set: 'systemusers', key: systemuserid },
      );
      return RolePrivileges as Array<Record<string, string>>;
    };
    await prepared.client.callAction(
      'AddPrivilegesRole',
      { Privileges: [{ PrivilegeId: read, Depth: 'Global' }] },
      { set: 'roles', key: other },
    );
    const wanted = requirementsOf({ parts: ['role'], prefix: 'new' });
    const [found] = await checkEnvironment(environment, wanted);
    expect(found).toMatchObject({
      state: 'wrong',
      change: expect.stringMatching(/Create, Write, .* on Account.*The role is there already/),
      request: `POST roles(${roleid})/Microsoft.Dynamics.CRM.AddPrivilegesRole`,
    });
    await prepared.prepare({ parts: ['role'] }, choice);
    // What the user has by the other role is not given once more: without that role it is gone.
    const whole = await rightsOf();
    await prepared.client.disassociate(
      { set: 'systemusers', key: systemuserid },
      'systemuserroles_association',
      { set: 'roles', key: other },
    );
    const left = await rightsOf();
    expect(whole.length - left.length).toBe(1);
    expect(left.map(({ PrivilegeId }) => PrivilegeId)).not.toContain(read);
  });

  it('says so where there is no such application user', async () => {
    const choice = { applicationId: '7b1f9a06-0000-5000-8000-00000000a002' };
    const [item] = await prepared.prepare({ parts: ['role'] }, choice);
    expect(item).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('no user of this environment has the client ID'),
      fix: expect.stringContaining('Add the application user'),
    });
  });
});
