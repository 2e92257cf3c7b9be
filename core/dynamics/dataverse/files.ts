import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { ServiceError, validationError } from '../../errors';
import { throwIfCancelled } from '../../http/wait';
import { asRow } from '../../odata/answers';
import { recordPath } from '../../odata/keys';
import type { ODataClient, RecordKey, Row, SingleOperation } from '../../odata/types';
import { entitySet } from './operations';
import type { DataverseTable } from './types';

/**
 * Files of file and image columns, in blocks: whatever their size, no more than one block of a file is held here at a
 * time. Source: Dataverse docs, file-column-data ("Use Dataverse messages") and image-column-data.
 */

/** Bytes of a block; the service takes no larger ones. */
export const BLOCK_BYTES = 4 * 1024 * 1024;

/** A column of one row. */
export interface FilePlace {
  table: DataverseTable;
  /** Primary key of the row. */
  id: string;
  /** Logical name of the column. */
  column: string;
  /** Whether it is of the type Image, and so may keep a small picture alone. */
  isImage?: boolean;
}

export interface FileSource {
  name: string;
  /** MIME type. */
  type: string;
  /** In pieces of any size. */
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface FileOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Uploaded {
  id: string;
  name: string;
  size: number;
}

/** Pieces of any size as blocks of one size; the last one may be smaller. */
async function* inBlocks(pieces: FileSource['content']): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    while (size + rest.length >= BLOCK_BYTES) {
      const taken = rest.subarray(0, BLOCK_BYTES - size);
      rest = rest.subarray(taken.length);
      yield Buffer.concat([...held, taken]);
      held = [];
      size = 0;
    }
    if (rest.length > 0) held.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(held);
}

const targetOf = ({ table, id, column }: FilePlace): Row => ({
  Target: { [table.primaryId]: id, '@odata.type': `Microsoft.Dynamics.CRM.${table.logicalName}` },
  FileAttributeName: column,
});

async function call(
  client: ODataClient,
  operation: Pick<SingleOperation, 'path' | 'body' | 'headers' | 'repeatable' | 'about'>,
): Promise<Row> {
  const answer = await client.request({ method: 'POST', ...operation });
  return answer.body === undefined ? {} : asRow(client.service, answer);
}

/** Sends a file to a column, in place of the one that is there. */
export async function uploadFile(
  client: ODataClient,
  place: FilePlace,
  { name, type, content }: FileSource,
  { headers, signal }: FileOptions = {},
): Promise<Uploaded> {
  const about = { set: place.table.entitySetName, key: place.id, column: place.column };
  const { FileContinuationToken } = await call(client, {
    path: 'InitializeFileBlocksUpload',
    body: { ...targetOf(place), FileName: name },
    headers,
    about,
    // A token that nobody uses changes nothing.
    repeatable: true,
  });
  const BlockList: string[] = [];
  let size = 0;
  for await (const block of inBlocks(content)) {
    throwIfCancelled(signal);
    // Each of a file has the same length, as the service demands.
    const BlockId = Buffer.from(randomUUID()).toString('base64');
    await call(client, {
      path: 'UploadBlock',
      body: { BlockId, BlockData: block.toString('base64'), FileContinuationToken },
      headers,
      // The same block under the same name again.
      repeatable: true,
    });
    BlockList.push(BlockId);
    size += block.length;
  }
  if (size === 0) {
    throw validationError(`The file "${name}" is empty`, 'Put in a file that has a content.');
  }
  const { FileId } = await call(client, {
    path: 'CommitFileBlocksUpload',
    body: { FileName: name, MimeType: type, BlockList, FileContinuationToken },
    headers,
    about,
  });
  return { id: String(FileId), name, size };
}

export interface OpenFile {
  name: string;
  size: number;
  /** In blocks, each asked for when it is wanted. */
  content: AsyncIterable<Buffer>;
  /** It is the small picture of an image column that keeps no other. */
  thumbnail?: true;
}

async function* blocksOf(
  client: ODataClient,
  { token, size, step }: { token: unknown; size: number; step: number },
  { headers, signal }: FileOptions,
): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < size;) {
    throwIfCancelled(signal);
    const { Data } = await call(client, {
      path: 'DownloadBlock',
      body: {
        Offset: offset,
        BlockLength: Math.min(step, size - offset),
        FileContinuationToken: token,
      },
      headers,
      repeatable: true,
    });
    const block = Buffer.from(typeof Data === 'string' ? Data : '', 'base64');
    if (block.length === 0) {
      throw new ServiceError(`The file ended after ${offset} of ${size} bytes`, {
        class: 'transient',
        fix: 'It was changed while it was read: read it again.',
      });
    }
    offset += block.length;
    yield block;
  }
}

/** How pictures in base64 begin, of the kinds that an image column takes. */
const PICTURES: Readonly<Record<string, string>> = {
  '/9j/': 'jpg',
  iVBORw: 'png',
  R0lGOD: 'gif',
  SUkq: 'tif',
  TU0A: 'tif',
  Qk: 'bmp',
};

/** The small picture that stands in the row itself. */
async function thumbnailOf(
  client: ODataClient,
  { table, id, column }: FilePlace,
): Promise<OpenFile | undefined> {
  const row = await client.get(table.entitySetName, id, { select: [column] });
  const data = row[column];
  if (typeof data !== 'string') return undefined;
  const block = Buffer.from(data, 'base64');
  const kind = Object.keys(PICTURES).find((start) => data.startsWith(start));
  const name = kind === undefined ? column : `${column}.${PICTURES[kind]}`;
  return { name, size: block.length, content: Readable.from([block]), thumbnail: true };
}

/**
 * Opens the file of a column, to be read block by block. Where the service keeps files in its database, it gives them
 * only whole. Of an image column that was not made to keep pictures in full, the messages know nothing: what it keeps
 * is the thumbnail, which is read in place of it (image-column-data, "Download images").
 *
 * @throws `not-found` where the row is not there, or its column is empty
 */
export async function openFile(
  client: ODataClient,
  place: FilePlace,
  options: FileOptions = {},
): Promise<OpenFile> {
  try {
    return await openStored(client, place, options);
  } catch (error) {
    const lacks = error instanceof ServiceError && error.class === 'not-found';
    const thumbnail = lacks && place.isImage ? await thumbnailOf(client, place) : undefined;
    if (thumbnail) return thumbnail;
    throw error;
  }
}

async function openStored(
  client: ODataClient,
  place: FilePlace,
  options: FileOptions,
): Promise<OpenFile> {
  const answer = await call(client, {
    path: 'InitializeFileBlocksDownload',
    body: targetOf(place),
    headers: options.headers,
    repeatable: true,
  });
  const size = Number(answer['FileSizeInBytes']);
  const step = answer['IsChunkingSupported'] === false ? size : BLOCK_BYTES;
  const token = answer['FileContinuationToken'];
  return {
    name: String(answer['FileName'] ?? place.column),
    size,
    content: blocksOf(client, { token, size, step }, options),
  };
}

/** Empties a column. */
export const deleteFileOperation = (
  { service }: ODataClient,
  { set, key, column }: { set: string; key: RecordKey; column: string },
  headers?: Record<string, string>,
): SingleOperation => ({
  method: 'DELETE',
  path: `${recordPath(service, set, key)}/${entitySet(column)}`,
  headers,
  repeatable: true,
});
