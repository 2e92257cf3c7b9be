import { z } from 'zod';
import { int, readInput } from '../api/body';
import { wholeList } from '../api/paging';
import { badRequest, notFound } from '../api/problems';
import type { Call, Method, Route } from '../api/routes';

/** Products shown first, on the front page or in a category. They have no id but the product's, and no pages. */
const PLACES = [
  { path: '/front_page/featured', idOf: () => 'front' },
  {
    path: '/categories/:category_id/featured',
    idOf: (call: Call) => String(call.id('category_id')),
  },
];

const input = z.object({ product_id: int() });
const shown = (id: number): object => ({ product_id: id });

function routesAt({ path, idOf }: (typeof PLACES)[number]): Route[] {
  const featured = (call: Call) => call.store.featured(idOf(call));
  const route = (
    method: Method,
    end: string,
    operation: string,
    handle: Route['handle'],
  ): Route => ({ method, path: `${path}${end}`, type: 'FeaturedProduct', operation, handle });
  return [
    route('GET', '', 'list featured products', (call) => wholeList([...featured(call)], shown)),
    route('POST', '', 'feature product', (call) => {
      const { product_id: id } = readInput(input, call.body());
      if (!call.store.products.has(id)) throw badRequest(`Product with ID ${id} not found`);
      featured(call).add(id);
      return shown(id);
    }),
    route('DELETE', '/:product_id', 'take back featured product', (call) => {
      if (!featured(call).delete(call.id('product_id'))) throw notFound();
      return undefined;
    }),
  ];
}

export const featuredRoutes: readonly Route[] = PLACES.flatMap(routesAt);
