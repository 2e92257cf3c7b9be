import type { PaymentMethod } from '../../kit/shop';
import { orderDate } from '../api/dates';
import type { BackendStatus, BackendTransactionView, OrderView, TransactionView } from '../model';
import type { XCartStore } from '../store';

interface StoreMethod {
  id: number;
  name: string;
  type: string;
  /** What the payment status of a new order is, and how its transaction stands. */
  code: string;
  status: BackendStatus;
  card: boolean;
}

export const METHODS: Readonly<Record<PaymentMethod, StoreMethod>> = {
  'credit card': {
    id: 8,
    name: 'Credit card',
    type: 'sale',
    code: 'P',
    status: 'S',
    card: true,
  },
  'credit card, authorized only': {
    id: 9,
    name: 'Credit card (authorize)',
    type: 'auth',
    code: 'A',
    status: 'S',
    card: true,
  },
  'purchase order': {
    id: 11,
    name: 'Purchase order',
    type: 'sale',
    code: 'Q',
    status: 'W',
    card: false,
  },
  'bank transfer': {
    id: 12,
    name: 'Bank transfer',
    type: 'sale',
    code: 'Q',
    status: 'W',
    card: false,
  },
};

export function backend(
  store: XCartStore,
  type: string,
  status: BackendStatus,
  value: number,
  date: string,
): BackendTransactionView {
  return { id: store.nextId('backendTransaction'), type, date, status, value, data: [] };
}

/** The one payment of a new order. */
export function paymentOf(
  store: XCartStore,
  order: OrderView,
  method: StoreMethod,
  now: Date,
): TransactionView {
  const id = store.nextId('transaction');
  const date = orderDate(now);
  const brand = { id, name: 'cardType', label: 'Card type', value: 'VISA', access_level: 'A' };
  return {
    id,
    public_id: `${String(id).padStart(6, '0')}-${id.toString(36).toUpperCase()}`,
    public_txn_id: '',
    method_id: method.id,
    type: method.type,
    date,
    status: method.status,
    name: method.name,
    local_name: method.name,
    currency: order.currency,
    value: order.total,
    note: '',
    data: method.card ? [brand] : [],
    backend_transactions: [backend(store, method.type, method.status, order.total, date)],
  };
}
