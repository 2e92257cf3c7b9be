import type { ColumnSchema, LookupTarget, TableSchema } from './types';

/** Columns that hold a file or a picture. Source: Dataverse docs, file-column-data, image-column-data, file-attributes. */

/** Default and largest MaxSizeInKB. */
const FILE_KB = { usual: 32_768, most: 10_485_760 };
const IMAGE_KB = { usual: 10_240, most: 30_720 };

export const sizesOf = (type: 'file' | 'image'): { usual: number; most: number } =>
  type === 'file' ? FILE_KB : IMAGE_KB;

export const holdsBytes = ({ type }: ColumnSchema): boolean => type === 'file' || type === 'image';

type Companion = Pick<ColumnSchema, 'name' | 'schemaName' | 'label' | 'type' | 'maxLength'>;

const companion = (of: ColumnSchema, own: Companion): ColumnSchema => ({
  ...own,
  required: 'none',
  writable: 'never',
  attributeOf: of.name,
  ...(of.custom === undefined ? {} : { custom: of.custom }),
});

/** The columns that come with one: the name of a file; id, time and address of a picture. Nobody writes them. */
export function companionsOf(column: ColumnSchema): ColumnSchema[] {
  const { name, schemaName, label, type } = column;
  if (type === 'file') {
    const own = { name: `${name}_name`, schemaName: `${schemaName}_Name`, maxLength: 256 };
    return [companion(column, { ...own, label, type: 'string' })];
  }
  if (type !== 'image') return [];
  return [
    companion(column, {
      name: `${name}id`,
      schemaName: `${schemaName}Id`,
      label: `${label} Id`,
      type: 'uniqueidentifier',
    }),
    companion(column, {
      name: `${name}_timestamp`,
      schemaName: `${schemaName}_Timestamp`,
      label: `${label} Timestamp`,
      type: 'bigint',
    }),
    companion(column, {
      name: `${name}_url`,
      schemaName: `${schemaName}_URL`,
      label: `${label} URL`,
      type: 'string',
      maxLength: 200,
    }),
  ];
}

/** The table that knows every file, and its lookup to the row that a file belongs to. */
export const ATTACHMENTS = 'fileattachment';
export const ATTACHMENT_OF = 'objectid';

/** The relationship by which a table with files has them: `account_FileAttachments`. */
export const attachmentTarget = (table: string): LookupTarget => ({
  table,
  navigation: `${ATTACHMENT_OF}_${table}`,
  collection: `${table}_FileAttachments`,
  onDelete: 'cascade',
});

/** Tables that have a picture of their own in every environment. */
const PICTURED: ReadonlySet<string> = new Set(['account', 'contact', 'product']);

const ENTITY_IMAGE: ColumnSchema = {
  name: 'entityimage',
  schemaName: 'EntityImage',
  label: 'Default Image',
  type: 'image',
  maxSizeInKb: IMAGE_KB.usual,
  primaryImage: true,
  required: 'none',
  writable: 'always',
};

export const withPicture = (schema: TableSchema): TableSchema =>
  PICTURED.has(schema.name) && schema.columns.every(({ name }) => name !== ENTITY_IMAGE.name)
    ? { ...schema, columns: [...schema.columns, ENTITY_IMAGE] }
    : schema;
