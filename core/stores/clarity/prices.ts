import { findInPages } from '../kit/amounts';
import { anyPrice, type PriceContract } from '../kit/prices';
import type { Clarity } from './client';

export interface PriceTarget {
  productId: string;
}

/** The prices of products, in the store's currency. */
export function pricesOf({ products }: Clarity): PriceContract<PriceTarget> {
  return {
    keyOf: ({ productId }) => productId,
    amounts: anyPrice,
    notFound: 'Check the SKU among the products of the store.',
    write: {
      one: async ({ target: { productId }, amount }) =>
        await products.update(productId, { price: amount }),
    },
    find: async (skus) =>
      await findInPages(products.pages(), skus, (product) => ({
        sku: product.sku,
        found: {
          ok: true,
          value: {
            target: { productId: products.idOf(product) },
            before: product.price ?? undefined,
          },
        },
      })),
  };
}
