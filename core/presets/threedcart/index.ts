import { THREEDCART_DOCUMENTS } from '../../stores/threedcart/documents';
import { ORDER_CODES } from '../../stores/threedcart/statuses';
import type { ServicePresets } from '../service';
import { THREEDCART_CUSTOMER } from './customer';
import {
  THREEDCART_TOLD,
  TO_THREEDCART_CUSTOMER,
  TO_THREEDCART_PAYMENT,
  TO_THREEDCART_PRODUCT,
} from './fromCommon';
import { THREEDCART_ORDER } from './order';
import { THREEDCART_PAYMENT, THREEDCART_REFUND } from './payment';
import { THREEDCART_PRODUCT } from './product';
import { THREEDCART_SHIPMENT } from './shipment';
import { TO_THREEDCART_ORDER } from './toOrder';

export const THREEDCART: ServicePresets = {
  documents: THREEDCART_DOCUMENTS,
  toCommon: [
    THREEDCART_ORDER,
    THREEDCART_PRODUCT,
    THREEDCART_CUSTOMER,
    THREEDCART_PAYMENT,
    THREEDCART_SHIPMENT,
    THREEDCART_REFUND,
  ],
  fromCommon: [
    TO_THREEDCART_ORDER,
    TO_THREEDCART_PRODUCT,
    TO_THREEDCART_CUSTOMER,
    TO_THREEDCART_PAYMENT,
    ...THREEDCART_TOLD,
  ],
  statuses: { 'threedcart.order': { order: ORDER_CODES } },
};
