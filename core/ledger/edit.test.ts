import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger } from './ledger';
import { contentHash } from './hash';
import { createLedger } from './open';

const MINUTE = 60_000;
const leaseMs = MINUTE;
const flow = 'f';
const key = 'xcart:main:order:1';
const SOURCE = { platform: 'xcart', store: 'main', kind: 'order', id: '1', event: 'poll' };
const ORIGINAL = { email: 'wrong', total: 10 };
const CHANGED = { email: 'right', total: 10 };

let folder: string;
let ledger: Ledger;
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-edit-'));
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await createLedger({ file: join(folder, 'ledger.sqlite'), now: () => now });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

/** As the shop's trigger brings it in. */
async function fromShop(hash = 'a', content: object = ORIGINAL) {
  const payload = { ...content, source: SOURCE };
  const [outcome] = await ledger.claim([{ flow, key, hash, payload }], { leaseMs });
  return { outcome: outcome?.outcome, token: outcome && 'token' in outcome ? outcome.token : '' };
}

/** As the trigger of retries hands it out, and with a hash of what the Claim node compares. */
async function fromLedger(hash = 'of the edited document') {
  const [due] = await ledger.due({ limit: 1, visibilityMs: MINUTE });
  if (!due) return { outcome: undefined, token: '', document: undefined };
  const payload = due.document;
  const [outcome] = await ledger.claim([{ flow, key, hash, payload }], { leaseMs });
  const token = outcome && 'token' in outcome ? outcome.token : '';
  return { outcome: outcome?.outcome, token, document: due.document };
}

async function bury(): Promise<void> {
  const { token } = await fromShop();
  await ledger.fail([{ token, message: 'No', details: { class: 'validation' } }]);
}

const edit = async (document: object = CHANGED) => await ledger.edit([{ key, document }]);
const view = async () => (await ledger.lookUp([{ key }]))[0]?.[0];

test('sends the changed document with the source that it had, and says who changed what', async () => {
  await bury();
  const source = { ...SOURCE, id: '2' };
  expect(await edit({ ...CHANGED, source, claim: { key: 'x' } })).toMatchObject([
    [{ key, state: 'pending', changed: true }],
  ]);
  expect(await view()).toMatchObject({ edited: true, remark: 'A person changed email' });
  const { outcome, document } = await fromLedger();
  expect(document).toEqual({
    ...CHANGED,
    source: { ...SOURCE, edited: expect.any(String) as string },
  });
  expect(outcome).toBe('retry');
});

describe('what the shop brings in again', () => {
  test('does not take the place of the changed document, before and after it was sent', async () => {
    await bury();
    await edit();
    expect(await fromShop()).toMatchObject({ outcome: 'busy' });
    const { token } = await fromLedger();
    expect(await fromShop()).toMatchObject({ outcome: 'busy' });
    await ledger.complete([{ token }]);
    expect(await fromShop()).toMatchObject({ outcome: 'unchanged' });
    expect(await view()).toMatchObject({ state: 'done', edited: true });
  });

  test('is dead or held as the changed document is', async () => {
    await bury();
    await edit();
    const { token } = await fromLedger();
    await ledger.fail([{ token, message: 'Still no', details: { class: 'validation' } }]);
    expect(await fromShop()).toMatchObject({ outcome: 'dead' });
  });

  test.each(['before it was sent', 'after it was sent'])(
    'wins when it is newer, %s',
    async (when) => {
      await bury();
      await edit();
      if (when === 'after it was sent') {
        const { token } = await fromLedger();
        await ledger.complete([{ token }]);
      }
      expect(await fromShop('b', { email: 'newer' })).toMatchObject({ outcome: 'changed' });
      const known = await view();
      expect(known).toMatchObject({ hash: 'b' });
      expect(known).not.toHaveProperty('edited');
      expect(known).not.toHaveProperty('remark');
      now += 2 * MINUTE;
      const [due] = await ledger.due({ limit: 1, visibilityMs: MINUTE });
      expect(due?.document).toEqual({ email: 'newer', source: SOURCE });
    },
  );

  test('wins when it came while the changed document was on its way', async () => {
    await bury();
    await edit();
    const { token } = await fromLedger();
    expect(await fromShop('b', { email: 'newer' })).toMatchObject({ outcome: 'busy' });
    expect(await ledger.complete([{ token }])).toMatchObject([{ outcome: 'superseded' }]);
    expect(await view()).not.toHaveProperty('edited');
    expect(await fromShop('b', { email: 'newer' })).toMatchObject({ outcome: 'retry' });
  });
});

