import { json, noContent, type WebResponse } from '../../odata/http/message';
import { requireRow } from '../operations/entity';
import type { Call } from '../operations/call';
import { errors } from '../errors';
import type { JsonObject, JsonValue } from '../options';
import { contextUrl } from '../query/render';
import { holdsBytes } from '../schema/files';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { isGuid, type Row } from '../store/row';
import { isObject, typeOf } from '../write/payload';
import { contentOf } from './download';
import { beginDownload, downloadOf } from './downloads';
import { clearFile, setFile } from './members';
import { placeOf } from './store';
import { beginUpload, endUpload, uploadOf } from './uploads';

/** Files in blocks, by messages. Source: Dataverse docs, file-column-data, "Use Dataverse messages". */

const MAX_BLOCK = 4 * 1024 * 1024;
const MAX_BLOCK_NAME = 64;

interface Target {
  table: Table;
  row: Row;
  column: ColumnSchema;
}

const textOf = (body: JsonObject, name: string): string => {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw errors.invalidArgument(`The parameter '${name}' is missing.`);
};

function tableIn({ engine }: Call, target: JsonValue | undefined): { table: Table; id: string } {
  const named = isObject(target) ? typeOf(target).split('.').at(-1) : undefined;
  const table = named === undefined ? undefined : engine.model.table(named);
  const id = table && isObject(target) ? target[table.primaryId] : undefined;
  if (table && typeof id === 'string' && isGuid(id)) return { table, id: id.toLowerCase() };
  throw errors.invalidArgument(
    "The parameter 'Target' needs '@odata.type' and the key of the row.",
  );
}

function targetIn(call: Call, body: JsonObject): Target {
  const { table, id } = tableIn(call, body.Target);
  const name = textOf(body, 'FileAttributeName');
  const column = table.columns.get(name);
  if (!column || !holdsBytes(column)) {
    throw errors.invalidArgument(`'${table.name}' has no file or image column '${name}'.`);
  }
  return { table, column, row: requireRow(call, table, { kind: 'id', id }) };
}

function answer(call: Call, type: string, body: JsonObject): WebResponse {
  const context = contextUrl(call.session, `Microsoft.Dynamics.CRM.${type}Response`);
  return json(200, { '@odata.context': context, ...body });
}

const placeIn = ({ table, row, column }: Target) => ({
  table: table.name,
  id: String(row[table.primaryId]),
  column: column.name,
});

function initializeUpload(call: Call, body: JsonObject): WebResponse {
  const target = targetIn(call, body);
  const token = beginUpload(call.engine, placeIn(target), textOf(body, 'FileName'));
  return answer(call, 'InitializeFileBlocksUpload', { FileContinuationToken: token });
}

function uploadBlock({ engine }: Call, body: JsonObject): WebResponse {
  const upload = uploadOf(engine, textOf(body, 'FileContinuationToken'));
  const name = textOf(body, 'BlockId');
  const bytes = Buffer.from(textOf(body, 'BlockData'), 'base64');
  if (bytes.length > MAX_BLOCK) throw errors.invalidArgument('A block takes at most 4 MB.');
  if (Buffer.from(name, 'base64').length > MAX_BLOCK_NAME) {
    throw errors.invalidArgument(`'BlockId' takes at most ${MAX_BLOCK_NAME} bytes.`);
  }
  upload.blocks.set(name, bytes);
  return noContent();
}

function commit(call: Call, body: JsonObject): WebResponse {
  const token = textOf(body, 'FileContinuationToken');
  const upload = uploadOf(call.engine, token);
  const list = Array.isArray(body.BlockList) ? body.BlockList : [];
  const blocks = list.map((name) => {
    const block = upload.blocks.get(String(name));
    if (block) return block;
    throw errors.invalidArgument(`The block '${String(name)}' was not uploaded.`);
  });
  const bytes = Buffer.concat(blocks);
  const table = call.engine.model.required(upload.table);
  const column = table.columns.get(upload.column) as ColumnSchema;
  const row = requireRow(call, table, { kind: 'id', id: upload.id });
  const mime = textOf(body, 'MimeType');
  const name = textOf(body, 'FileName');
  const id = setFile({ call, table, row }, column, name, bytes, mime);
  endUpload(call.engine, token);
  const stored = call.engine.database.get(table.name, upload.id)?.[`${column.name}id`];
  return answer(call, 'CommitFileBlocksUpload', {
    FileId: id ?? String(stored),
    FileSizeInBytes: bytes.length,
  });
}

/** A row may show a picture that its column does not keep in full. */
function noContentOf(target: Target): Error {
  const { table, id, column } = placeIn(target);
  const imageId = target.row[`${column}id`];
  return target.column.type === 'image' && typeof imageId === 'string'
    ? errors.noFullImage(table, column, id, imageId)
    : errors.noFile(table, column, id);
}

function initializeDownload(call: Call, body: JsonObject): WebResponse {
  const target = targetIn(call, body);
  const file = contentOf(call.engine, target.table, target.column, target.row, true);
  if (!file) throw noContentOf(target);
  const token = beginDownload(call.engine, target.column.name, file.bytes);
  return answer(call, 'InitializeFileBlocksDownload', {
    FileSizeInBytes: file.bytes.length,
    FileName: file.name,
    FileContinuationToken: token,
    IsChunkingSupported: true,
  });
}

function downloadBlock(call: Call, body: JsonObject): WebResponse {
  const bytes = downloadOf(call.engine, textOf(body, 'FileContinuationToken'));
  const { Offset: offset, BlockLength: length } = body;
  if (typeof offset !== 'number' || typeof length !== 'number') {
    throw errors.invalidArgument("The parameters 'Offset' and 'BlockLength' must be numbers.");
  }
  return answer(call, 'DownloadBlock', {
    Data: bytes.subarray(offset, offset + length).toString('base64'),
  });
}

function deleteFile(call: Call, body: JsonObject): WebResponse {
  const id = textOf(body, 'FileId').toLowerCase();
  const place = placeOf(call.engine, id);
  if (!place) throw errors.notFound('fileattachment', id);
  clearFile(call, place);
  return noContent();
}

const TOKEN = { FileContinuationToken: 'required' } as const;
const TARGET = { Target: 'required', FileAttributeName: 'required' } as const;

/** By name, with the parameters that each takes. */
export const FILE_ACTIONS = {
  InitializeFileBlocksUpload: {
    run: initializeUpload,
    parameters: { ...TARGET, FileName: 'required' },
  },
  UploadBlock: {
    run: uploadBlock,
    parameters: { ...TOKEN, BlockId: 'required', BlockData: 'required' },
  },
  CommitFileBlocksUpload: {
    run: commit,
    parameters: { ...TOKEN, FileName: 'required', MimeType: 'required', BlockList: 'required' },
  },
  InitializeFileBlocksDownload: { run: initializeDownload, parameters: TARGET },
  DownloadBlock: {
    run: downloadBlock,
    parameters: { ...TOKEN, Offset: 'required', BlockLength: 'required' },
  },
  DeleteFile: { run: deleteFile, parameters: { FileId: 'required' } },
} as const;
