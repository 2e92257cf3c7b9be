import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
  type RecordIdentity,
  sourceOf,
  type StoreIdentity,
} from '../../../core/stores/kit/records';

/**
 * A record as a trigger puts it out: the store's own document, and where it comes from.
 *
 * @param readAt when the store was asked, in milliseconds since the epoch
 */
export function recordItem<T extends object>(
  type: RecordIdentity<T>,
  store: StoreIdentity,
  record: T,
  event: string,
  readAt: number,
): INodeExecutionData {
  const source = { ...sourceOf(type, store, record, event, readAt) };
  return { json: { ...record, source } as IDataObject };
}
