import { batchReply, failureOf, httpPart, readSingles } from '../../../../test/support/batchServer';
import { type HttpServer, type Reply, startHttpServer } from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import { keptForm } from '../../../sync/kept';
import type { Memory, SentMemory } from '../../../sync/memory';
import { createDataverse } from '../client';
import { type ChangeOptions, writeRowChanges } from './writeChanges';
import type { RowWrite } from './writeRows';

const id = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';
const contact = (digit: number, row: object): RowWrite => ({
  set: 'contacts',
  primaryId: 'contactid',
  row: { contactid: id(digit), ...row },
});
const SENT = { lastname: 'Byron', telephone1: '1' };

interface Told {
  method: string;
  path: string;
  json: unknown;
  ifMatch?: string;
}

let server: HttpServer;
let told: Told[];
let steps: string[];
afterEach(() => server.close());

/** What the ledger does, in memory; every step is noted among the requests. */
function memoryOf(known: Record<string, Memory>): SentMemory {
  return {
    recall: async (ids) => ids.map((one) => known[one]),
    remember: async (entries) => {
      for (const { id: one, document } of entries) {
        steps.push(`remember ${one.slice(0, 1)}`);
        known[one] = { ...known[one], attempts: [keptForm(document)] };
      }
    },
    confirm: async (ids) => {
      for (const one of ids) {
        steps.push(`confirm ${one.slice(0, 1)}`);
        known[one] = { confirmed: known[one]?.attempts[0], attempts: [] };
      }
    },
  };
}

