import { randomUUID } from 'node:crypto';

import { forgetTokens } from '../../core/dynamics/auth';
import { contains, isIn, startsWith } from '../../core/dynamics/dataverse/filters';
import {
  createOperation,
  updateOperation,
  upsertOperation,
  written,
} from '../../core/dynamics/dataverse/operations';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { and, eq, guid } from '../../core/odata/query';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

let sandbox: RunningSandbox;
let client: Dataverse;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.stop());

beforeEach(() => {
  forgetTokens();
  sandbox.reset();
  sandbox.services.dataverse.switches.batchLineEnds = 'strict';
  client = dataverseClient(sandbox);
});

const requests = () => sandbox.context.counters.snapshot();

describe('one row at a time', () => {
  it('says who it is', async () => {
    expect((await client.whoAmI()).userId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('creates, reads, updates and deletes', async () => {
    const { id = '' } = await client.create('accounts', { name: 'Contoso', accountnumber: 'C-1' });
    expect(await client.get('accounts', id, { select: ['name'] })).toMatchObject({
      name: 'Contoso',
    });
    expect(await client.update('accounts', id, { name: 'Fabrikam' })).toMatchObject({ id });
    const row = await client.get('accounts', { accountnumber: 'C-1' }, { select: ['name'] });
    expect(row).toMatchObject({ accountid: id, name: 'Fabrikam' });
    await client.delete('accounts', id);
    await expect(client.get('accounts', id)).rejects.toMatchObject({ class: 'not-found' });
    await expect(client.update('accounts', id, { name: 'x' })).rejects.toMatchObject({
      class: 'not-found',
    });
  });

  it('creates with a key of its own only once', async () => {
    const row = { accountid: randomUUID(), name: 'Contoso' };
    await client.create('accounts', row, { repeatable: true });
    await expect(client.create('accounts', row)).rejects.toMatchObject({
      class: 'duplicate',
      code: '0x80040237',
    });
  });

  it('holds to the version that was read', async () => {
    const { row, id = '' } = await client.create(
      'accounts',
      { name: 'A' },
      { returning: ['name'] },
    );
    const etag = String(row?.['@odata.etag']);
    await client.update('accounts', id, { name: 'B' });
    await expect(
      client.update('accounts', id, { name: 'C' }, { ifMatch: etag }),
    ).rejects.toMatchObject({ class: 'conflict', code: '0x80060882' });
  });

  it('upserts by alternate key and tells which of the two it was', async () => {
    const key = { accountnumber: "O'N 1" };
    const options = { returning: ['accountid'], primaryId: 'accountid' };
    const first = await client.upsert('accounts', key, { name: 'One' }, options);
    const second = await client.upsert('accounts', key, { name: 'Two' }, options);
    expect([first.created, second.created, second.id]).toEqual([true, false, first.id]);
    expect(await client.upsert('accounts', key, { name: 'Three' })).toEqual({});
    await expect(
      client.upsert('accounts', first.id ?? '', { name: 'x' }, { mode: 'create-only' }),
    ).rejects.toMatchObject({ class: 'duplicate' });
    await expect(
      client.upsert('accounts', randomUUID(), { name: 'x' }, { mode: 'update-only' }),
    ).rejects.toMatchObject({ class: 'not-found' });
  });

  it('links rows', async () => {
    const account = await client.create('accounts', { name: 'Contoso' });
    const contact = await client.create('contacts', { lastname: 'Lee' });
    const from = { set: 'accounts', key: account.id ?? '' };
    const to = { set: 'contacts', key: contact.id ?? '' };
    const primary = async () =>
      (await client.get('accounts', from.key, { select: ['_primarycontactid_value'] }))[
        '_primarycontactid_value'
      ];
    await client.associate(from, 'primarycontactid', to, { single: true });
    expect(await primary()).toBe(contact.id);
    await client.disassociate(from, 'primarycontactid');
    expect(await primary()).toBeNull();
  });
});

describe('many rows', () => {
  const accounts = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      createOperation(
        'accounts',
        { accountid: randomUUID(), name: `Many ${String(index).padStart(3, '0')}` },
        { repeatable: true },
      ),
    );

  it('writes a thousand in a handful of requests, each answered in its place', async () => {
    await client.whoAmI();
    sandbox.context.counters.reset();
    const operations = accounts(1_000);
    const outcomes = await client.batch(operations);
    const ids = outcomes.map((outcome) => (outcome.ok ? written(outcome.value).id : undefined));
    expect(ids).toEqual(operations.map(({ body }) => (body as { accountid: string }).accountid));
    expect(requests()).toMatchObject({ dataverse: { requests: 16 } });
  });

  it('tells apart what succeeded and what did not', async () => {
    const taken = randomUUID();
    await client.create('accounts', { accountid: taken, name: 'Taken' });
    const outcomes = await client.batch([
      createOperation('accounts', { name: 'Fine' }),
      createOperation('accounts', { accountid: taken, name: 'Again' }),
      createOperation('accounts', { name: 'x'.repeat(200) }),
      updateOperation('accounts', randomUUID(), { name: 'Gone' }),
      upsertOperation('accounts', { nokey: 'x' }, { name: 'No key' }),
      createOperation('accounts', { name: 'Fine too' }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.class))).toEqual([
      'ok',
      'duplicate',
      'validation',
      'not-found',
      'validation',
      'ok',
    ]);
  });

  it.each([
    ['nested', true],
    ['nested', false],
    ['single', false],
  ] as const)('keeps a change set whole: %s, with Content-ID %s', async (shape, named) => {
    const { switches } = sandbox.services.dataverse;
    switches.failedChangeSet = shape;
    switches.failedChangeSetContentId = named;
    const [good, bad] = await client.batch([
      {
        changeSet: [
          createOperation('contacts', { lastname: 'Lee' }),
          createOperation('accounts', { name: 'Set', 'primarycontactid@odata.bind': '$1' }),
        ],
      },
      {
        changeSet: [
          createOperation('accounts', { name: 'Rolled back' }),
          createOperation('accounts', { name: 'x'.repeat(200) }),
        ],
      },
    ]);
    expect(good).toMatchObject({ ok: true, members: [{ ok: true }, { ok: true }] });
    expect(bad).toMatchObject({ ok: false, members: [{ ok: false }, { ok: false }] });
    const [set] = await client.list('accounts', { filter: eq('name', 'Set') });
    expect(set?.['_primarycontactid_value']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await client.list('accounts', { filter: eq('name', 'Rolled back') })).toEqual([]);
  });

  it('finds what was asked for, whatever characters are in it', async () => {
    const names = ["O'Neil & Söhne #1", '100% [pure]', 'a_b', 'axb', '100 percent pure'];
    const made = await Promise.all(names.map((name) => client.create('accounts', { name })));
    const found = async (filter: string) =>
      (await client.list('accounts', { select: ['name'], filter })).map(({ name }) => name);
    expect(await found(eq('name', names[0] ?? ''))).toEqual([names[0]]);
    expect(await found(contains('name', '% [p'))).toEqual([names[1]]);
    expect(await found(startsWith('name', 'a_'))).toEqual(['a_b']);
    expect(await found(eq('accountid', guid(made[3]?.id ?? '')))).toEqual(['axb']);
    expect((await found(isIn('name', ["O'Neil & Söhne #1", 'axb']))).sort()).toEqual([
      names[0],
      'axb',
    ]);
  });

  it('pages through all, and reads no more than asked', async () => {
    await client.batch(accounts(250));
    const query = { select: ['name'], filter: startsWith('name', 'Many'), orderBy: ['name'] };
    const pages: number[] = [];
    for await (const page of client.pages('accounts', { ...query, pageSize: 100 }))
      pages.push(page.length);
    expect(pages).toEqual([100, 100, 50]);
    expect(await client.list('accounts', query, { limit: 7 })).toHaveLength(7);
  });

  it('asks for more than an address can hold', async () => {
    await client.batch(accounts(5));
    const names = Array.from(
      { length: 2_000 },
      (_, index) => `Many ${String(index).padStart(3, '0')} `,
    );
    const filter = and(
      isIn(
        'name',
        names.map((name) => name.trim()),
      ),
    );
    expect(await client.list('accounts', { select: ['name'], filter })).toHaveLength(5);
  });
});

describe('under faults', () => {
  const order = { accountid: randomUUID(), name: 'Once' };
  const named = () => client.list('accounts', { filter: eq('name', 'Once') });

  it('signs in again when the token is no longer taken', async () => {
    await client.whoAmI();
    sandbox.services.entra.expireTokens();
    expect((await client.whoAmI()).userId).toBeTruthy();
  });

  it('is not stopped by refusals, resets and failures', async () => {
    sandbox.context.faults.configure({
      rules: [
        { service: 'dataverse', kind: '429', times: 1, retryAfterSeconds: 0 },
        { service: 'dataverse', kind: '503', times: 1, after: 1 },
        { service: 'dataverse', kind: 'reset', times: 1, after: 2 },
      ],
    });
    await client.create('accounts', order, { repeatable: true });
    expect(await named()).toHaveLength(1);
  });

  it('writes once when a time-out hides the success', async () => {
    client = dataverseClient(sandbox, { timeoutMs: 2_000 });
    await client.whoAmI();
    sandbox.context.faults.configure({
      rules: [{ service: 'dataverse', kind: 'timeout-after-commit', times: 1 }],
    });
    const [outcome] = await client.batch([
      createOperation('accounts', order, { repeatable: true }),
    ]);
    expect(outcome).toMatchObject({ ok: false, error: { class: 'duplicate' } });
    expect(await named()).toHaveLength(1);
  });
});
