import type { Route } from '../api/routes';
import { categoryRoutes } from './categories';
import { customerRoutes } from './customers';
import { orderChildRoutes } from './order-children';
import { orderRoutes } from './orders';
import { otherRoutes } from './others';
import { productChildRoutes } from './product-children';
import { productRoutes } from './products';
import { webhookRoutes } from './webhooks';

/** Everything the store's API can do. What is not here answers 404 or 405. */
export const ROUTES: readonly Route[] = [
  ...orderRoutes,
  ...orderChildRoutes,
  ...productRoutes,
  ...productChildRoutes,
  ...categoryRoutes,
  ...customerRoutes,
  ...webhookRoutes,
  ...otherRoutes,
];
