import type { Route } from '../api/routes';
import { attributeRoutes } from './attributes';
import { catalogueRoutes } from './catalogue';
import { categoryRoutes } from './categories';
import { featuredRoutes } from './featured';
import { imageRoutes } from './images';
import { orderRoutes } from './orders';
import { productRoutes } from './products';
import { profileRoutes } from './profiles';
import { variantRoutes } from './variants';

/** Everything the store's API can do. What is not here answers 404 or 405. */
export const ROUTES: readonly Route[] = [
  ...orderRoutes,
  ...productRoutes,
  ...imageRoutes,
  ...variantRoutes,
  ...categoryRoutes,
  ...profileRoutes,
  ...catalogueRoutes,
  ...attributeRoutes,
  ...featuredRoutes,
];
