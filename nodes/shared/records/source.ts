import type { INodeProperties } from 'n8n-workflow';

import { type RecordIdentity, sourceOf } from '../../../core/stores/kit/records';
import type { OpenedStore, StoreService } from './service';

export function addSourceField<Store extends OpenedStore>(
  { name }: StoreService<Store>,
  one: string,
): INodeProperties {
  return {
    displayName: 'Add Source',
    name: 'addSource',
    type: 'boolean',
    default: true,
    description: `Whether to add where the ${one} comes from, in the field source, as the ${name} Trigger does. Sync Ledger knows the ${one} by it.`,
  };
}

/** @param readAt when the store was asked, not when it answered */
export function withSource<Store extends OpenedStore, Row extends object>(
  source: RecordIdentity<Row> | ((store: Store) => RecordIdentity<Row>),
  store: Store,
  record: Row,
  readAt: number,
): object {
  const type = typeof source === 'function' ? source(store) : source;
  return { ...record, source: sourceOf(type, store, record, 'poll', readAt) };
}
