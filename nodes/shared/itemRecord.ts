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
