import { XCART_DOCUMENTS } from '../../stores/xcart/documents';
import { PAYMENT_CODES, SHIPPING_CODES } from '../../stores/xcart/statuses';
import type { ServicePresets } from '../service';
import { XCART_ORDER } from './order';
import { XCART_PRODUCT } from './product';
import { XCART_PROFILE } from './profile';

export const XCART: ServicePresets = {
  documents: XCART_DOCUMENTS,
  toCommon: [XCART_ORDER, XCART_PRODUCT, XCART_PROFILE],
  statuses: { 'xcart.order': { payment: PAYMENT_CODES, shipping: SHIPPING_CODES } },
};
