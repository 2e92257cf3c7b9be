/** What was written back into a record comes again, is undone by somebody, or never arrived. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger } from './ledger';
import { createLedger } from './open';

const id = { flow: 'f', key: 'threedcart:main:order:42' };
const contents = [['placed', 'written']];

let folder: string;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-own-writes-'));
  ledger = await createLedger({ file: join(folder, 'ledger.sqlite') });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function claim(hash: string, second: number) {
  const said = `2026-01-01T00:00:0${second}Z`;
  const version = `${said} read ${said}`;
  const [outcome] = await ledger.claim(
    [{ ...id, hash, version, payload: { hash }, ownWrites: { contents } }],
    {
      leaseMs: 60_000,
    },
  );
  return outcome;
}

async function send(hash: string, second: number): Promise<void> {
  const outcome = await claim(hash, second);
  const token = outcome && 'token' in outcome ? outcome.token : '';
  await ledger.complete([{ token }]);
}

test('is no change, and what it was made of is one afterwards', async () => {
  await send('placed', 1);
  expect(await claim('written', 2)).toMatchObject({ outcome: 'unchanged' });
  expect(await claim('written', 2)).toMatchObject({ outcome: 'unchanged' });
  expect(await claim('placed', 3)).toMatchObject({ outcome: 'changed' });
});

test('is a change where somebody has undone it before anybody asked', async () => {
  await send('placed', 1);
  expect(await claim('placed', 1)).toMatchObject({ outcome: 'unchanged' });
  expect(await claim('placed', 3)).toMatchObject({ outcome: 'changed' });
});

test('is a change where the system has no dates, and it was read before the writing and behind it', async () => {
  const ownWrites = { contents, at: Date.parse('2026-01-01T00:00:02Z') };
  const read = async (second: number) => {
    const version = ` read 2026-01-01T00:00:0${second}Z`;
    const request = { ...id, hash: 'placed', version, payload: {}, ownWrites };
    const [outcome] = await ledger.claim([request], { leaseMs: 60_000 });
    return outcome;
  };
  const first = await read(1);
  await ledger.complete([{ token: first && 'token' in first ? first.token : '' }]);
  expect(await read(1)).toMatchObject({ outcome: 'unchanged' });
  const undone = await read(3);
  expect(undone).toMatchObject({ outcome: 'changed' });
  await ledger.complete([{ token: undone && 'token' in undone ? undone.token : '' }]);
  expect(await read(4)).toMatchObject({ outcome: 'unchanged' });
});

test('is met while its record is still being sent, and what is undone then waits', async () => {
  const outcome = await claim('placed', 1);
  expect(await claim('written', 2)).toMatchObject({ outcome: 'busy' });
  expect(await claim('placed', 3)).toMatchObject({ outcome: 'busy' });
  await ledger.complete([{ token: outcome && 'token' in outcome ? outcome.token : '' }]);
  expect(await claim('placed', 3)).toMatchObject({ outcome: 'retry' });
});

test('is what is sent again where a person resends the record', async () => {
  await send('placed', 1);
  await claim('written', 2);
  await ledger.resend({ flow: id.flow, limit: 1 });
  expect(await ledger.due({ flow: id.flow, limit: 1, visibilityMs: 1000 })).toMatchObject([
    { document: { hash: 'written' } },
  ]);
});
