import { bigint, lookupAny, table, text } from '../columns';
import { ATTACHMENT_OF, ATTACHMENTS } from '../files';

/**
 * One file of a row. The lookup to it gets its targets from the tables that have columns for files; the bytes stand
 * beside the columns, where no query shows them. Source: Dataverse docs, reference/entities/fileattachment.
 */
export const fileattachment = table({
  name: ATTACHMENTS,
  schemaName: 'FileAttachment',
  label: 'File Attachment',
  entitySet: 'fileattachments',
  objectTypeCode: 55,
  ownership: 'OrganizationOwned',
  primaryName: 'filename',
  stateless: true,
  columns: [
    text('filename', 255, { schemaName: 'FileName', label: 'File Name', writable: 'never' }),
    text('mimetype', 255, { schemaName: 'MimeType', label: 'MIME Type', writable: 'never' }),
    bigint('filesizeinbytes', {
      schemaName: 'FileSizeInBytes',
      label: 'File Size (Bytes)',
      writable: 'never',
    }),
    text('regardingfieldname', 255, {
      schemaName: 'RegardingFieldName',
      label: 'Regarding attribute name',
      writable: 'never',
    }),
    lookupAny(ATTACHMENT_OF, [], {
      schemaName: 'ObjectId',
      label: 'Regarding',
      writable: 'never',
    }),
  ],
});
