import { deleteFileOperation, openFile, uploadFile } from '../../core/dynamics/dataverse/files';
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { guidIn } from '../../core/values';
import { validationError } from '../../core/errors';
import type { FilePlace, FileService, Tables } from '../shared/table/service';

/** The messages of files name a row by its primary key alone; an alternate key is looked up. */
async function placeOf(
  { client }: Tables<DataverseTable>,
  { table, key, column }: FilePlace<DataverseTable>,
) {
  const { entitySetName, primaryId } = table;
  const place = { table, column: column.name, isImage: column.type === 'image' };
  if (typeof key === 'string') return { ...place, id: idIn(key) };
  const row = await client.get(entitySetName, key, { select: [primaryId] });
  return { ...place, id: String(row[primaryId]) };
}

function idIn(key: string): string {
  const id = guidIn(key);
  if (id !== undefined) return id;
  throw validationError(
    `ID "${key.slice(0, 60)}" is not a GUID.`,
    'Choose the row from the list, or find it by an alternate key.',
  );
}

/** Columns of the types File and Image. */
export const dataverseFiles: FileService<DataverseTable> = {
  isFile: ({ type }) => type === 'file' || type === 'image',
  upload: async (tables, place, file) => {
    const { client, headers } = tables;
    return await uploadFile(client, await placeOf(tables, place), file, { headers });
  },
  download: async (tables, place) => {
    const { client, headers } = tables;
    return await openFile(client, await placeOf(tables, place), { headers });
  },
  remove: ({ client, headers }, { table, key, column }) =>
    deleteFileOperation(client, { set: table.entitySetName, key, column: column.name }, headers),
};
