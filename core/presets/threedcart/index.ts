import { THREEDCART_DOCUMENTS } from '../../stores/threedcart/documents';
import { ORDER_CODES } from '../../stores/threedcart/statuses';
import type { ServicePresets } from '../service';
import { THREEDCART_CUSTOMER } from './customer';
import { TO_THREEDCART_CUSTOMER, TO_THREEDCART_PRODUCT } from './fromCommon';
import { THREEDCART_ORDER } from './order';
import { THREEDCART_PRODUCT } from './product';

export const THREEDCART: ServicePresets = {
  documents: THREEDCART_DOCUMENTS,
  toCommon: [THREEDCART_ORDER, THREEDCART_PRODUCT, THREEDCART_CUSTOMER],
  fromCommon: [TO_THREEDCART_PRODUCT, TO_THREEDCART_CUSTOMER],
  statuses: { 'threedcart.order': { order: ORDER_CODES } },
};
