import { CLARITY_ORDERS } from './clarity';
import type { OrderMaker } from './made';
import { THREEDCART_ORDERS } from './threedcart';
import { XCART_ORDERS } from './xcart';

export type { MadeOrder } from './made';

/** Every shop, and every profile that one ships with. */
export const ORDER_MAKERS: readonly OrderMaker[] = [
  XCART_ORDERS,
  THREEDCART_ORDERS,
  ...CLARITY_ORDERS,
];
