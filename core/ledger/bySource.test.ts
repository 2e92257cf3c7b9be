import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger } from './ledger';
import { createLedger } from './open';

const leaseMs = 60_000;
const key = 'xcart:main:order:42';

let folder: string;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-by-source-'));
  ledger = await createLedger({ file: join(folder, 'ledger.sqlite') });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function claim(hash: string, source: unknown, flow = 'f') {
  const [outcome] = await ledger.claim([{ flow, key, hash, payload: { hash, source } }], {
    leaseMs,
  });
  return outcome;
}

const numbers = async () => (await ledger.lookUp([{ key }]))[0]?.map(({ number }) => number);

describe('the number of a record', () => {
  test('is what its source says, from the first word on and for good', async () => {
    await claim('a', undefined);
    expect(await numbers()).toEqual(['42']);
    await claim('b', { number: '1042' });
    expect(await numbers()).toEqual(['1042']);
    await claim('c', { number: 7 });
    await claim('d', 'no source');
    expect(await numbers()).toEqual(['1042']);
  });

  test('is the id in the key where nobody has said it, and the key where that has none', async () => {
    await claim('a', {});
    await ledger.link([
      { flow: 'f', key: 'erp:de:item:A:7', system: 's', table: 't', id: '1' },
      { flow: 'f', key: 'loose', system: 's', table: 't', id: '2' },
    ]);
    const found = await ledger.lookUp([{ key: 'erp:de:item:A:7' }, { key: 'loose' }]);
    expect(found.flat().map(({ number }) => number)).toEqual(['A:7', 'loose']);
  });

  test('goes with what becomes of the record', async () => {
    const outcome = await claim('a', { number: '1042' });
    const token = outcome && 'token' in outcome ? outcome.token : '';
    const details = { class: 'validation' as const, fix: 'Mend it' };
    expect(await ledger.fail([{ token, message: 'No', details }])).toMatchObject([
      { number: '1042', state: 'dead', reason: 'No', repair: 'Mend it', attempts: 1 },
    ]);
    expect(await ledger.discard([{ key }])).toMatchObject([{ number: '1042', changed: true }]);
  });
});
