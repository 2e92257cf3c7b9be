import { Readable } from 'node:stream';

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Column } from '../../../../core/dynamics/tables';
import { validationError } from '../../../../core/errors';
import { sendPlaced } from '../../../../core/odata/sendAll';
import type { BatchAnswer, SingleOperation } from '../../../../core/odata/types';
import { streamOf } from '../../file';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { type AnySteps, eachOf, itemSteps } from '../../steps';
import { changeOptionFields, readOptionFields, singleChangeOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import { type TableReader, tableReader } from '../reader';
import type {
  FilePlace,
  FileService,
  FileSource,
  Subject,
  TableOptions,
  TableService,
  Tables,
} from '../service';

/** Files at a time: each holds a block or two in memory. */
const FILES_AT_ONCE = 4;

const column: INodeProperties = {
  displayName: 'File Column Name or ID',
  name: 'fileColumn',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getFileColumns', loadOptionsDependsOn: ['table.value'] },
  default: '',
  required: true,
  description:
    'A column of the type File or Image. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const binary = (displayName: string, name: string, hint: string): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: 'data',
  required: true,
  hint,
});

const fields = (service: TableService, subject: Subject, ...more: INodeProperties[]) => [
  ...tableFields(service, subject),
  ...service.keys.fields(subject),
  column,
  ...more,
];

interface Opened {
  context: IExecuteFunctions;
  service: TableService;
  files: FileService;
  subject: Subject;
}

interface Ready {
  tables: Tables;
  options: TableOptions;
  reader: TableReader;
  placeOf(index: number): Promise<FilePlace>;
}

function columnOf(columns: Column[], { isFile }: FileService, name: string, table: string): Column {
  const found = columns.find((one) => one.name === name.trim() && isFile(one));
  if (found) return found;
  const names = columns.filter(isFile).map((one) => one.name);
  throw validationError(
    name.trim() === '' ? 'File Column is empty' : `"${name}" is no file column of ${table}`,
    names.length > 0
      ? `It has: ${names.join(', ')}.`
      : 'The table has none: add one of the type File in Power Apps > Tables > Columns.',
  );
}

async function open({ context, service, files, subject }: Opened): Promise<Ready> {
  const { options, ...tables } = await service.open(context);
  const { metadata } = tables;
  const reader = tableReader(context, { subject, metadata });
  return {
    tables,
    options,
    reader,
    placeOf: async (index) => {
      const table = await reader.table(index);
      const key = service.keys.read(reader, subject, index);
      const columns = await metadata.columns(table.logicalName);
      const name = String(reader.read<unknown>('fileColumn', index) ?? '');
      return { table, key, column: columnOf(columns, files, name, table.logicalName) };
    },
  };
}

/** The operations on files; each is of one file for each item. */
export function fileOperations(
  service: TableService,
  files: FileService,
  subject: Subject,
): Operation[] {
  const opened = (context: IExecuteFunctions) => open({ context, service, files, subject });

  async function uploadSteps(context: IExecuteFunctions): Promise<AnySteps> {
    const { tables, options, reader, placeOf } = await opened(context);
    return itemSteps<FilePlace & { file: FileSource }, object>({
      prepare: async (item, index) => {
        const field = reader.read<string>('inputField', index);
        return { ...(await placeOf(index)), file: streamOf(context, item, index, field) };
      },
      run: eachOf(FILES_AT_ONCE, ({ file, ...place }) => files.upload(tables, place, file)),
      output: (item, result, index) => withResult(item, options.outputField ?? '', result, index),
    });
  }

  async function downloadSteps(context: IExecuteFunctions): Promise<AnySteps> {
    const { tables, reader, placeOf } = await opened(context);
    return itemSteps<FilePlace & { field: string }, INodeExecutionData>({
      prepare: async (_item, index) => ({
        ...(await placeOf(index)),
        field: reader.read<string>('outputBinary', index),
      }),
      run: eachOf(FILES_AT_ONCE, async ({ field, ...place }) => {
        const { name, size, content, thumbnail } = await files.download(tables, place);
        const file = await context.helpers.prepareBinaryData(Readable.from(content), name);
        return {
          json: { fileName: name, size, mimeType: file.mimeType, ...(thumbnail && { thumbnail }) },
          binary: { [field]: file },
        };
      }),
      output: (item, { json, binary: made }, index) => ({
        json: { ...item.json, ...json },
        binary: { ...item.binary, ...made },
        pairedItem: { item: index },
      }),
    });
  }

  async function removeSteps(context: IExecuteFunctions): Promise<AnySteps> {
    const { tables, options, placeOf } = await opened(context);
    return itemSteps<SingleOperation, BatchAnswer>({
      prepare: async (_item, index) => files.remove(tables, await placeOf(index)),
      run: (operations) => sendPlaced(tables.client, operations),
      output: (item, _answer, index) =>
        withResult(item, options.outputField ?? '', { deleted: true }, index),
    });
  }

  const { noun } = subject;
  return [
    {
      name: 'Delete File',
      value: 'deleteFile',
      action: `Delete file of ${noun}`,
      description: `Empty a file or image column of one ${noun} for each item`,
      properties: [...fields(service, subject), changeOptionFields(service)],
      start: removeSteps,
    },
    {
      name: 'Download File',
      value: 'downloadFile',
      action: `Download file of ${noun}`,
      description: `Get the file or image in a column of one ${noun} for each item`,
      properties: [
        ...fields(
          service,
          subject,
          binary(
            'Put Output File in Field',
            'outputBinary',
            'The name of the output binary field to put the file in',
          ),
        ),
        readOptionFields(service),
      ],
      onlyReads: true,
      start: downloadSteps,
    },
    {
      name: 'Upload File',
      value: 'uploadFile',
      action: `Upload file to ${noun}`,
      description: `Put a file into a file or image column of one ${noun} for each item, in place of the one that is there`,
      properties: [
        ...fields(
          service,
          subject,
          binary(
            'Input Binary Field',
            'inputField',
            'The name of the input binary field containing the file to be uploaded',
          ),
        ),
        singleChangeOptionFields(service),
      ],
      start: uploadSteps,
    },
  ];
}
