import { CLARITY_DOCUMENTS } from '../../stores/clarity/documents';
import { ORDER_CODES, PAYMENT_CODES } from '../../stores/clarity/statuses';
import type { ServicePresets } from '../service';
import { CLARITY_CUSTOMER } from './customer';
import { CLARITY_ORDER } from './order';
import { CLARITY_PRODUCT } from './product';

export const CLARITY: ServicePresets = {
  documents: CLARITY_DOCUMENTS,
  toCommon: [CLARITY_ORDER, CLARITY_PRODUCT, CLARITY_CUSTOMER],
  statuses: { 'clarity.order': { order: ORDER_CODES, payment: PAYMENT_CODES } },
};
