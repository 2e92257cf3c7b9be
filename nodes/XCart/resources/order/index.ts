import type { Resource } from '../../../shared/operation';
import { get } from './get';
import { getAll } from './getAll';
import { getHistory } from './getHistory';
import { getPaymentTransactions } from './getPaymentTransactions';
import { updatePaymentStatus } from './updatePaymentStatus';
import { updateShippingStatus } from './updateShippingStatus';

export const order: Resource = {
  name: 'Order',
  value: 'order',
  operations: [
    get,
    getHistory,
    getAll,
    getPaymentTransactions,
    updatePaymentStatus,
    updateShippingStatus,
  ],
};
