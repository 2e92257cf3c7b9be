import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { closeLedgers, openLedger } from '../../core/ledger/open';
import { SyncLedgerApi } from '../../credentials/SyncLedgerApi.credentials';
import { runNode } from '../../test/engine';
import { SyncLedger } from './SyncLedger.node';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stores-node-'));
  file = join(folder, 'ledger.sqlite');
});

afterEach(async () => {
  await closeLedgers();
  rmSync(folder, { recursive: true });
});

const ledger = async () => await openLedger({ file });

async function run(parameters: IDataObject, input: object[], mode?: 'manual') {
  return await runNode({
    nodeType: new SyncLedger(),
    parameters: { ledger: 'credential', ...parameters } as never,
    credentialTypes: [new SyncLedgerApi()],
    credentials: { syncLedgerApi: { file } },
    input,
    mode,
  });
}

const order = (id: string, address?: string, more = {}) => ({
  order_number: id,
  source: { platform: 'xcart', store: 'main', kind: 'order', id, event: 'poll', address, ...more },
});

const claim = async (items: object[], mode?: 'manual') =>
  await run({ operation: 'claim' }, items, mode);

const TAKEN = {
  message: expect.stringMatching(
    /"main" already means the shop at a\.example.* b\.example/,
  ) as string,
  description: expect.stringMatching(/Store Name of its own.*Move Store/) as string,
};

describe('one store name', () => {
  it('is refused to a shop at another address, and nothing of it is taken', async () => {
    await claim([order('1', 'a.example')]);
    const { error } = await claim([order('1', 'b.example'), order('2', 'b.example')]);
    expect(error).toMatchObject(TAKEN);
    expect((await (await ledger()).statistics()).total.states.in_flight).toBe(1);
    expect((await claim([order('3', 'a.example')])).output(0)).toHaveLength(1);
  });

  it('is refused in a test run too, which notes no shop itself', async () => {
    expect((await claim([order('1', 'b.example')], 'manual')).error).toBeUndefined();
    await claim([order('1', 'a.example')]);
    expect((await claim([order('1', 'b.example')], 'manual')).error).toMatchObject(TAKEN);
  });

  it('is refused to two shops that come in one run', async () => {
    const { error } = await claim([order('1', 'a.example'), order('2', 'b.example')]);
    expect(error).toMatchObject(TAKEN);
  });

  it('is not asked about where an item does not say where its shop is', async () => {
    await claim([order('1', 'a.example')]);
    expect(
      (await claim([order('2'), { ...order('3'), order_number: 'x' }])).output(0),
    ).toHaveLength(2);
  });

  it('of another platform is another name, and the address is no part of the content', async () => {
    const first = await claim([order('1', 'a.example')]);
    const other = await claim([order('1', 'b.example', { platform: 'clarity' })]);
    const hashOf = (item?: IDataObject) => (item?.claim as IDataObject).hash;
    expect(hashOf(other.output(0)[0])).toBe(hashOf(first.output(0)[0]));
  });
});

describe('Move Store', () => {
  const move = async (newAddress: string, store = 'xcart:main') =>
    await run({ operation: 'moveStore', store, newAddress }, [{}]);

  it('lets the shop go on from its new address, and not from the old one', async () => {
    await claim([order('1', 'a.example')]);
    const moved = await move('https://www.B.example/');
    const said = { platform: 'xcart', store: 'main', address: 'b.example' };
    expect(moved.output()).toEqual([{ ...said, formerAddress: 'a.example', changed: true }]);
    expect((await claim([order('2', 'b.example')])).output(0)).toHaveLength(1);
    expect((await claim([order('3', 'a.example')])).error).toBeDefined();
    expect((await move('http://b.example')).output()).toMatchObject([{ changed: false }]);
  });

  it('keeps back nothing that the ledger has from where the shop was', async () => {
    const first = await claim([order('1', 'a.example')]);
    const { token } = first.output(0)[0]?.claim as { token: string };
    const opened = await ledger();
    await opened.fail([{ token, message: 'no', details: { class: 'validation' } }]);
    await opened.requeue({ all: true });
    await move('https://b.example');
    const again = await claim([order('1', 'a.example', { event: 'retry' })]);
    expect(again.output(0)).toMatchObject([{ claim: { outcome: 'retry' } }]);
  });

  it('says which stores there are', async () => {
    expect((await move('https://b.example')).error).toMatchObject({
      description: expect.stringContaining('not seen any store') as string,
    });
    await claim([order('1', 'a.example')]);
    expect((await move('https://b.example', 'xcart:mian')).error).toMatchObject({
      message: 'The ledger knows no store "xcart:mian"',
      description: expect.stringContaining('xcart:main') as string,
    });
    const listed = await new SyncLedger().methods.loadOptions.getStores.call({
      getNode: () => ({
        typeVersion: 1.2,
        parameters: { ledger: 'credential' },
        credentials: { syncLedgerApi: {} },
      }),
      getCredentials: async () => await Promise.resolve({ file }),
    } as unknown as ILoadOptionsFunctions);
    expect(listed).toEqual([
      { name: 'main', value: 'xcart:main', description: 'xcart, at a.example' },
    ]);
  });

  it('refuses what is no web address', async () => {
    await claim([order('1', 'a.example')]);
    expect((await move('b')).error).toMatchObject({
      message: 'New Address is no web address',
    });
  });
});
