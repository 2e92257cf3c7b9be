import { DataverseError, errors } from '../errors';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';

/** What an image column takes. Source: Dataverse docs, image-column-data, "Image file types" and "Maximum image size". */

/** How the files of each kind begin. */
const BEGINNINGS: ReadonlyArray<readonly [extension: string, hex: string]> = [
  ['gif', '474946383761'],
  ['gif', '474946383961'],
  ['jpg', 'ffd8ff'],
  ['tif', '49492a00'],
  ['tif', '4d4d002a'],
  ['bmp', '424d'],
  ['png', '89504e470d0a1a0a'],
];

export function extensionOf(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 8).toString('hex');
  return BEGINNINGS.find(([, hex]) => start.startsWith(hex))?.[0];
}

const failed = (reason: string): Error =>
  new DataverseError(400, '0x80072553', `Error occured when processing image. Reason: ${reason}`);

const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024);

/** Refuses what is no picture, and one that is too large. */
export function checkPicture(table: Table, column: ColumnSchema, id: string, bytes: Buffer): void {
  const most = (column.maxSizeInKb ?? Infinity) * 1024;
  if (bytes.length > most) {
    throw failed(
      `File size is too big. MaxSize: ${megabytes(most)} MB, Uploaded filesize: ${megabytes(bytes.length)} MB.`,
    );
  }
  if (extensionOf(bytes) !== undefined) return;
  throw failed(
    `Update image properties failed for objectid: ${id}, logicalName: ${table.name}, attribute: ${column.name}`,
  );
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A picture as it stands in the body of a write. */
export function readPicture(value: unknown, column: ColumnSchema, table: Table): string {
  if (typeof value === 'string' && value !== '' && BASE64.test(value)) return value;
  const shown = typeof value === 'string' ? value.slice(0, 40) : JSON.stringify(value);
  throw errors.wrongType(table.schema.entitySet, `${column.name}: ${shown}`, 'Edm.Binary');
}
