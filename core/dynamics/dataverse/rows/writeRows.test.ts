import { batchReply, failureOf, httpPart, readSingles } from '../../../../test/support/batchServer';
import { type HttpServer, type Reply, startHttpServer } from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import { createDataverse } from '../client';
import { type RowWrite, writeRows } from './writeRows';

const id = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';

const contact = (digit: number, row: object = { lastname: `Person ${digit}` }): RowWrite => ({
  set: 'contacts',
  primaryId: 'contactid',
  row: { contactid: id(digit), ...row },
});

const taken = failureOf(412, '0x80040237', 'Cannot insert duplicate key.');
const updated = (path: string) => ({
  status: 200,
  body: { contactid: /\((.*)\)/.exec(path)?.[1] },
});

let server: HttpServer;
afterEach(() => server.close());

async function clientOf(answer: (path: string, number: number) => ReturnType<typeof updated>) {
  server = await startHttpServer((request, number): Reply => {
    if (request.url.endsWith('$batch')) {
      return batchReply(readSingles(request).map(({ path }) => httpPart(answer(path, number))));
    }
    return answer(request.url, number);
  });
  const send = createSend({ transport: fetchTransport(), retry: false });
  return createDataverse({ url: server.origin, send });
}

describe('writeRows', () => {
  test('sends an upsert again that lost the race for a new row, and only that one', async () => {
    const client = await clientOf((path, number) =>
      number === 1 && path.includes(id(2)) ? (taken as never) : updated(path),
    );
    const outcomes = await writeRows(client, 'upsert', [contact(1), contact(2), contact(3)]);
    expect(outcomes).toEqual(
      [1, 2, 3].map((n) => ({ ok: true, value: { id: id(n), outcome: 'updated' } })),
    );
    expect(server.received).toHaveLength(2);
    expect(server.received[1]).toMatchObject({
      method: 'PATCH',
      body: JSON.stringify({ lastname: 'Person 2' }),
    });
    expect(server.received[1]?.headers['if-match']).toBeUndefined();
  });

  test('reports a key that another row holds for good', async () => {
    const client = await clientOf(() => taken as never);
    const [outcome] = await writeRows(client, 'upsert', [contact(1)]);
    expect(outcome).toMatchObject({ ok: false, error: { class: 'duplicate' } });
    expect(server.received).toHaveLength(2);
  });

  test('does not send a create again: the caller asked for a new row', async () => {
    const client = await clientOf(() => taken as never);
    const [outcome] = await writeRows(client, 'create', [contact(1)]);
    expect(outcome).toMatchObject({ ok: false, error: { class: 'duplicate' } });
    expect(server.received).toHaveLength(1);
  });

  test('writes inputs of the same row once, later columns over earlier ones', async () => {
    const client = await clientOf(updated);
    const outcomes = await writeRows(client, 'upsert', [
      contact(1, { lastname: 'Byron', telephone1: '1' }),
      contact(1, { lastname: 'Lovelace' }),
    ]);
    expect(outcomes).toHaveLength(2);
    expect(server.received).toHaveLength(1);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      lastname: 'Lovelace',
      telephone1: '1',
    });
  });
});
