import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger } from './ledger';
import type { StoreAt } from './stores';
import { createLedger } from './open';

let folder: string;
let ledger: Ledger;
const open = async () => await createLedger({ file: join(folder, 'ledger.sqlite') });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stores-'));
  ledger = await open();
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const at = (address: string, store = 'main', platform = 'xcart'): StoreAt => ({
  platform,
  store,
  address,
});

it('remembers where a name was first seen, also for who opens the ledger later', async () => {
  expect(await ledger.stores.meet([at('a.example')])).toEqual([at('a.example')]);
  await ledger.close();
  ledger = await open();
  expect(await ledger.stores.meet([at('b.example'), at('a.example')])).toEqual([
    at('a.example'),
    at('a.example'),
  ]);
  expect(await ledger.stores.list()).toEqual([at('a.example')]);
});

it('takes the first of several addresses that are said at once', async () => {
  expect(await ledger.stores.meet([at('a.example'), at('b.example')])).toEqual([
    at('a.example'),
    at('a.example'),
  ]);
});

it('keeps names and platforms apart', async () => {
  const all = [at('a.example'), at('b.example', 'second'), at('c.example', 'main', 'clarity')];
  expect(await ledger.stores.meet(all)).toEqual(all);
  expect(await ledger.stores.list()).toHaveLength(3);
});

it('notes nothing for who only looks, and tells two addresses of one look apart all the same', async () => {
  const look = async (...stores: StoreAt[]) => await ledger.stores.meet(stores, { lookOnly: true });
  expect(await look(at('a.example'), at('b.example'))).toEqual([at('a.example'), at('a.example')]);
  expect(await ledger.stores.list()).toEqual([]);
  await ledger.stores.meet([at('b.example')]);
  expect(await look(at('a.example'))).toEqual([at('b.example')]);
});

it('lets a store move, but not one that nobody knows', async () => {
  expect(await ledger.stores.move(at('b.example'))).toBeUndefined();
  await ledger.stores.meet([at('a.example')]);
  expect(await ledger.stores.move(at('b.example'))).toEqual(at('a.example'));
  expect(await ledger.stores.meet([at('a.example')])).toEqual([at('b.example')]);
});

it('notes one address where two come at the same time', async () => {
  const other = await open();
  const met = await Promise.all([
    ledger.stores.meet([at('a.example')]),
    other.stores.meet([at('b.example')]),
  ]);
  await other.close();
  const [known] = await ledger.stores.list();
  expect(met).toEqual([[known], [known]]);
});
