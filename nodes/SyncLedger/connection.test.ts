import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { defaultLedgerFile } from '../../core/ledger/open';
import { ledger, order, useOwnLedger } from '../../test/support/ledger';
import { syncLedgerTest } from './connection';

const folder = useOwnLedger();

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

  test('names another file and encrypts', async () => {
    const file = join(folder(), 'own.sqlite');
    const syncLedgerApi = { file, encryptionSecret: 'secret' };
    const run = await ledger('claim', [order('1')], {}, { credentials: { syncLedgerApi } });
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

  test('its test names the repair', async () => {
    expect(await testWith({ file: 'relative.sqlite' })).toEqual({
      status: 'Error',
      message: expect.stringContaining('whole path'),
    });
  });

  test('a ledger that cannot be opened fails every item alike', async () => {
    const credentials = { syncLedgerApi: { file: join(folder(), 'x', '..') } };
    const options = { credentials, onError: 'continueErrorOutput' as const };
    const run = await ledger('claim', [order('1'), order('2')], {}, options);
    expect(run.output(2)).toMatchObject([
      { order_number: '1', details: { code: 'LEDGER_UNREACHABLE' } },
      { order_number: '2' },
    ]);
  });
});
