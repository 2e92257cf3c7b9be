import { BATCH_TYPE, batchBody, testService, type Answer, type TestService } from '../test-service';

/** Change tracking: a first full read, then only what has changed since. */

const TRACK = { prefer: 'odata.track-changes' };
const id = (index: number): string => `a0000000-0000-4000-8000-0000000000${10 + index}`;

let seconds = Date.parse('2017-08-22T08:10:44Z') / 1000;
let service: TestService;

beforeAll(() => {
  service = testService({}, () => new Date(seconds * 1000));
});

beforeEach(() => {
  service.dataverse.reset();
  service.dataverse.insert(
    'accounts',
    [0, 1, 2].map((index) => ({ accountid: id(index), name: `A${index}` })),
  );
});

afterAll(() => service.dataverse.app.close());

const local = (link: unknown): string => String(link).split('/api/data/v9.2/')[1] ?? '';
const read = (path: string, prefer = ''): Promise<Answer> =>
  service.ask('GET', path, undefined, prefer === '' ? {} : { prefer });
const start = (): Promise<Answer> =>
  service.ask('GET', 'accounts?$select=name', undefined, { ...TRACK });
const follow = ({ body }: Answer): Promise<Answer> => read(local(body['@odata.deltaLink']));
const entries = ({ body }: Answer): Record<string, unknown>[] =>
  body.value as Record<string, unknown>[];
const names = (answer: Answer): unknown[] => entries(answer).map((row) => row.name ?? row.id);

it('begins with every row and a delta link', async () => {
  const first = await start();
  expect(first.headers['preference-applied']).toBe('odata.track-changes');
  expect(names(first)).toEqual(['A0', 'A1', 'A2']);
  expect(first.body['@odata.context']).toMatch(/#accounts\(name\)$/);
  expect(first.body['@odata.deltaLink']).toMatch(
    /accounts\?\$select=name&\$deltatoken=\d+%2108%2f22%2f2017%2008%3a10%3a44$/,
  );
});

it('goes on with what was changed, and with what was deleted at the end', async () => {
  const first = await start();
  await service.ask('DELETE', `accounts(${id(0)})`);
  await service.ask('PATCH', `accounts(${id(2)})`, { name: 'Changed' });
  await service.ask('POST', 'accounts', { name: 'New' });
  const second = await follow(first);
  expect(second.body['@odata.context']).toMatch(/#accounts\(name\)\/\$delta$/);
  expect(names(second)).toEqual(['Changed', 'New', id(0)]);
  expect(entries(second)[2]).toEqual({
    '@odata.context': expect.stringMatching(/\$metadata#accounts\/\$deletedEntity$/),
    id: id(0),
    reason: 'deleted',
  });
  expect(names(await follow(second))).toEqual([]);
});

it('shows a row that came and went in between as deleted', async () => {
  const first = await start();
  await service.ask('POST', 'accounts', { accountid: id(9), name: 'Short-lived' });
  await service.ask('DELETE', `accounts(${id(9)})`);
  expect(names(await follow(first))).toEqual([id(9)]);
});

it('forgets deletions that were undone or made good', async () => {
  const first = await start();
  const undone = batchBody([
    [
      { request: `DELETE /api/data/v9.2/accounts(${id(0)})` },
      { request: 'POST /api/data/v9.2/accounts', body: { nothing: 1 } },
    ],
  ]);
  expect((await service.ask('POST', '$batch', undone, BATCH_TYPE)).status).toBe(400);
  await service.ask('DELETE', `accounts(${id(1)})`);
  await service.ask('POST', 'accounts', { accountid: id(1), name: 'Back' });
  expect(names(await follow(first))).toEqual(['Back']);
});

it('counts changes', async () => {
  const first = await start();
  await service.ask('PATCH', `accounts(${id(2)})`, { name: 'Changed' });
  const token = String(first.body['@odata.deltaLink']).split('$deltatoken=')[1] ?? '';
  expect((await read(`accounts/$count?$deltatoken=${token}`)).text).toBe('\ufeff1');
});

it('pages, and ends at the change it began with', async () => {
  const first = await service.ask('GET', 'accounts?$select=name', undefined, {
    prefer: 'odata.track-changes,odata.maxpagesize=2',
  });
  expect(names(first)).toEqual(['A0', 'A1']);
  expect(first.body).not.toHaveProperty(['@odata.deltaLink']);
  // Rows that change while the client reads come again in the next delta, and none is lost.
  await service.ask('PATCH', `accounts(${id(2)})`, { name: 'Changed' });
  await service.ask('PATCH', `accounts(${id(0)})`, { name: 'Again' });
  const second = await read(local(first.body['@odata.nextLink']), 'odata.maxpagesize=2');
  expect(names(second)).toEqual([]);
  const third = await read(local(second.body['@odata.deltaLink']), 'odata.maxpagesize=1');
  expect(names(third)).toEqual(['Changed']);
  const fourth = await read(local(third.body['@odata.nextLink']), 'odata.maxpagesize=1');
  expect(names(fourth)).toEqual(['Again']);
  expect(names(await follow(fourth))).toEqual([]);
});

it.each([
  ["$filter=name eq 'A1'", 'filter'],
  ['$orderby=name', 'orderby'],
  ['$expand=primarycontactid', 'expand'],
  ['$top=1', 'top'],
])('refuses %s', async (option, name) => {
  const refused = await service.ask('GET', `accounts?${option}`, undefined, { ...TRACK });
  expect(refused).toMatchObject({
    status: 400,
    body: {
      error: {
        message: `The "$${name}" query parameter isn't supported when Change Tracking is enabled.`,
      },
    },
  });
});

it('refuses a table that is not tracked, and says so in its definition', async () => {
  const refused = await service.ask('GET', 'organizations', undefined, { ...TRACK });
  expect(refused).toMatchObject({ status: 400, body: { error: { code: '0x80072491' } } });
  const tracked = await read(
    'EntityDefinitions?$select=LogicalName&$filter=ChangeTrackingEnabled eq true',
  );
  const tables = entries(tracked).map(({ LogicalName }) => LogicalName);
  expect(tables).toContain('account');
  expect(tables).not.toContain('organization');
});

it('refuses a token that is older than the organization keeps deletions, or none at all', async () => {
  const first = await start();
  seconds += 7 * 86_400 - 1;
  expect((await follow(first)).status).toBe(200);
  seconds += 1;
  expect(await follow(first)).toMatchObject({
    status: 400,
    body: { error: { code: '0x80044352', message: expect.stringContaining('has expired') } },
  });
  expect((await read('accounts?$deltatoken=nonsense')).status).toBe(400);
});
