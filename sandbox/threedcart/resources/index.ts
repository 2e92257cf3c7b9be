import type { Route } from '../api/routes';
import { orderRoutes } from './orders';
import { productRoutes } from './products';
import { webhookRoutes } from './webhooks';

/** Everything the store's API can do. What is not here answers 404 or 405. */
export const ROUTES: readonly Route[] = [...orderRoutes, ...productRoutes, ...webhookRoutes];
