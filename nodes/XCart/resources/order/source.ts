import type { INodeProperties } from 'n8n-workflow';

import { orderSource } from '../../../../core/stores/xcart/events';
import type { Order } from '../../../../core/stores/xcart/wire';
import type { Store } from '../../store';

export const addSource: INodeProperties = {
  displayName: 'Add Source',
  name: 'addSource',
  type: 'boolean',
  default: true,
  description:
    'Whether to add where the order comes from, in the field source, as the X-Cart Trigger does. Sync Ledger knows the order by it.',
};

export function withSource(store: Store, order: Order, wanted: boolean): object {
  return wanted ? { ...order, source: orderSource(store.name, order, 'poll') } : order;
}
