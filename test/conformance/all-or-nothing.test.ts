import { byName, useDynamics } from './dynamics-on-sandbox';

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const ROWS = 5;

describe('All or Nothing', () => {
  const dynamics = useDynamics();

  const accounts = (change: (index: number) => object = () => ({})): object[] =>
    Array.from({ length: ROWS }, (_unused, index) => ({
      accountid: idOf(index),
      name: `Account ${index}`,
      ...change(index),
    }));
  const only = (index: number, change: object) => (at: number) => (at === index ? change : {});

  const stored = () => dynamics.sandbox.services.dataverse.rows('accounts') ?? [];
  /** Requests by route, without the one that asks for the table's names. */
  const writes = () => {
    const { byRoute } = dynamics.sandbox.context.counters.snapshot().dataverse;
    return Object.fromEntries(
      Object.entries(byRoute).filter(([route]) => !route.startsWith('GET')),
    );
  };

  async function write(operation: string, input: object[], options: object = {}) {
    dynamics.sandbox.context.counters.reset();
    const run = await dynamics.run(
      {
        resource: 'row',
        operation,
        table: byName('account'),
        columnsSource: 'auto',
        options: { allOrNothing: true, convert: 'never', ...options },
      },
      input,
    );
    if (run.error) throw run.error;
    return run.output();
  }

  async function remove(input: object[]) {
    dynamics.sandbox.context.counters.reset();
    const { output } = await dynamics.run(
      {
        resource: 'row',
        operation: 'delete',
        table: byName('account'),
        row: { __rl: true, mode: 'id', value: '={{ $json.accountid }}' },
        options: { allOrNothing: true },
      },
      input,
    );
    return output();
  }

  /** A change set is carried out and its answer never arrives, or it never arrives itself. */
  function lose(kind: 'timeout-after-commit' | 'reset'): void {
    const rule = { service: 'dataverse', path: '\\$batch', kind, times: 1 };
    dynamics.sandbox.context.faults.configure({ rules: [{ ...rule, holdMs: 0 }] } as never);
  }

  test.each(['create', 'upsert'])('writes all items of %s in one change set', async (operation) => {
    const output = await write(operation, accounts());
    expect(output.map(({ id, outcome }) => [id, outcome])).toEqual(
      accounts().map((_row, index) => [idOf(index), 'created']),
    );
    expect(writes()).toEqual({ 'POST $batch': 1 });
    expect(stored()).toHaveLength(ROWS);
  });

  test.each(['create', 'upsert'])(
    'writes no item of %s where one is refused, and names that one',
    async (operation) => {
      const output = await write(operation, accounts(only(3, { name: 'x'.repeat(161) })));
      expect(stored()).toEqual([]);
      const errors = output.map(({ error }) => String(error));
      expect(errors[3]).toMatch(/length of the 'name' attribute/);
      for (const index of [0, 1, 2, 4]) {
        expect(errors[index]).toMatch(
          /^Nothing was written, because item 4 failed: .*length of the 'name' attribute/,
        );
      }
    },
  );

  test('says of each item what it can where the service does not name the one that failed', async () => {
    Object.assign(dynamics.sandbox.services.dataverse.switches, {
      failedChangeSet: 'single',
      failedChangeSetContentId: false,
    });
    const output = await write('create', accounts(only(3, { name: 'x'.repeat(161) })));
    expect(stored()).toEqual([]);
    for (const { error } of output) expect(error).toMatch(/^A text is too long.*'name' attribute/);
  });

  test('sends nothing where an item cannot be prepared', async () => {
    const output = await write('update', accounts(only(1, { accountid: '' })));
    expect(output[1]?.['error']).toMatch(/have no "accountid"/);
    expect(output[0]?.['error']).toMatch(/^Nothing was written, because item 2 failed: /);
    expect(writes()).toEqual({});
  });

  test('changes or deletes all, or none where one is not there', async () => {
    await write('create', accounts());
    const missing = accounts(only(2, { accountid: idOf(77) }));
    const failed = await write(
      'update',
      missing.map((row) => ({ ...row, telephone1: '1' })),
    );
    expect(failed[2]?.['error']).toMatch(/Does Not Exist/);
    expect(failed[4]?.['error']).toMatch(/because item 3 failed/);
    expect(stored().filter(({ telephone1 }) => telephone1 === '1')).toEqual([]);

    const kept = await remove(missing);
    expect(kept[2]?.['error']).toMatch(/Does Not Exist/);
    expect(kept[0]?.['error']).toMatch(/because item 3 failed/);
    expect(stored()).toHaveLength(ROWS);
    expect(await remove(accounts())).toHaveLength(ROWS);
    expect(stored()).toEqual([]);
  });

  test.each(['timeout-after-commit', 'reset'] as const)(
    'makes all once, and says so, where an answer is lost: %s',
    async (kind) => {
      lose(kind);
      const output = await write('create', accounts(), { returnRow: true });
      expect(output.map(({ id, outcome, name }) => [id, outcome, name])).toEqual(
        accounts().map((_row, index) => [idOf(index), 'created', `Account ${index}`]),
      );
      expect(stored()).toHaveLength(ROWS);
    },
  );

  test('takes no rows for made that were there before', async () => {
    await write(
      'create',
      accounts(() => ({ overriddencreatedon: '2025-01-01T00:00:00Z' })),
    );
    lose('reset');
    const output = await write('create', accounts());
    for (const { error } of output) expect(error).toMatch(/duplicate key/i);
  });

  test.each(['timeout-after-commit', 'reset'] as const)(
    'deletes all, and says so, where an answer is lost: %s',
    async (kind) => {
      await write('create', accounts());
      lose(kind);
      expect((await remove(accounts())).map(({ deleted }) => deleted)).toEqual(
        accounts().map(() => true),
      );
      expect(stored()).toEqual([]);
    },
  );

  test('takes no more than a change set holds', async () => {
    const many = Array.from({ length: 1_001 }, (_unused, index) => ({ name: `Account ${index}` }));
    const [first] = await write('create', many);
    expect(first?.['error']).toMatch(/A change set has 1001 operations; Dataverse takes 1000/);
    expect(stored()).toEqual([]);
  });
});
