import {
  bulkMessagesOf,
  forgetBulkMessages,
} from '../../core/dynamics/dataverse/metadata/messages';
import {
  type RowWrite,
  type WriteOptions,
  writeRows,
} from '../../core/dynamics/dataverse/rows/writeRows';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { table } from '../../sandbox/dataverse';
import { text } from '../../sandbox/dataverse/schema/columns';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const ROWS = 200;

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Rows with keys of their own; those of `bad` have a name that is too long. */
function accounts(bad: number[] = [], change: object = {}): RowWrite[] {
  return Array.from({ length: ROWS }, (_unused, index) => ({
    set: 'accounts',
    table: 'account',
    primaryId: 'accountid',
    row: {
      accountid: idOf(index),
      name: bad.includes(index) ? 'x'.repeat(200) : `Account ${index}`,
      ...change,
    },
  }));
}

describe('bulk messages', () => {
  let sandbox: RunningSandbox;
  let client: Dataverse;
  beforeAll(async () => {
    sandbox = await startSandbox();
    client = dataverseClient(sandbox);
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => {
    forgetBulkMessages();
    sandbox.reset();
  });

  const bulk = (): WriteOptions => ({ bulk: bulkMessagesOf(client) });
  const stored = () => sandbox.services.dataverse.rows('accounts') ?? [];
  const counts = () => sandbox.context.counters.snapshot().dataverse;

  /** Outcomes by name; a failure by its class. */
  const tally = (outcomes: Awaited<ReturnType<typeof writeRows>>) => {
    const found: Record<string, number> = {};
    for (const outcome of outcomes) {
      const word = outcome.ok ? outcome.value.outcome : outcome.error.class;
      found[word] = (found[word] ?? 0) + 1;
    }
    return found;
  };

  async function seeded(): Promise<void> {
    await writeRows(client, 'create', accounts());
    sandbox.context.counters.reset();
  }

  /** A create of many is carried out and its answer never arrives, or it never arrives itself. Nobody waits for either. */
  function loseMessage(kind: 'timeout-after-commit' | 'reset'): void {
    const what = { service: 'dataverse', method: 'POST', path: 'CreateMultiple' };
    const rule = { ...what, kind, holdMs: 0, times: 1 };
    sandbox.context.faults.configure({ rules: [rule] });
  }

  test('create and update many rows of a table that has them, which is asked once', async () => {
    expect(tally(await writeRows(client, 'create', accounts(), bulk()))).toEqual({ created: ROWS });
    const { byRoute, operations } = counts();
    expect(byRoute['GET sdkmessagefilters']).toBe(1);
    expect(byRoute['POST $batch']).toBeUndefined();
    expect(operations['create account']).toBeUndefined();
    const changed = accounts([], { telephone1: '1' });
    const outcomes = await writeRows(client, 'update', changed, bulk());
    expect(tally(outcomes)).toEqual({ updated: ROWS });
    expect(outcomes[7]).toEqual({ ok: true, value: { id: idOf(7), outcome: 'updated' } });
    expect(stored().filter(({ telephone1 }) => telephone1 === '1')).toHaveLength(ROWS);
    expect(counts().byRoute).toEqual({
      ...byRoute,
      'POST accounts': 2 * (byRoute['POST accounts'] ?? 0),
    });
    expect(counts().operations['update account']).toBeUndefined();
  });

  test('need no more requests than batches do', async () => {
    await writeRows(client, 'create', accounts());
    const batches = counts().requests;
    sandbox.reset();
    await writeRows(client, 'create', accounts(), bulk());
    expect(counts().requests).toBeLessThanOrEqual(batches + 1);
  });

  test('are not sent where the environment does not say that the table has them', async () => {
    for (const { sdkmessagefilterid } of sandbox.services.dataverse.rows('sdkmessagefilters') ??
      []) {
      await client.delete('sdkmessagefilters', String(sdkmessagefilterid));
    }
    sandbox.context.counters.reset();
    expect(tally(await writeRows(client, 'create', accounts(), bulk()))).toEqual({ created: ROWS });
    expect(counts().byRoute['POST accounts']).toBeUndefined();
    expect(counts().operations['create account']).toBe(ROWS);
  });

  test('give way to batches where the table refuses them all the same', async () => {
    const says = { has: async () => await Promise.resolve(true), lacks: jest.fn() };
    for (const { sdkmessagefilterid } of sandbox.services.dataverse.rows('sdkmessagefilters') ??
      []) {
      await client.delete('sdkmessagefilters', String(sdkmessagefilterid));
    }
    expect(tally(await writeRows(client, 'create', accounts(), { bulk: says }))).toEqual({
      created: ROWS,
    });
    expect(says.lacks).toHaveBeenCalledWith('account', 'CreateMultiple');
  });

  test.each([
    ['upserts, of which the message does not say what it made', 'upsert', accounts()],
    [
      'rows without a key of their own, which nobody could look for',
      'create',
      accounts().map(({ row, ...write }) => ({ ...write, row: { name: row['name'] } })),
    ],
    [
      'rows that bring others along',
      'create',
      accounts().map((write) => ({
        ...write,
        row: { ...write.row, contact_customer_accounts: [{ lastname: 'Doe' }] },
      })),
    ],
    ['few rows', 'create', accounts().slice(0, 50)],
  ] as const)('are not sent for %s', async (_what, kind, writes) => {
    const outcomes = await writeRows(client, kind, [...writes], bulk());
    expect(tally(outcomes)).toEqual({ created: writes.length });
    expect(counts().byRoute['POST accounts']).toBeUndefined();
  });

  test('let a bad row fail alone, with its own reason', async () => {
    const outcomes = await writeRows(client, 'create', accounts([3]), bulk());
    expect(tally(outcomes)).toEqual({ created: ROWS - 1, validation: 1 });
    const failed = outcomes[3];
    expect(failed?.ok === false && failed.error.message).toMatch(/length of the 'name' attribute/);
    expect(stored()).toHaveLength(ROWS - 1);
  });

  test('let an update fail alone whose row is not there', async () => {
    await seeded();
    await client.delete('accounts', idOf(5));
    const outcomes = await writeRows(client, 'update', accounts([], { telephone1: '1' }), bulk());
    expect(tally(outcomes)).toEqual({ updated: ROWS - 1, 'not-found': 1 });
    expect(outcomes[5]?.ok).toBe(false);
  });

  test('are given up where many of them are refused', async () => {
    const bad = Array.from({ length: ROWS }, (_unused, index) => index).filter((n) => n % 9 === 0);
    const one = dataverseClient(sandbox, { lanes: 1, batchSize: 10 });
    const outcomes = await writeRows(one, 'create', accounts(bad), { bulk: bulkMessagesOf(one) });
    expect(tally(outcomes)).toEqual({ created: ROWS - bad.length, validation: bad.length });
    expect(counts().byRoute['POST accounts']).toBe(2);
  });

  test('make rows once where the lost answer hides that they are there', async () => {
    await client.whoAmI();
    loseMessage('timeout-after-commit');
    expect(tally(await writeRows(client, 'create', accounts(), bulk()))).toEqual({ created: ROWS });
    expect(stored()).toHaveLength(ROWS);
    expect(counts().byRoute['POST $batch']).toBeUndefined();
  });

  test('do not take rows for their own that were there before', async () => {
    await writeRows(
      client,
      'create',
      accounts([], { overriddencreatedon: '2025-01-01T00:00:00Z' }),
    );
    loseMessage('reset');
    const outcomes = await writeRows(client, 'create', accounts([], { telephone1: '1' }), bulk());
    expect(tally(outcomes)).toEqual({ duplicate: ROWS });
    expect(stored().filter(({ telephone1 }) => telephone1 === '1')).toEqual([]);
  });

  test('make rows in batches where the message never arrived', async () => {
    loseMessage('reset');
    expect(tally(await writeRows(client, 'create', accounts(), bulk()))).toEqual({ created: ROWS });
    expect(stored()).toHaveLength(ROWS);
  });

  test('of an elastic table write what they can, and send only the rest again', async () => {
    sandbox.services.dataverse.addTable(
      table({
        name: 'new_sensor',
        schemaName: 'new_Sensor',
        label: 'Sensor',
        entitySet: 'new_sensors',
        objectTypeCode: 10_902,
        custom: true,
        elastic: true,
        columns: [text('name', 100, { label: 'Name' })],
      }),
    );
    const writes = accounts([3]).map(({ row: { accountid, name } }) => ({
      set: 'new_sensors',
      table: 'new_sensor',
      primaryId: 'new_sensorid',
      row: { new_sensorid: accountid, name },
    }));
    const outcomes = await writeRows(client, 'create', writes, bulk());
    expect(tally(outcomes)).toEqual({ created: ROWS - 1, validation: 1 });
    expect(sandbox.services.dataverse.rows('new_sensors')).toHaveLength(ROWS - 1);
    expect(counts().operations['create new_sensor']).toBe(1);
  });
});
