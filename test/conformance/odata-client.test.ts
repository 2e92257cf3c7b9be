import { OData, type BatchRequests } from '@odata/client';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';

/**
 * A client for any OData 4 service, unchanged, with its own OAuth and its own reader of multipart answers: it knows
 * nothing of Dataverse, so what it can do is what the sandbox does by the standard.
 */

interface Account {
  accountid: string;
  name: string;
  accountnumber: string | null;
  numberofemployees: number | null;
}

type Client = ReturnType<typeof OData.New4>;

let sandbox: RunningSandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox();
});

beforeEach(() => {
  sandbox.reset();
  client = connect('form');
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => sandbox.stop());

/** The client secret travels in the form, as Microsoft writes it, or in the header, as RFC 6749 prefers. */
function connect(tokenRetrieveType: 'form' | 'header', clientSecret?: string): Client {
  const { entra, dataverse } = sandbox;
  return OData.New4({
    serviceEndpoint: `${dataverse.url}/api/data/v9.2/`,
    credential: {
      tokenUrl: `${entra.url}/${entra.tenantId}/oauth2/v2.0/token`,
      clientId: entra.clientId,
      clientSecret: clientSecret ?? entra.clientSecret,
      scope: dataverse.scope,
      tokenRetrieveType,
    },
    version: 'v4',
  });
}

const stored = (): readonly unknown[] => sandbox.services.dataverse.rows('accounts') ?? [];
const accounts = () => client.getEntitySet<Account>('accounts');

function fill(count: number): void {
  const rows = Array.from({ length: count }, (_, index) => ({
    name: `Account ${index}`,
    accountnumber: `A-${index}`,
    numberofemployees: index,
  }));
  sandbox.services.dataverse.insert('accounts', rows);
}

describe('OAuth', () => {
  it.each(['form', 'header'] as const)('gets a token with the secret in the %s', async (where) => {
    client = connect(where);
    expect(await accounts().query()).toEqual([]);
  });

  it('is refused with a wrong secret', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    client = connect('form', 'wrong');
    await expect(accounts().query()).rejects.toThrow('invalid_client');
  });
});

describe('entity sets', () => {
  it('are written, read, counted and searched', async () => {
    fill(12);
    await accounts().create({ name: 'Zürich Söhne', accountnumber: 'ON' });
    expect(await accounts().count()).toBe(13);
    const [made] = await accounts().find({ name: 'zürich söhne' });
    expect(made).toMatchObject({ accountnumber: 'ON' });
    const id = made?.accountid;
    await accounts().update({ accountnumber: 'ON' }, { name: 'Changed' });
    expect(await accounts().retrieve({ accountnumber: 'ON' })).toMatchObject({
      accountid: id,
      name: 'Changed',
    });
    await accounts().delete({ accountnumber: 'ON' });
    expect(await accounts().count()).toBe(12);
  });

  it('are filtered, ordered, cut and reduced by query options', async () => {
    fill(12);
    const options = client
      .newOptions()
      .filter(client.newFilter().field('numberofemployees').gt(3))
      .orderby('numberofemployees', 'desc')
      .select(['name'])
      .top(2);
    const found = await accounts().query(options);
    expect(found.map(({ name }) => name)).toEqual(['Account 11', 'Account 10']);
    expect(found[0]).not.toHaveProperty('numberofemployees');
  });

  it('answer errors in the shape of OData', async () => {
    await expect(accounts().retrieve({ accountnumber: 'none' })).rejects.toThrow(
      'A record with the specified key values does not exist in account entity',
    );
    await expect(client.getEntitySet('nothings').query()).rejects.toThrow(
      "Resource not found for the segment 'nothings'.",
    );
  });
});

describe('functions and batches', () => {
  it('calls a function', async () => {
    const me = (await client.functionImport('WhoAmI')) as unknown as { UserId: string };
    expect(me.UserId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('reads every part of a batch, change sets included', async () => {
    fill(1);
    const requests: BatchRequests = [
      client.newBatchRequest({
        collection: 'accounts',
        method: 'POST',
        entity: { name: 'Batch 1' },
      }),
      client.newBatchRequest({
        collection: 'accounts',
        method: 'POST',
        entity: { name: 'Batch 2' },
      }),
      client.newBatchRequest({
        collection: 'accounts',
        method: 'GET',
        params: client.newOptions().orderby('name', 'asc').select(['name']),
      }),
    ];
    const parts = await client.execBatchRequests(requests);
    expect(parts.map(({ status }) => status)).toEqual([204, 204, 200]);
    const body = (await parts[2]?.json()) as unknown as { value: Account[] };
    expect(body.value.map(({ name }) => name)).toEqual(['Account 0', 'Batch 1', 'Batch 2']);
    expect(stored()).toHaveLength(3);
  });
});
