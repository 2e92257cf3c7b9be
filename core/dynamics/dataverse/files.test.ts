import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import { createDataverse } from './client';
import { BLOCK_BYTES, type FilePlace, openFile, uploadFile } from './files';
import type { Dataverse } from './types';

const PLACE: FilePlace = {
  table: {
    logicalName: 'account',
    entitySetName: 'accounts',
    displayName: 'Account',
    primaryId: 'accountid',
  },
  id: '7b1f9a06-0000-5000-8000-000000000001',
  column: 'new_scan',
};

interface Asked {
  name: string;
  body: Record<string, unknown>;
}

let server: HttpServer;
let asked: Asked[];
afterEach(async () => await server.close());

async function environment(answer: (one: Asked) => object | undefined): Promise<Dataverse> {
  asked = [];
  server = await startHttpServer(({ url, body }) => {
    const one = { name: url.split('/').at(-1) ?? '', body: JSON.parse(body) as Asked['body'] };
    asked.push(one);
    const said = answer(one);
    return said ? { body: said } : { status: 204 };
  });
  const send = createSend({ transport: fetchTransport(), retry: false });
  return createDataverse({ url: server.origin, send });
}

const TOKEN = { FileContinuationToken: 'token' };

const uploading = async () =>
  await environment(({ name }) => {
    if (name === 'InitializeFileBlocksUpload') return TOKEN;
    return name === 'CommitFileBlocksUpload' ? { FileId: 'file-1' } : undefined;
  });

/** Pieces that fall on no border of a block. */
function* pieces(total: number, size: number): Generator<Uint8Array> {
  for (let from = 0; from < total; from += size) {
    yield new Uint8Array(Math.min(size, total - from)).fill((from / size) % 251);
  }
}

test('a file is sent in blocks of one size, in their order, and then put together', async () => {
  const client = await uploading();
  const total = BLOCK_BYTES * 2 + 5;
  const whole = Buffer.concat([...pieces(total, 700_001)]);
  const file = { name: 'ä.pdf', type: 'application/pdf', content: pieces(total, 700_001) };
  expect(await uploadFile(client, PLACE, file)).toEqual({
    id: 'file-1',
    name: 'ä.pdf',
    size: total,
  });
  const [first, ...rest] = asked;
  const last = rest.pop();
  expect(first).toEqual({
    name: 'InitializeFileBlocksUpload',
    body: {
      Target: { accountid: PLACE.id, '@odata.type': 'Microsoft.Dynamics.CRM.account' },
      FileAttributeName: 'new_scan',
      FileName: 'ä.pdf',
    },
  });
  const blocks = rest.map(({ body }) => Buffer.from(String(body['BlockData']), 'base64'));
  expect(blocks.map(({ length }) => length)).toEqual([BLOCK_BYTES, BLOCK_BYTES, 5]);
  expect(Buffer.concat(blocks).equals(whole)).toBe(true);
  const ids = rest.map(({ body }) => String(body['BlockId']));
  expect(new Set(ids.map(({ length }) => length)).size).toBe(1);
  expect(last).toEqual({
    name: 'CommitFileBlocksUpload',
    body: { FileName: 'ä.pdf', MimeType: 'application/pdf', BlockList: ids, ...TOKEN },
  });
});

test('an empty file is refused, and the one that is there stays', async () => {
  const client = await uploading();
  const file = { name: 'a.txt', type: 'text/plain', content: [] };
  await expect(uploadFile(client, PLACE, file)).rejects.toMatchObject({
    class: 'validation',
    message: 'The file "a.txt" is empty',
  });
  expect(asked.map(({ name }) => name)).toEqual(['InitializeFileBlocksUpload']);
});

const downloading = async (size: number, IsChunkingSupported = true, held = size) =>
  await environment(({ name, body }) => {
    if (name === 'InitializeFileBlocksDownload') {
      return { ...TOKEN, FileSizeInBytes: size, FileName: 'a.bin', IsChunkingSupported };
    }
    const from = Number(body['Offset']);
    const length = Math.min(Number(body['BlockLength']), held - from);
    return { Data: Buffer.alloc(Math.max(0, length), from % 7).toString('base64') };
  });

async function read(client: Dataverse): Promise<number> {
  let size = 0;
  const file = await openFile(client, PLACE);
  for await (const block of file.content) size += block.length;
  return size;
}

test('a file is read in blocks, or at once where the service gives it only so', async () => {
  const size = BLOCK_BYTES + 1;
  expect(await read(await downloading(size))).toBe(size);
  expect(asked.slice(1).map(({ body }) => [body['Offset'], body['BlockLength']])).toEqual([
    [0, BLOCK_BYTES],
    [BLOCK_BYTES, 1],
  ]);
  await server.close();
  expect(await read(await downloading(size, false))).toBe(size);
  expect(asked.slice(1).map(({ body }) => body['BlockLength'])).toEqual([size]);
});

test('a file that ends too early is none', async () => {
  await expect(read(await downloading(10, true, 4))).rejects.toMatchObject({
    class: 'transient',
    message: 'The file ended after 4 of 10 bytes',
  });
});
