import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { INodeParameters, IPollFunctions } from 'n8n-workflow';

import { closeLedgers, defaultLedger, openLedger } from '../../../core/ledger/open';
import { requireOwnStoreName } from './storeName';

let folder: string;
const former = process.env.N8N_USER_FOLDER;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-name-'));
  process.env.N8N_USER_FOLDER = folder;
});

afterEach(async () => {
  await closeLedgers();
  process.env.N8N_USER_FOLDER = former;
  rmSync(folder, { recursive: true });
});

/** A trigger that a Claim node with these parameters stands behind. */
function trigger(parameters: INodeParameters, more = {}): IPollFunctions {
  const type = 'n8n-nodes-dynamics-commerce.syncLedger';
  const claim = { name: 'Claim', type, typeVersion: 1.2, disabled: false, ...more };
  return {
    getNode: () => ({ name: 'Trigger' }),
    getChildNodes: (
      _name: string,
      { includeNodeParameters }: { includeNodeParameters: boolean },
    ) => [{ ...claim, ...(includeNodeParameters && { parameters }) }],
  } as unknown as IPollFunctions;
}

const DEFAULT = { ledger: 'default' };
const ask = async (address: string, parameters: INodeParameters = DEFAULT, more = {}) =>
  await requireOwnStoreName(trigger(parameters, more), 'xcart', { name: 'main', address });

const known = async (address: string) =>
  await (await openLedger()).stores.meet([{ platform: 'xcart', store: 'main', address }]);

it('refuses a shop whose name means another one, with both addresses and the ways out', async () => {
  await known('a.example');
  await expect(ask('b.example')).rejects.toMatchObject({
    message: expect.stringMatching(/"main".* a\.example.* b\.example/) as string,
    fix: expect.stringMatching(/Store Name of its own.*Move Store/) as string,
  });
  await expect(ask('a.example')).resolves.toBeUndefined();
});

it('asks no ledger but the one that the node behind it works on', async () => {
  await known('a.example');
  await expect(ask('b.example', { ledger: 'credential' })).resolves.toBeUndefined();
  await expect(ask('b.example', DEFAULT, { disabled: true })).resolves.toBeUndefined();
  await expect(ask('b.example', DEFAULT, { type: 'x.set' })).resolves.toBeUndefined();
});

it('makes no ledger, and notes no shop', async () => {
  await ask('b.example');
  expect(await defaultLedger()).toBeUndefined();
  const ledger = await openLedger();
  await ask('b.example');
  expect(await ledger.stores.list()).toEqual([]);
});

it('leaves it to Claim to say that the ledger cannot be read', async () => {
  await known('a.example');
  await closeLedgers();
  rmSync(join(folder, '.n8n'), { recursive: true });
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(folder, '.n8n', 'dynamics-commerce', 'ledger.sqlite'), { recursive: true });
  await expect(ask('b.example')).resolves.toBeUndefined();
});
