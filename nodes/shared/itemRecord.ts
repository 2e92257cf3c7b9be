import type { INodeExecutionData } from 'n8n-workflow';

import { identityName, type Identity } from '../../core/commerce/identity';
import type { RecordSource } from '../../core/commerce/source';

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

/** What names the record of an item always alike: the key of its source, or else that of its claim in the Sync Ledger. */
export function recordKeyIn(item: INodeExecutionData): string | undefined {
  const record = recordOf(item);
  if (record) return record.key;
  const { claim } = item.json;
  if (typeof claim !== 'object' || claim === null) return undefined;
  const { key } = claim as { key?: unknown };
  return typeof key === 'string' && key.trim() !== '' ? key : undefined;
}
