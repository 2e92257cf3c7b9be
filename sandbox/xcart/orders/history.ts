import { orderDate } from '../api/dates';
import type { OrderRecord } from '../model';
import type { XCartStore } from '../store';

export function remember(
  store: XCartStore,
  order: OrderRecord,
  code: string,
  description: string,
  now: Date,
): void {
  order.history.push({
    id: store.nextId('history'),
    date: orderDate(now),
    code,
    description,
    data: [],
    comment: '',
    profile_id: order.view.customer_id,
    profile_name: order.login,
    ip: '127.0.0.1',
    details: [],
  });
}
