import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

import {
  type ICredentialTestFunctions,
  type IDataObject,
  type INode,
  NodeHelpers,
} from 'n8n-workflow';

import { defaultLedgerFile, openedLedgers } from '../../core/ledger/open';
import { ledger, order, useOwnLedger } from '../../test/support/ledger';
import { syncLedgerTest } from './connection';
import { SyncLedger } from './SyncLedger.node';

const folder = useOwnLedger();

const CONTINUED = { onError: 'continueErrorOutput' } as const;

/** Whether the editor shows the credential, and n8n keeps it when it saves the node. */
function isShown(node: Pick<INode, 'typeVersion'>, given: INode['parameters']): boolean {
  const { description } = new SyncLedger();
  const { properties, credentials = [] } = description;
  const all = NodeHelpers.getNodeParameters(properties, given, true, false, node, description);
  const [credential] = credentials;
  if (!all || !credential) throw new Error('no parameters or no credential');
  return NodeHelpers.displayParameter(all, credential, node, description);
}

describe('the credential', () => {
  const testWith = async (data: IDataObject) =>
    await syncLedgerTest.call({} as ICredentialTestFunctions, {
      id: '1',
      name: 'ledger',
      type: 'syncLedgerApi',
      data: data as Record<string, string>,
    });

  test('is not needed: the ledger lies in n8n’s user folder', async () => {
    await ledger('claim', [order('1')]);
    expect(statSync(defaultLedgerFile()).isFile()).toBe(true);
    expect(defaultLedgerFile().startsWith(folder())).toBe(true);
  });

  test('that is only tried does not become the ledger of this n8n', async () => {
    await ledger('claim', [order('1')]);
    const before = await openedLedgers();
    const tried = await testWith({ file: defaultLedgerFile(), encryptionSecret: 'never saved' });
    expect(tried).toMatchObject({ status: 'OK' });
    expect(await openedLedgers()).toEqual(before);
  });

  test('names another file and encrypts', async () => {
    const file = join(folder(), 'own.sqlite');
    const syncLedgerApi = { file, encryptionSecret: 'secret' };
    const chosen = { ledger: 'credential' };
    const run = await ledger('claim', [order('1')], chosen, { credentials: { syncLedgerApi } });
    expect(run.output(0)).toHaveLength(1);
    const database = new DatabaseSync(file, { readOnly: true });
    const { body } = database.prepare('SELECT body FROM payload').get() as { body: Uint8Array };
    database.close();
    expect(Buffer.from(body).includes('order_number')).toBe(false);
    expect(await testWith(syncLedgerApi)).toEqual({
      status: 'OK',
      message: `The ledger ${file} is open and holds 1 records`,
    });
  });

  test('is missed where it was asked for', async () => {
    const run = await ledger('claim', [order('1')], { ledger: 'credential' }, CONTINUED);
    expect(run.output(2)).toMatchObject([
      { details: { class: 'validation', fix: expect.stringContaining('Default File') as string } },
    ]);
  });

  test('is not shown, and not used, where the ledger is the default file', async () => {
    const file = join(folder(), 'own.sqlite');
    await ledger('claim', [order('1')], {}, { credentials: { syncLedgerApi: { file } } });
    expect(existsSync(file)).toBe(false);
    expect(isShown({ typeVersion: 1.1 }, {})).toBe(false);
    expect(isShown({ typeVersion: 1.1 }, { ledger: 'credential' })).toBe(true);
  });

  test('is shown and used in nodes that were saved as version 1, and not needed there', async () => {
    const file = join(folder(), 'own.sqlite');
    const saved = { typeVersion: 1 };
    expect(isShown(saved, {})).toBe(true);
    await ledger('claim', [order('1')], {}, { ...saved, credentials: { syncLedgerApi: { file } } });
    expect(statSync(file).isFile()).toBe(true);
    await ledger('claim', [order('1')], {}, saved);
    expect(statSync(defaultLedgerFile()).isFile()).toBe(true);
  });

  test('its test names the repair', async () => {
    expect(await testWith({ file: 'relative.sqlite' })).toEqual({
      status: 'Error',
      message: expect.stringContaining('whole path'),
    });
  });

  test('a ledger that cannot be opened fails every item alike', async () => {
    const credentials = { syncLedgerApi: { file: join(folder(), 'x', '..') } };
    const options = { credentials, ...CONTINUED };
    const chosen = { ledger: 'credential' };
    const run = await ledger('claim', [order('1'), order('2')], chosen, options);
    expect(run.output(2)).toMatchObject([
      { order_number: '1', details: { code: 'LEDGER_UNREACHABLE' } },
      { order_number: '2' },
    ]);
  });
});
