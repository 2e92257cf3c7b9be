export { XCART_CREDENTIALS } from './credentials';
export type { OrderView } from './model';
export type { OrderChange } from './orders/change';
export { STATUSES } from './orders/statuses';
export type { OrderWish } from './orders/place';
export { createXCart, type StockHolder, type XCartOptions, type XCartService } from './service';
export { defaultSwitches, SWITCH_CHOICES, type XCartSwitches } from './switches';
export type { XCartDelivery } from './webhooks';
