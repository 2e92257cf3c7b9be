import { SYSTEM_IDS } from '../seed';
import { privilegeId } from '../security/privileges';
import { testService, type Answer, type TestService } from '../test-service';

/** Change tracking where its documentation can be read in two ways, and who may ask for changes. */

let seconds = Date.parse('2017-08-22T08:10:44Z') / 1000;
let service: TestService;

beforeAll(() => {
  service = testService({}, () => new Date(seconds * 1000));
});

beforeEach(() => {
  service.dataverse.reset();
  service.dataverse.insert(
    'accounts',
    ['A', 'B', 'C'].map((name) => ({ name })),
  );
});

afterAll(() => service.dataverse.app.close());

const local = (link: unknown): string => String(link).split('/api/data/v9.2/')[1] ?? '';

const read = (path: string, prefer = ''): Promise<Answer> =>
  service.ask('GET', path, undefined, prefer === '' ? {} : { prefer });

const start = (more = ''): Promise<Answer> =>
  read('accounts?$select=name', `odata.track-changes${more}`);

const names = ({ body }: Answer): unknown[] =>
  (body.value as Array<{ name: string }>).map(({ name }) => name);

it('pages beyond 5,000 rows, new ones before deleted ones', async () => {
  const { dataverse } = service;
  const first = await start();
  const [gone = ''] = dataverse.insert('accounts', [{ name: 'Gone' }]);
  dataverse.insert(
    'accounts',
    Array.from({ length: 5000 }, (_, index) => ({ name: `N${index}` })),
  );
  dataverse.remove('accounts', gone);
  const second = await read(local(first.body['@odata.deltaLink']));
  expect(names(second)).toHaveLength(5000);
  expect(second.body).not.toHaveProperty(['@odata.deltaLink']);
  const third = await read(local(second.body['@odata.nextLink']));
  expect(third.body.value).toMatchObject([{ id: gone, reason: 'deleted' }]);
  expect(third.body).not.toHaveProperty(['@odata.nextLink']);
  expect(names(await read(local(third.body['@odata.deltaLink'])))).toEqual([]);
});

it('has a delta link on every page, by a switch, which goes on behind the last one', async () => {
  service.dataverse.switches.deltaLinks = 'every';
  const first = await start(',odata.maxpagesize=2');
  expect(names(first)).toEqual(['A', 'B']);
  expect(first.body).toHaveProperty(['@odata.nextLink']);
  service.dataverse.insert('accounts', [{ name: 'New' }]);
  expect(names(await read(local(first.body['@odata.deltaLink'])))).toEqual(['New']);
  const second = await read(local(first.body['@odata.nextLink']), 'odata.maxpagesize=2');
  expect(names(second)).toEqual(['C']);
  expect(second.body['@odata.deltaLink']).toBe(first.body['@odata.deltaLink']);
});

it('says that nothing has changed with a list without rows, or by a switch with nothing', async () => {
  const link = local((await start()).body['@odata.deltaLink']);
  expect((await read(link)).body).toMatchObject({ value: [] });
  service.dataverse.switches.noChanges = 'empty';
  const answer = await read(link);
  expect([answer.status, answer.body]).toEqual([200, {}]);
  service.dataverse.insert('accounts', [{ name: 'New' }]);
  expect(names(await read(link))).toEqual(['New']);
  expect(names(await start())).toHaveLength(4);
});

it.each([
  ['untrackedTableStatus', 405],
  ['expiredTokenStatus', 410],
] as const)('answers by the switch %s with %i', async (name, status) => {
  const link = local((await start()).body['@odata.deltaLink']);
  service.dataverse.switches[name] = status;
  if (name === 'untrackedTableStatus') {
    expect(await read('organizations', 'odata.track-changes')).toMatchObject({
      status,
      body: {
        error: {
          code: '0x80072491',
          message: "Entity organization isn't enabled for change tracking.",
        },
      },
    });
    return;
  }
  seconds += 8 * 86_400;
  expect(await read(link)).toMatchObject({ status, body: { error: { code: '0x80044352' } } });
});

it('lets tokens expire when the organization says so', async () => {
  const link = local((await start()).body['@odata.deltaLink']);
  seconds += 3600;
  expect((await read(link)).status).toBe(200);
  service.dataverse.change('organizations', SYSTEM_IDS.organization, {
    expirechangetrackingindays: 0,
  });
  expect(await read(link)).toMatchObject({
    body: {
      error: {
        code: '0x80044352',
        message:
          'Version stamp associated with the client has expired. Please perform a full sync.',
      },
    },
  });
});

it.each([
  ['Basic', 403],
  ['Deep', 403],
  ['Global', 200],
])('needs the right to read all rows: with the depth %s it answers %i', async (Depth, status) => {
  const { dataverse, ask } = service;
  const [roleid = ''] = dataverse.insert('roles', [
    {
      name: 'Reader',
      'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
    },
  ]);
  const Privileges = [{ PrivilegeId: privilegeId('prvReadAccount'), Depth }];
  const add = `roles(${roleid})/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
  expect((await ask('POST', add, { Privileges })).status).toBe(204);
  dataverse.insert('systemuserrolescollection', [
    { systemuserid: SYSTEM_IDS.applicationUser, roleid },
  ]);
  dataverse.switches.privileges = 'roles';
  expect((await read('accounts?$select=name')).status).toBe(200);
  const tracked = await start();
  expect(tracked.status).toBe(status);
  if (status === 403) expect(tracked.text).toContain('prvReadAccount');
});
