import { ID, MISSING, PlainDataverse, runDynamics } from '../../test/support/plainDataverse';

const OTHER = '22222222-2222-4333-8444-555555555555';
const service = new PlainDataverse();

beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => {
  service.seen.length = 0;
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const unchosen = { __rl: true, mode: 'list', value: '' };

/** Writes the columns of one item to an account, as a node of that version is set. */
async function write(typeVersion: number, operation: string, set: object, item: object) {
  const parameters = {
    resource: 'account',
    operation,
    columnsSource: 'field',
    columnsField: 'account',
    ...set,
  };
  const { error } = await runDynamics(service, parameters, [item], { typeVersion });
  const [sent] = service.seen;
  return { error, url: sent?.url.replace(/^.*\/(accounts[^?]*).*$/, '$1'), body: sent?.body };
}

const account = { accountid: ID, accountnumber: 'A-1', name: 'Contoso' };

describe.each(['update', 'upsert'])('%s of a node of version 1', (operation) => {
  const of = async (set: object, item: object = { account }) =>
    await write(1, operation, set, item);

  it('takes the primary key of the columns where nothing is saved', async () => {
    expect(await of({})).toMatchObject({ error: undefined, url: `accounts(${ID})` });
  });

  it('takes the alternate key of the columns', async () => {
    const { url } = await of({ keyType: 'alternateKey', keyColumns: 'accountnumber' });
    expect(url).toBe("accounts(accountnumber='A-1')");
  });

  it('takes the chosen row, whatever the columns hold', async () => {
    const { url } = await of({ keyType: 'id', row: byId(OTHER) });
    expect(url).toBe(`accounts(${OTHER})`);
  });

  it('demands a row where it is to be found by its ID', async () => {
    await expect(of({ keyType: 'id', row: unchosen })).rejects.toThrow('"Account" is required');
    expect(service.seen).toEqual([]);
  });
});

describe.each(['update', 'upsert'])('%s of a node of version 1.1', (operation) => {
  const of = async (set: object, item: object = { account }) =>
    await write(1.1, operation, set, item);

  it('takes the row that is chosen', async () => {
    expect((await of({ row: byId(OTHER) })).url).toBe(`accounts(${OTHER})`);
    service.seen.length = 0;
    const { url } = await of({ row: byId('={{ $json.id }}') }, { account, id: MISSING });
    expect(url).toBe(`accounts(${MISSING})`);
  });

  it.each([{}, { row: unchosen }, { row: byId('') }])(
    'takes the one of the columns where none is chosen: %j',
    async (set) => {
      expect(await of(set)).toMatchObject({ error: undefined, url: `accounts(${ID})` });
    },
  );

  it('never takes the one of the columns for an expression that gives none', async () => {
    const { error, url } = await of({ row: byId('={{ $json.id }}') });
    expect(error?.message).toContain('No account is chosen');
    expect(url).toBeUndefined();
  });

  it('says both ways where neither gives a row', async () => {
    const { error, url } = await of({}, { account: { name: 'Contoso' } });
    expect(error?.message).toContain('No account is chosen, and the columns have no "accountid"');
    expect(url).toBeUndefined();
  });

  it('takes an alternate key that is set below, or the one in the columns', async () => {
    const { url, body } = await of(
      {
        keyType: 'alternateKey',
        keyValues: { columns: [{ name: 'accountnumber', value: 'B-2' }] },
      },
      { account: { name: 'Contoso' } },
    );
    expect(url).toBe("accounts(accountnumber='B-2')");
    expect(body).toBe(JSON.stringify({ name: 'Contoso' }));
    service.seen.length = 0;
    const inColumns = { keyType: 'alternateKeyInColumns', keyColumns: 'accountnumber' };
    expect((await of(inColumns)).url).toBe("accounts(accountnumber='A-1')");
  });
});
