import type { IExecuteFunctions } from 'n8n-workflow';

import { createMetadata } from '../../../../core/dynamics/dataverse/metadata/metadata';
import { toWireRow } from '../../../../core/dynamics/dataverse/rows/wireRow';
import {
  type RowResult,
  type RowWrite,
  type WriteKind,
  writeRows,
} from '../../../../core/dynamics/dataverse/rows/writeRows';
import type { DataverseMetadata, DataverseTable } from '../../../../core/dynamics/dataverse/types';
import type { Row } from '../../../../core/odata/types';
import { withResult } from '../../../shared/input';
import { type AnySteps, itemSteps } from '../../../shared/steps';
import { inputReader, writeKey } from '../../input';
import { type Options, setUp } from '../../options';
import type { Subject } from '../../subjects';

/** Columns that a mapping has made ready need no look at the environment, which would cost three requests. */
function convertsValues({ convert = 'auto' }: Options, columnsSource: string): boolean {
  if (convert === 'auto') return columnsSource !== 'field';
  return convert === 'always';
}

async function wireRow(
  metadata: DataverseMetadata,
  { logicalName }: DataverseTable,
  kind: WriteKind,
  row: Row,
): Promise<Row> {
  return await toWireRow(metadata, logicalName, row, {
    mode: kind === 'update' ? 'update' : 'create',
  });
}

function shown({ id, outcome, row }: RowResult): object {
  return { id, outcome, ...row };
}

/** What Create, Update and Create or Update have in common; all items in a handful of requests. */
export async function writeSteps(
  context: IExecuteFunctions,
  subject: Subject,
  kind: WriteKind,
): Promise<AnySteps> {
  const { client, options, headers } = await setUp(context);
  const metadata = createMetadata(client);
  const reader = inputReader(context, { subject, metadata, whenMissing: options.whenMissing });
  return itemSteps<RowWrite, RowResult>({
    prepare: async (item, index) => {
      const document = reader.document(item, index);
      if (!document) return undefined;
      const table = await reader.table(index);
      const key = kind === 'create' ? undefined : writeKey(reader, document, table, index);
      const row = convertsValues(options, reader.read<string>('columnsSource', index))
        ? await wireRow(metadata, table, kind, document)
        : document;
      return { set: table.entitySetName, primaryId: table.primaryId, key, row };
    },
    run: (writes) => writeRows(client, kind, writes, { returnRow: options.returnRow, headers }),
    output: (item, result, index) =>
      withResult(item, options.outputField ?? '', shown(result), index),
  });
}
