import { XCART_DOCUMENTS } from '../../stores/xcart/documents';
import { PAYMENT_CODES, SHIPPING_CODES } from '../../stores/xcart/statuses';
import type { ServicePresets } from '../service';
import { TO_XCART_ADDRESS, TO_XCART_PRODUCT, TO_XCART_PROFILE, XCART_TOLD } from './fromCommon';
import { XCART_ORDER } from './order';
import { XCART_PAYMENT, XCART_REFUND } from './payment';
import { XCART_PRODUCT } from './product';
import { XCART_PROFILE } from './profile';
import { XCART_SHIPMENT } from './shipment';

export const XCART: ServicePresets = {
  documents: XCART_DOCUMENTS,
  toCommon: [
    XCART_ORDER,
    XCART_PRODUCT,
    XCART_PROFILE,
    XCART_PAYMENT,
    XCART_SHIPMENT,
    XCART_REFUND,
  ],
  fromCommon: [TO_XCART_PRODUCT, TO_XCART_PROFILE, TO_XCART_ADDRESS, ...XCART_TOLD],
  statuses: { 'xcart.order': { payment: PAYMENT_CODES, shipping: SHIPPING_CODES } },
};
