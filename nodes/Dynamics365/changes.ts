import type { IExecuteFunctions } from 'n8n-workflow';

import type { ChangeOptions } from '../../core/dynamics/dataverse/rows/writeChanges';
import type { Dataverse, DataverseTable } from '../../core/dynamics/dataverse/types';
import { isRetried } from '../shared/claims';
import { type ConflictSettings, conflictsOf, factsOf } from '../shared/conflicts';
import { isOfLedger, memoryFor } from '../shared/memory';
import type { TableWrite } from '../shared/table/service';
import { systemOf } from './options';

type Written = Pick<TableWrite<DataverseTable>, 'table' | 'item'>;

/** What is remembered of rows by the ledger that claimed their items; undefined: none has a claim. */
function memoryOf(
  context: IExecuteFunctions,
  client: Pick<Dataverse, 'root'>,
  writes: Written[],
): ChangeOptions['memoryOf'] {
  const items = writes.map(({ item }) => item);
  if (!items.some(isOfLedger)) return undefined;
  const memory = memoryFor(context, items);
  const names = new Map(writes.map(({ table }) => [table.entitySetName, table.logicalName]));
  return (set, placeOf) =>
    memory.of({ system: systemOf(client), table: names.get(set) ?? set }, placeOf);
}

/** How rows are taken against what was sent to them last: by the claims of their items, and the rules of the panel. */
export function changesOf(
  context: IExecuteFunctions,
  { client, options }: { client: Pick<Dataverse, 'root'>; options: ConflictSettings },
  writes: Written[],
): Pick<ChangeOptions, 'memoryOf' | 'conflicts' | 'factsOf'> {
  return {
    memoryOf: memoryOf(context, client, writes),
    conflicts: conflictsOf(options),
    factsOf: (place) => {
      const item = writes[place]?.item;
      return { ...factsOf(item), isRetry: isRetried(item) };
    },
  };
}
