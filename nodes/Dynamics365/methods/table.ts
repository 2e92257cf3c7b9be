import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { createMetadata } from '../../../core/dynamics/dataverse/metadata/metadata';
import type {
  Dataverse,
  DataverseMetadata,
  DataverseTable,
} from '../../../core/dynamics/dataverse/types';
import { connect } from '../connection';
import { TABLE_OF_RESOURCE } from '../subjects';

const EDITOR_TIMEOUT_MS = 30_000;

export interface Editor {
  client: Dataverse;
  metadata: DataverseMetadata;
}

/** A connection for one question of the editor. */
export async function forEditor(context: ILoadOptionsFunctions): Promise<Editor> {
  const client = await connect(context, { timeoutMs: EDITOR_TIMEOUT_MS });
  return { client, metadata: createMetadata(client) };
}

/** The table that the node is set to; undefined while none is chosen. */
export async function currentTable(
  context: ILoadOptionsFunctions,
  metadata: DataverseMetadata,
): Promise<DataverseTable | undefined> {
  const known = TABLE_OF_RESOURCE[String(context.getCurrentNodeParameter('resource'))];
  if (known) return known;
  const name = context.getCurrentNodeParameter('table', { extractValue: true });
  return typeof name === 'string' && name !== '' ? await metadata.table(name) : undefined;
}