test('a document that was handed out before it was changed once more is refused', async () => {
  await bury();
  await edit();
  const [first] = await ledger.due({ limit: 1, visibilityMs: MINUTE });
  await edit({ ...CHANGED, total: 11 });
  const payload = first?.document ?? {};
  expect(await ledger.claim([{ flow, key, hash: 'x', payload }], { leaseMs })).toMatchObject([
    { outcome: 'stale' },
  ]);
  const { document } = await fromLedger();
  expect(document).toMatchObject({ email: 'right', total: 11 });
  expect(await fromShop()).toMatchObject({ outcome: 'busy' });
});

test('a document that was not changed is requeued as it is', async () => {
  await bury();
  expect(await edit(ORIGINAL)).toMatchObject([[{ state: 'pending', changed: true }]]);
  expect(await view()).not.toHaveProperty('edited');
  expect(await fromShop()).toMatchObject({ outcome: 'retry' });
});

test('nothing is changed of what is done, on its way or unknown', async () => {
  const { token } = await fromShop();
  expect(await edit()).toMatchObject([[{ state: 'in_flight', changed: false }]]);
  await ledger.complete([{ token }]);
  expect(await edit()).toMatchObject([[{ state: 'done', changed: false }]]);
  expect(await ledger.edit([{ key: 'xcart:main:order:9', document: CHANGED }])).toEqual([[]]);
  expect(await view()).toMatchObject({ hash: 'a' });
});

test('a resent record without its document takes what its source has', async () => {
  await bury();
  await edit();
  await ledger.complete([{ token: (await fromLedger()).token }]);
  await ledger.resend({ limit: 1 });
  expect(await fromLedger()).toMatchObject({ outcome: 'retry', document: CHANGED });
  const [known] = await ledger.lookUp([{ key }]);
  expect(known).toMatchObject([{ edited: true }]);
  now += 2 * MINUTE;
  const { token } = await fromLedger();
  await ledger.complete([{ token }]);
  now += 10 * MINUTE;
  await ledger.purge({ documentsOlderThanMs: MINUTE });
  await ledger.resend({ limit: 1, waitsForSource: true });
  expect(await fromShop()).toMatchObject({ outcome: 'retry' });
  expect(await view()).not.toHaveProperty('edited');
});

describe('where all of the content is compared', () => {
  const hashOf = (content: object) => contentHash(content);
  const shopSays = async (content: object) => await fromShop(hashOf(content), content);
  const handedOut = async () => await fromLedger(hashOf(CHANGED));

  async function buryContent(content: object): Promise<void> {
    const { token } = await shopSays(content);
    await ledger.fail([{ token, message: 'No', details: { class: 'validation' } }]);
  }

  test('a document that is changed back goes as the source has it', async () => {
    await buryContent(ORIGINAL);
    await edit();
    const { token } = await handedOut();
    await ledger.fail([{ token, message: 'No', details: { class: 'validation' } }]);
    await edit(ORIGINAL);
    expect(await view()).not.toHaveProperty('edited');
    const [due] = await ledger.due({ limit: 1, visibilityMs: MINUTE });
    expect(due?.document).toEqual({ ...ORIGINAL, source: SOURCE });
    expect(await shopSays(ORIGINAL)).toMatchObject({ outcome: 'retry' });
  });

  test('a source that has come to what a person made of it may change again', async () => {
    await buryContent(ORIGINAL);
    await edit();
    await ledger.complete([{ token: (await handedOut()).token }]);
    expect(await shopSays(CHANGED)).toMatchObject({ outcome: 'unchanged' });
    expect(await shopSays(ORIGINAL)).toMatchObject({ outcome: 'changed' });
  });
});
