export { THREEDCART_CREDENTIALS } from './credentials';
export { EVENT_NAMES, type EventKey } from './events';
export type { Order } from './model';
export type { OrderChange } from './orders/change';
export type { OrderWish } from './orders/place';
export { STATUS } from './orders/statuses';
export { createThreeDCart, type ThreeDCartOptions, type ThreeDCartService } from './service';
export { defaultSwitches, SWITCH_CHOICES, type ThreeDCartSwitches } from './switches';
export type { StoreDelivery } from './webhooks';
