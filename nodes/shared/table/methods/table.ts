import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { Metadata, Table } from '../../../../core/dynamics/tables';
import { foundTable } from '../candidates';
import type { TableService } from '../service';
import { chosenIn } from './chosen';

/** The table that the node is set to; undefined while none is chosen. */
export async function currentTable(
  context: ILoadOptionsFunctions,
  service: TableService,
  metadata: Metadata,
): Promise<Table | undefined> {
  const resource = String(context.getCurrentNodeParameter(service.chosenBy ?? 'resource'));
  const known = service.knownTable(resource);
  if (known) return known;
  const name = chosenIn(context, 'table');
  if (name !== '') return await metadata.table(name);
  const subject = service.foundSubject?.(resource);
  return subject && (await foundTable(metadata, subject));
}
