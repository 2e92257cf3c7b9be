import type { Route } from '../api/routes';
import { categoryRoutes } from './categories';
import { documentRoutes } from './documents';
import { imageRoutes } from './images';
import { orderRoutes } from './orders';
import { productRoutes } from './products';
import { profileRoutes } from './profiles';
import { variantRoutes } from './variants';
import { wholesaleRoutes } from './wholesale';

/** Everything the store's API can do. What is not here answers 404 or 405. */
export const ROUTES: readonly Route[] = [
  ...orderRoutes,
  ...productRoutes,
  ...imageRoutes,
  ...variantRoutes,
  ...wholesaleRoutes,
  ...categoryRoutes,
  ...profileRoutes,
  ...documentRoutes,
];
