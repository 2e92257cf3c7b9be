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

/** Coupons, Volume Discounts, Sale, Wholesale, Featured Products, File attachments, Product Tags, Variants, Reviews, Related Products. */
const OF_ADD_ONS =
  /^\/(?:coupons|volume_discounts|sale_discounts|product_tags)|\/(?:wholesale_prices|featured|attachments|variants|reviews|related_products)/;

const routes: readonly Route[] = [
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

/** Everything the store's API can do. What is not here answers 404 or 405. */
export const ROUTES: readonly Route[] = routes.map((route) => ({
  ...route,
  isOfAddOn: OF_ADD_ONS.test(route.path),
}));
