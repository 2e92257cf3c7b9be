import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { identityName, type Identity } from '../../core/commerce/identity';
import type { RecordSource } from '../../core/commerce/source';
import type { RecordView } from '../../core/ledger/ledger';
import { ledgersOf } from './memory';

/** Which records of the source items are of, and which rows of the target belong to which record. */

export interface ItemRecord {
  /** `platform:store:kind:id` */
  key: string;
  /** What people call it. */
  number: string;
}

/** The record that an item is of, by the field `source` that travels with it; undefined: it does not say. */
export function recordOf({ json }: INodeExecutionData): ItemRecord | undefined {
  const { source } = json;
  if (typeof source !== 'object' || source === null) return undefined;
  const { number, id } = source as unknown as RecordSource;
  try {
    return { key: identityName(source as unknown as Identity), number: String(number ?? id) };
  } catch {
    return undefined;
  }
}

/**
 * Which records were written to these rows before, as the ledgers that hold the items' claims know it from Complete and
 * Link. Nothing where no item has a claim, or a ledger does not answer: orders wait for nobody who only watches.
 *
 * @returns by the id of the row
 */
export async function linkedRecords(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  { system, table, ids }: { system: string; table: string; ids: string[] },
): Promise<Map<string, RecordView[]>> {
  const linked = new Map<string, RecordView[]>();
  try {
    const ledgers = await ledgersOf(items);
    for (const ledger of new Set(ledgers.flatMap((one) => one ?? []))) {
      const found = await ledger.lookUpByTarget(ids.map((id) => ({ system, table, id })));
      ids.forEach((id, place) =>
        linked.set(id, [...(linked.get(id) ?? []), ...(found[place] ?? [])]),
      );
    }
  } catch (error) {
    const { message } = error as Error;
    context.logger.warn(`Which records rows belong to could not be looked up: ${message}`);
  }
  return linked;
}
