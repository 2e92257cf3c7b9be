import { CLARITY_DOCUMENTS } from '../../stores/clarity/documents';
import { ORDER_CODES, PAYMENT_CODES } from '../../stores/clarity/statuses';
import type { ServicePresets } from '../service';
import { CLARITY_CUSTOMER } from './customer';
import {
  CLARITY_TOLD,
  TO_CLARITY_CUSTOMER,
  TO_CLARITY_PAYMENT,
  TO_CLARITY_PRODUCT,
  TO_CLARITY_SHIPMENT,
} from './fromCommon';
import { CLARITY_ORDER } from './order';
import { CLARITY_PAYMENT, CLARITY_REFUND } from './payment';
import { CLARITY_PRODUCT } from './product';
import { CLARITY_SHIPMENT } from './shipment';
import { TO_CLARITY_ORDER } from './toOrder';

export const CLARITY: ServicePresets = {
  documents: CLARITY_DOCUMENTS,
  toCommon: [
    CLARITY_ORDER,
    CLARITY_PRODUCT,
    CLARITY_CUSTOMER,
    CLARITY_PAYMENT,
    CLARITY_SHIPMENT,
    CLARITY_REFUND,
  ],
  fromCommon: [
    TO_CLARITY_ORDER,
    TO_CLARITY_PRODUCT,
    TO_CLARITY_CUSTOMER,
    TO_CLARITY_PAYMENT,
    TO_CLARITY_SHIPMENT,
    ...CLARITY_TOLD,
  ],
  statuses: { 'clarity.order': { order: ORDER_CODES, payment: PAYMENT_CODES } },
};
