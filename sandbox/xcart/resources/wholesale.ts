import { z } from 'zod';
import { int, readInput } from '../api/body';
import { childrenOf, found } from '../api/lookup';
import { invalidInput, notFound } from '../api/problems';
import type { Call, Route } from '../api/routes';
import type { WholesalePriceView } from '../model';
import { crudRoutes } from './crud';
import { membershipsByName, productOf } from './products';

type Prices = Map<number, WholesalePriceView>;

const input = z.object({
  membership: z.string().nullable(),
  quantity_range_begin: int().min(1),
  price: z.number().min(0),
  type: z.enum(['price', 'percent']),
});

const DEFAULTS = { membership: null, quantity_range_begin: 1, price: 0, type: 'price' };

function viewOf(call: Call, id: number, given: z.output<typeof input>): WholesalePriceView {
  const names = given.membership === null ? [] : [given.membership];
  const membership = membershipsByName(call.store, names)[0];
  return {
    ...given,
    id,
    membership: membership === undefined ? null : { id: membership.id, name: membership.name },
  };
}

function create(call: Call, prices: (call: Call) => Prices): WholesalePriceView {
  const body = call.body();
  if (!call.store.products.has(call.id('product_id'))) {
    throw invalidInput(`Product with ID ${call.id('product_id')} not found`);
  }
  const given = readInput(input, { ...DEFAULTS, ...body });
  const price = viewOf(call, call.store.nextId('wholesale'), given);
  prices(call).set(price.id, price);
  return price;
}

function update(call: Call, price: WholesalePriceView): void {
  const current = { ...price, membership: price.membership?.name ?? null };
  Object.assign(price, viewOf(call, price.id, readInput(input, { ...current, ...call.body() })));
}

const productPrices = (call: Call): Prices => productOf(call).wholesale;

function variantPrices(call: Call): Prices {
  const product = productOf(call);
  const { id } = found(product.variants, call.id('variant_id'));
  const known = product.variantWholesale.get(id);
  if (known !== undefined) return known;
  const created: Prices = new Map();
  product.variantWholesale.set(id, created);
  return created;
}

const routesFor = (path: string, type: string, prices: (call: Call) => Prices): Route[] =>
  crudRoutes<WholesalePriceView>({
    path,
    idName: 'id',
    type,
    noun: 'wholesale price',
    list: (call) => {
      const product = call.store.products.get(call.id('product_id'));
      return childrenOf(call, product, () => [...prices(call).values()]);
    },
    records: prices,
    show: (price) => price,
    create: (call) => create(call, prices),
    update,
    remove: (call, price) => {
      if (!prices(call).delete(price.id)) throw notFound();
    },
  });

export const wholesaleRoutes: readonly Route[] = [
  ...routesFor('/products/:product_id/wholesale_prices', 'WholesalePrice', productPrices),
  ...routesFor(
    '/products/:product_id/variants/:variant_id/wholesale_prices',
    'ProductVariantWholesalePrice',
    variantPrices,
  ),
];