/** Rows that are there, by the digit of their id. */
async function write(
  rows: Record<number, object>,
  writes: RowWrite[],
  { known = {}, ...options }: ChangeOptions & { known?: Record<string, Memory> },
) {
  told = [];
  steps = [];
  const answer = ({ method, path, json, ifMatch }: Told) => {
    told.push({ method, path: decodeURIComponent(path), json, ...(ifMatch && { ifMatch }) });
    steps.push(method);
    const digit = Number(/\((\d)/.exec(path)?.[1]);
    const row = rows[digit];
    if (!row && (method === 'GET' || ifMatch)) return failureOf(404, '0x80040217', 'Not there.');
    rows[digit] = { contactid: id(digit), ...row, ...(json as object) };
    return { status: row ? 200 : 201, body: rows[digit] };
  };
  server = await startHttpServer((request): Reply => {
    const ofBatch = (one: ReturnType<typeof readSingles>[number]) =>
      httpPart(answer({ ...one, ifMatch: one.headers['if-match'] }) as never);
    if (request.url.endsWith('$batch')) return batchReply(readSingles(request).map(ofBatch));
    const { method, url: path, body, headers } = request;
    const json: unknown = body ? JSON.parse(body) : undefined;
    return answer({ method, path, json, ifMatch: headers['if-match'] as string | undefined });
  });
  const send = createSend({ transport: fetchTransport(), retry: false });
  const client = createDataverse({ url: server.origin, send });
  return await writeRowChanges(client, 'upsert', writes, {
    memoryOf: () => memoryOf(known),
    ...options,
  });
}

const confirmed = (row: object = SENT): Memory => ({ confirmed: row, attempts: [] });

describe('writeRowChanges', () => {
  test('sends nothing for a row of which the source says what it said last, whatever the rule', async () => {
    const known = { [id(1)]: confirmed() };
    const conflicts = { rule: 'hold' } as const;
    const outcomes = await write({}, [contact(1, SENT)], { known, conflicts });
    expect(outcomes).toEqual([{ ok: true, value: { id: id(1), outcome: 'unchanged' } }]);
    expect(server.received).toHaveLength(0);
    expect(steps).toEqual(['remember 1', 'confirm 1']);
  });

  test('sends new rows whole and changes of known rows in one request, and reads none', async () => {
    const known = { [id(2)]: confirmed() };
    const writes = [contact(1, SENT), contact(2, { ...SENT, lastname: 'King' })];
    const outcomes = await write({ 2: SENT }, writes, { known });
    expect(outcomes).toEqual([
      { ok: true, value: { id: id(1), outcome: 'created' } },
      { ok: true, value: { id: id(2), outcome: 'updated' } },
    ]);
    expect(server.received).toHaveLength(1);
    expect(told.map(({ json, ifMatch }) => [json, ifMatch])).toEqual([
      [SENT, undefined],
      [{ lastname: 'King' }, '*'],
    ]);
    expect(steps).toEqual([
      ...['remember 1', 'remember 2'],
      ...['PATCH', 'PATCH'],
      ...['confirm 1', 'confirm 2'],
    ]);
    expect(known[id(1)]).toEqual(confirmed());
  });

  test('reads the rows together where a rule has to see them', async () => {
    const known = { [id(1)]: confirmed(), [id(2)]: confirmed(), [id(3)]: confirmed() };
    const change = { ...SENT, telephone1: '2' };
    const rows = { 1: { ...SENT, telephone1: '9' }, 2: SENT };
    const writes = [contact(1, change), contact(2, change), contact(3, SENT)];
    const outcomes = await write(rows, writes, { known, conflicts: { rule: 'target' } });
    expect(outcomes).toMatchObject([
      {
        value: {
          outcome: 'unchanged',
          decisions: [{ field: 'telephone1', kept: 'target', conflict: true }],
          notes: [{ message: 'changed on both sides; kept as it is in Dynamics 365' }],
        },
      },
      { value: { outcome: 'updated' } },
      { value: { outcome: 'unchanged' } },
    ]);
    expect(server.received).toHaveLength(2);
    expect(told.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
    expect(told[0]?.path).toContain('$select=contactid,lastname,telephone1');
    expect(known[id(1)]?.confirmed).toEqual(change);
  });

  test('a row that has gone comes back whole, and not with what has changed alone', async () => {
    const known = { [id(1)]: confirmed({ ...SENT, mobilephone: '7' }) };
    const change = { ...SENT, lastname: 'King' };
    const [outcome] = await write({}, [contact(1, change)], { known });
    expect(outcome).toMatchObject({ ok: true, value: { outcome: 'created' } });
    expect(told.map(({ json }) => json)).toEqual([{ lastname: 'King' }, change]);
    expect(known[id(1)]).toEqual(confirmed(change));
  });

  test('a record that failed before has its unchanged rows looked at, and made again', async () => {
    const known = { [id(1)]: confirmed(), [id(2)]: confirmed() };
    const factsOf = () => ({ isRetry: true });
    const outcomes = await write({ 1: SENT }, [contact(1, SENT), contact(2, SENT)], {
      known,
      factsOf,
    });
    expect(outcomes).toMatchObject([
      { value: { outcome: 'unchanged' } },
      { value: { outcome: 'created' } },
    ]);
    expect(told.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
  });

  test('gives back the row whole where that is asked for, changed or not', async () => {
    const known = { [id(1)]: confirmed() };
    const rows = { 1: { ...SENT, jobtitle: 'Poet' } };
    const [outcome] = await write(rows, [contact(1, SENT)], { known, returnRow: true });
    expect(outcome).toMatchObject({
      value: { outcome: 'unchanged', row: { jobtitle: 'Poet', telephone1: '1' } },
    });
    expect(told[0]?.path).not.toContain('$select');
  });

  test('holds what a person is to decide, and remembers nothing of it', async () => {
    const known = { [id(1)]: confirmed() };
    const writes = [contact(1, { ...SENT, telephone1: '2' })];
    const options = { known, conflicts: { rule: 'hold' } as const };
    const [outcome] = await write({ 1: { ...SENT, telephone1: '9' } }, writes, options);
    expect(outcome).toMatchObject({
      ok: false,
      error: { class: 'held', code: 'CONFLICT', message: expect.stringContaining('telephone1') },
    });
    expect(steps).toEqual(['GET']);
    const decided = { ...options, factsOf: () => ({ conflicts: 'source' as const }) };
    await server.close();
    const [released] = await write({ 1: { ...SENT, telephone1: '9' } }, writes, decided);
    expect(released).toMatchObject({ ok: true, value: { outcome: 'updated' } });
  });

  test('a lost first answer: looked at, so that what a person has made of the row since stays', async () => {
    const lost = () => ({ [id(1)]: { attempts: [SENT] } });
    const edited = { 1: { ...SENT, telephone1: '9' } };
    const [outcome] = await write(edited, [contact(1, SENT)], { known: lost() });
    expect(told.map(({ method }) => method)).toEqual(['GET']);
    expect(outcome).toMatchObject({ value: { outcome: 'unchanged' } });
    await server.close();
    await write({}, [contact(1, SENT)], { known: lost() });
    expect(told.map(({ method, json }) => [method, json])).toEqual([
      ['GET', undefined],
      ['PATCH', SENT],
    ]);
  });

  test('what cannot be compared is written as a whole', async () => {
    const known = { [id(1)]: confirmed() };
    const deep = contact(1, { ...SENT, notes_of: [{ subject: 'x' }] });
    const byEmail = { ...contact(2, SENT), key: { emailaddress1: 'a' } };
    await write({ 1: SENT }, [deep, contact(1, SENT), byEmail], { known });
    expect(told.map(({ json }) => json)).toEqual([
      { ...SENT, notes_of: [{ subject: 'x' }] },
      { contactid: id(2), ...SENT },
    ]);
    expect(steps).toEqual(['PATCH', 'PATCH']);
  });

  test('without a memory writes of one row share one request, as before', async () => {
    const writes = [contact(1, SENT), contact(1, { lastname: 'King' })];
    const outcomes = await write({ 1: SENT }, writes, { memoryOf: undefined });
    expect(outcomes).toHaveLength(2);
    expect(told.map(({ json }) => json)).toEqual([{ ...SENT, lastname: 'King' }]);
  });

  test('a failure is that of its row, and is not confirmed', async () => {
    const known = { [id(1)]: confirmed(), [id(2)]: confirmed() };
    const change = { ...SENT, lastname: 'King' };
    const writes = [contact(1, change), { ...contact(2, change), set: 'no such set' }];
    const outcomes = await write({ 1: SENT }, writes, { known });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
    expect(known[id(2)]?.confirmed).toEqual(SENT);
  });

  test('writes nothing of what goes all or none where one row waits for a person', async () => {
    const known = { [id(2)]: confirmed() };
    const writes = [contact(1, SENT), contact(2, { ...SENT, lastname: 'King' })];
    const outcomes = await write({ 2: { ...SENT, lastname: 'Lovelace' } }, writes, {
      known,
      conflicts: { rule: 'hold' },
      allOrNothing: (place) => `item ${place + 1}`,
    });
    expect(outcomes).toMatchObject([
      { ok: false, error: { class: 'held' } },
      { ok: false, error: { class: 'held' } },
    ]);
    const [other] = outcomes;
    expect(other?.ok === false && other.error.message).toMatch(
      /^Nothing was written, because item 2 failed: /,
    );
    expect(steps).toEqual(['GET']);
  });

  test('writes nothing of what goes all or none where one word of a row waits for a person', async () => {
    const known = { [id(2)]: confirmed() };
    const words = [
      contact(2, { telephone1: '9' }),
      contact(2, { ...SENT, lastname: 'King' }),
      contact(1, SENT),
    ];
    const outcomes = await write({ 2: { ...SENT, lastname: 'Lovelace' } }, words, {
      known,
      conflicts: { rule: 'hold' },
      allOrNothing: (place) => `item ${place + 1}`,
    });
    const messages = outcomes.map((outcome) => !outcome.ok && outcome.error.message);
    const others = expect.stringMatching(
      /^Nothing was written, because item 2 failed: /,
    ) as unknown;
    expect(messages).toEqual([others, expect.stringContaining('contacts('), others]);
    expect(steps).toEqual(['GET']);
  });
});
