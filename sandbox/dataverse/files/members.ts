import { noContent, type WebResponse } from '../../odata/http/message';
import { decodeQuery } from '../../odata/syntax/query-options';
import type { Segment } from '../../odata/syntax/url';
import { DataverseError, errors } from '../errors';
import { bodyOf, count, type Call } from '../operations/call';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import type { Row } from '../store/row';
import { readValue } from '../write/values';
import { asBytes, asProperty, CHUNK_BYTES, contentOf } from './download';
import { dropFiles, mimeOf, putFile, type FilePlace } from './store';
import { addChunk, beginUpload, contentRange, endUpload, uploadOf } from './uploads';

/** `accounts(…)/col` where the column holds a file or a picture. Source: Dataverse docs, file-column-data. */

interface Member {
  call: Call;
  table: Table;
  row: Row;
  rest: readonly Segment[];
}

const option = ({ options }: Call, name: string): string | undefined => {
  const value = options.raw.find(([given]) => given === name)?.[1];
  return value === undefined ? undefined : decodeQuery(value);
};

const idOf = ({ table, row }: Member): string => String(row[table.primaryId]);

const placeIn = (member: Member, { name }: ColumnSchema): FilePlace => ({
  table: member.table.name,
  id: idOf(member),
  column: name,
});

export function fileMember(member: Member, column: ColumnSchema): WebResponse {
  const { call, rest } = member;
  const isValue = rest.length === 1 && rest[0]?.name === '$value';
  if (rest.length > 0 && !isValue) throw errors.noSegment(rest[0]?.name ?? '');
  switch (call.request.method) {
    case 'GET':
      return download(member, column, isValue);
    case 'PATCH':
      return isValue ? notAllowed(call) : upload(member, column);
    case 'PUT':
      return isValue ? notAllowed(call) : put(member, column);
    case 'DELETE':
      return isValue ? notAllowed(call) : remove(member, column);
    default:
      return notAllowed(call);
  }
}

function notAllowed({ request }: Call): never {
  throw errors.methodNotAllowed(
    `The requested resource does not support the method '${request.method}'.`,
  );
}

function download(member: Member, column: ColumnSchema, isValue: boolean): WebResponse {
  const { call, table, row } = member;
  const file = contentOf(call.engine, table, column, row, option(call, 'size') === 'full');
  count(call, 'download', table);
  if (!file) return noContent();
  if (isValue) return asBytes(call, file);
  return asProperty(call, `${table.schema.entitySet}(${idOf(member)})/${column.name}`, file);
}

function upload(member: Member, column: ColumnSchema): WebResponse {
  const { call } = member;
  const token = option(call, 'sessiontoken');
  if (token !== undefined) return uploadChunk(member, column, token);
  if (call.request.headers['x-ms-transfer-mode']?.toLowerCase() === 'chunked') {
    return begin(member, column);
  }
  setFile(member, column, fileName(call), bytesOf(call));
  return noContent();
}

/** The header counts before the parameter, which alone takes names outside of ASCII. */
function fileName(call: Call): string {
  const name = call.request.headers['x-ms-file-name'] ?? option(call, 'x-ms-file-name');
  if (name) return name;
  throw errors.invalidArgument("The header 'x-ms-file-name' with the name of the file is missing.");
}

function bytesOf({ request }: Call): Buffer {
  if (request.bytes) return request.bytes;
  const type = request.headers['content-type'] ?? '';
  throw new DataverseError(
    415,
    '',
    `The content type '${type}' is not supported: send a file as 'application/octet-stream'.`,
  );
}

function begin(member: Member, column: ColumnSchema): WebResponse {
  const { call, table } = member;
  const token = beginUpload(call.engine, placeIn(member, column), fileName(call));
  const address = `${call.session.base}${table.schema.entitySet}(${idOf(member)})/${column.name}`;
  return {
    status: 200,
    headers: {
      'Accept-Ranges': 'bytes',
      Location: `${address}?sessiontoken=${token}`,
      'x-ms-chunk-size': String(CHUNK_BYTES),
      'Access-Control-Expose-Headers': 'x-ms-chunk-size',
    },
  };
}

function uploadChunk(member: Member, column: ColumnSchema, token: string): WebResponse {
  const { call, table } = member;
  const upload = uploadOf(call.engine, token);
  if (upload.column !== column.name || upload.id !== idOf(member) || upload.table !== table.name) {
    throw errors.invalidArgument('The session token belongs to another file.');
  }
  const bytes = bytesOf(call);
  const range = contentRange(call.request.headers['content-range'], bytes);
  const whole = addChunk(upload, range, bytes);
  if (!whole) return { status: 206, headers: {} };
  setFile(member, column, upload.fileName, whole);
  endUpload(call.engine, token);
  return noContent();
}

export function checkSize({ maxSizeInKb = Infinity }: ColumnSchema, bytes: Buffer): void {
  if (bytes.length <= maxSizeInKb * 1024) return;
  throw new DataverseError(400, '0x80044a02', 'Attachment file size is too big.');
}

/** Puts a file or picture into its column. Returns the id of the file. */
export function setFile(
  member: Pick<Member, 'call' | 'table' | 'row'>,
  column: ColumnSchema,
  name: string,
  bytes: Buffer,
  mime = mimeOf(name),
): string | undefined {
  const { call, table, row } = member;
  const { engine, session, writer } = call;
  const place = placeIn({ ...member, rest: [] }, column);
  count(call, 'upload', table);
  return engine.database.atomic(() => {
    if (column.type === 'image') {
      writer.change(session, table, place.id, { [column.name]: bytes.toString('base64') });
      return undefined;
    }
    checkSize(column, bytes);
    const before = row[column.name];
    const id = putFile(engine, session, place, { name, mime, bytes });
    writer.change(session, table, place.id, { [column.name]: id });
    if (before) dropFiles(engine, place, id);
    return id;
  });
}

/** `PUT` sets a picture as any property; a file comes by itself. */
function put(member: Member, column: ColumnSchema): WebResponse {
  const { call, table } = member;
  if (column.type === 'file') throw errors.fileNotInBody(column.name);
  const { value } = bodyOf(call);
  if (value === undefined) throw errors.query('The body must be {"value": …}.');
  count(call, 'update', table);
  const stored = readValue(value, column, table, call.engine.switches);
  call.writer.change(call.session, table, idOf(member), { [column.name]: stored });
  return noContent();
}

function remove(member: Member, column: ColumnSchema): WebResponse {
  count(member.call, 'update', member.table);
  clearFile(member.call, placeIn(member, column));
  return noContent();
}

/** Takes a file or picture out of its column. */
export function clearFile({ engine, session, writer }: Call, place: FilePlace): void {
  const table = engine.model.required(place.table);
  engine.database.atomic(() => {
    writer.change(session, table, place.id, { [place.column]: null });
    dropFiles(engine, place);
  });
}
