import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { Metadata, Table } from '../../../../core/dynamics/tables';
import type { TableService } from '../service';

/** The table that the node is set to; undefined while none is chosen. */
export async function currentTable(
  context: ILoadOptionsFunctions,
  service: TableService,
  metadata: Metadata,
): Promise<Table | undefined> {
  const known = service.knownTable(String(context.getCurrentNodeParameter('resource')));
  if (known) return known;
  const name = context.getCurrentNodeParameter('table', { extractValue: true });
  return typeof name === 'string' && name !== '' ? await metadata.table(name) : undefined;
}
