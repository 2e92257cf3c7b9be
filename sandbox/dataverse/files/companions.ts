import type { Session } from '../engine';
import { DataverseError } from '../errors';
import { holdsBytes } from '../schema/files';
import type { ColumnSchema } from '../schema/types';
import type { Row, Value } from '../store/row';
import type { Write } from '../write/rules';
import { checkPicture, extensionOf } from './pictures';
import { dropFiles, fileOf, mimeOf, putFile } from './store';

/** What a write of a file or picture does besides: its companion columns, and the picture in full. */

const written = ({ table, sent }: Write): ColumnSchema[] =>
  [...table.columns.values()].filter((column) => holdsBytes(column) && column.name in sent);

const bytesOf = (value: Value | undefined): Buffer | undefined =>
  typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;

/** Checks the pictures of a write, and fills the columns that come with them and with files. */
export function withCompanions(write: Write, id: string, row: Row): Row {
  return written(write).reduce<Row>((filled, column) => {
    const own = column.type === 'file' ? ofFile(write, column) : ofPicture(write, column, id);
    return { ...filled, ...own };
  }, row);
}

function ofFile({ engine, sent }: Write, { name }: ColumnSchema): Row {
  const id = sent[name];
  return { [`${name}_name`]: (typeof id === 'string' && fileOf(engine, id)?.name) || null };
}

function ofPicture(write: Write, column: ColumnSchema, id: string): Row {
  const { engine, table, before, sent } = write;
  const { name } = column;
  const bytes = bytesOf(sent[name]);
  if (!bytes) return { [`${name}id`]: null, [`${name}_timestamp`]: null, [`${name}_url`]: null };
  if (!before && !column.primaryImage) throw notOnCreate(table.name, name);
  checkPicture(table, column, id, bytes);
  const imageId = engine.newId();
  const timestamp = engine.now().getTime();
  const address = `/Image/download.aspx?Entity=${table.name}&Attribute=${name}&Id=${imageId}&Timestamp=${timestamp}`;
  return {
    [`${name}id`]: imageId,
    [`${name}_timestamp`]: timestamp,
    [`${name}_url`]: address,
  };
}

const notOnCreate = (table: string, column: string): Error =>
  new DataverseError(
    400,
    '0x80090487',
    `Non-primary image attribute ${column} of entity ${table} is not allowed to upload during Create operation.`,
  );

/** Keeps the pictures of a write in full where their columns do that, and forgets those that they replace. */
export function keepPictures(session: Session, write: Write, id: string): void {
  const { engine, table, sent } = write;
  for (const { name, type, fullImage } of written(write)) {
    if (type !== 'image') continue;
    const place = { table: table.name, id, column: name };
    dropFiles(engine, place);
    const bytes = bytesOf(sent[name]);
    if (!bytes || !fullImage) continue;
    const file = `${name}.${extensionOf(bytes) ?? 'png'}`;
    putFile(engine, session, place, { name: file, mime: mimeOf(file), bytes });
  }
}
