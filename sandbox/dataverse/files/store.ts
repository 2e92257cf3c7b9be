import { actingUser, type Engine, type Session } from '../engine';
import { ATTACHMENT_OF, ATTACHMENTS } from '../schema/files';
import type { Row } from '../store/row';

/** The bytes of files, kept beside the rows of `fileattachment`, so that they are undone with them. */

export interface StoredFile {
  name: string;
  mime: string;
  bytes: Buffer;
}

/** The column of a row that a file stands in. */
export interface FilePlace {
  table: string;
  id: string;
  column: string;
}

/** Name of the bytes in a stored row; no column, and so never shown. */
const BYTES = 'body';

const MIME_TYPES: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'text/xml',
  zip: 'application/zip',
};

export function mimeOf(name: string): string {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return MIME_TYPES[extension] ?? 'application/octet-stream';
}

/** Stores a file for a row. Returns its id. */
export function putFile(
  engine: Engine,
  session: Session,
  place: FilePlace,
  { name, mime, bytes }: StoredFile,
): string {
  const table = engine.model.required(ATTACHMENTS);
  const id = engine.newId();
  const now = engine.timestamp();
  const by = { table: 'systemuser', id: actingUser(engine, session) };
  const row: Row = {
    [table.primaryId]: id,
    filename: name,
    mimetype: mime,
    filesizeinbytes: bytes.length,
    regardingfieldname: place.column,
    [ATTACHMENT_OF]: { table: place.table, id: place.id },
    [BYTES]: bytes.toString('base64'),
    createdon: now,
    createdby: by,
    modifiedon: now,
    modifiedby: by,
  };
  engine.database.put(table, id, row, engine.switches.duplicateKeyStatus);
  return id;
}

export function fileOf({ database }: Engine, id: string): StoredFile | undefined {
  const row = database.get(ATTACHMENTS, id);
  return row && storedFile(row);
}

const storedFile = (row: Row): StoredFile => ({
  name: String(row.filename),
  mime: String(row.mimetype),
  bytes: Buffer.from(String(row[BYTES]), 'base64'),
});

/** Where the file with this id stands. */
export function placeOf({ database }: Engine, id: string): FilePlace | undefined {
  const row = database.get(ATTACHMENTS, id);
  const owner = row?.[ATTACHMENT_OF];
  if (!row || !owner || typeof owner !== 'object') return undefined;
  return { table: owner.table, id: owner.id, column: String(row.regardingfieldname) };
}

const attachmentsAt = ({ database }: Engine, { table, id, column }: FilePlace): Row[] =>
  database
    .referrers(ATTACHMENTS, ATTACHMENT_OF, { table, id })
    .filter(({ regardingfieldname }) => regardingfieldname === column);

/** The file that stands in a column of a row. */
export function fileAt(engine: Engine, place: FilePlace): StoredFile | undefined {
  const [row] = attachmentsAt(engine, place);
  return row && storedFile(row);
}

/** Takes the files out that stand in a column of a row; `except` stays. */
export function dropFiles(engine: Engine, place: FilePlace, except?: unknown): void {
  const { primaryId } = engine.model.required(ATTACHMENTS);
  for (const row of attachmentsAt(engine, place)) {
    if (row[primaryId] !== except) engine.database.remove(ATTACHMENTS, String(row[primaryId]));
  }
}
