import type { INodeProperties } from 'n8n-workflow';

import { sourceOf } from '../../../../core/stores/kit/records';
import { ORDERS } from '../../../../core/stores/xcart/feed';
import type { Order } from '../../../../core/stores/xcart/wire';
import type { Store } from '../../connection';

export const addSource: INodeProperties = {
  displayName: 'Add Source',
  name: 'addSource',
  type: 'boolean',
  default: true,
  description:
    'Whether to add where the order comes from, in the field source, as the X-Cart Trigger does. Sync Ledger knows the order by it.',
};

/** @param readAt when the store was asked, not when it answered */
export function withSource(store: Store, order: Order, readAt: number): object {
  return { ...order, source: sourceOf(ORDERS, store.name, order, 'poll', readAt) };
}
