import { json, type WebResponse } from '../../odata/http/message';
import type { Engine } from '../engine';
import { DataverseError } from '../errors';
import type { Call } from '../operations/call';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import type { Row } from '../store/row';
import { extensionOf } from './pictures';
import { fileAt, fileOf, mimeOf, type StoredFile } from './store';

/** How large the pieces of a file had best be. Source: Dataverse docs, file-column-data. */
export const CHUNK_BYTES = 4 * 1024 * 1024;

/** The picture that a row shows; nothing here scales it down. */
function thumbnail(column: ColumnSchema, row: Row): StoredFile | undefined {
  const value = row[column.name];
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.from(value, 'base64');
  const name = `${column.name}.${extensionOf(bytes) ?? 'png'}`;
  return { name, mime: mimeOf(name), bytes };
}

/** The file or picture of a row; `full`: a picture as it was uploaded, which few columns keep. */
export function contentOf(
  engine: Engine,
  table: Table,
  column: ColumnSchema,
  row: Row,
  full: boolean,
): StoredFile | undefined {
  if (column.type === 'file') {
    const id = row[column.name];
    return typeof id === 'string' ? fileOf(engine, id) : undefined;
  }
  if (!full) return thumbnail(column, row);
  return fileAt(engine, {
    table: table.name,
    id: String(row[table.primaryId]),
    column: column.name,
  });
}

interface Piece {
  status: number;
  bytes: Buffer;
  headers: Record<string, string>;
}

/** `Range: bytes=0-4194303` */
function pieceOf({ headers }: Call['request'], { bytes }: StoredFile): Piece {
  const given = headers.range?.trim();
  if (given === undefined) return { status: 200, bytes, headers: {} };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/i.exec(given) ?? [];
  const start = Number(from);
  const end = to ? Number(to) : bytes.length - 1;
  const outside = from === undefined || end < start || (start >= bytes.length && start > 0);
  if (outside) {
    throw new DataverseError(416, '0x80040203', `The range '${given}' is not part of the file.`);
  }
  return {
    status: 206,
    bytes: bytes.subarray(start, end + 1),
    headers: { 'x-ms-chunk-size': String(CHUNK_BYTES) },
  };
}

/** A header takes no character outside of ASCII. */
const inHeader = (name: string): string =>
  /^[\x20-\x7e]*$/.test(name) ? name : encodeURIComponent(name);

const EXPOSED = ['x-ms-file-size', 'x-ms-file-name', 'x-ms-chunk-size', 'mimetype'];

function headersOf({ name, mime, bytes }: StoredFile, own: Record<string, string>) {
  const headers: Record<string, string> = {
    'x-ms-file-size': String(bytes.length),
    'x-ms-file-name': inHeader(name),
    mimetype: mime,
    // Not documented; `dynamics-web-api` knows an answer with a file by it.
    'Content-Disposition': `attachment; filename="${inHeader(name).replaceAll('"', '')}"`,
    ...own,
  };
  const exposed = EXPOSED.filter((header) => header in headers);
  return { ...headers, 'Access-Control-Expose-Headers': exposed.join('; ') };
}

/** `GET accounts(…)/col/$value`, whole or a piece of it. */
export function asBytes(call: Call, file: StoredFile): WebResponse {
  const { status, bytes, headers } = pieceOf(call.request, file);
  return {
    status,
    headers: { 'Content-Type': 'application/octet-stream', ...headersOf(file, headers) },
    bytes,
  };
}

/** `GET accounts(…)/col`: as any property of the type Edm.Binary (OData JSON Format, 7.1). */
export function asProperty(call: Call, fragment: string, file: StoredFile): WebResponse {
  const { status, bytes, headers } = pieceOf(call.request, file);
  const body = {
    '@odata.context': contextUrl(call.session, fragment),
    value: bytes.toString('base64'),
  };
  return json(status, body, headersOf(file, headers));
}
