import { type AmountFound, type AmountWrite, findInPages } from '../kit/amounts';
import { anyPrice, type PriceContract } from '../kit/prices';
import type { Writes } from '../kit/writes';
import { type BulkRow, writeMany } from './bulk';
import type { Clarity } from './client';
import type { Product } from './wire';

export interface PriceTarget {
  productId: string;
}

/** The prices of products, in the store's currency: in bulk where the profile has such a call, else product by product. */
export function pricesOf(client: Clarity): PriceContract<PriceTarget> {
  const { profile, products } = client;
  /** What was found, by id: its own names are written. */
  const known = new Map<string, Product>();

  function found(product: Product): AmountFound<PriceTarget> {
    const productId = products.idOf(product);
    known.set(productId, product);
    return { target: { productId }, before: product.price ?? undefined };
  }

  function rowOf({ target: { productId }, amount }: AmountWrite<PriceTarget>): BulkRow {
    const product = known.get(productId);
    const sku = product?.sku?.trim() ?? '';
    const is = { productId, ...(sku !== '' && { sku }) };
    return {
      body: products.asWritten({ ...is, price: amount }, product),
      is,
      words: `price of ${sku || productId}`,
    };
  }

  function writesOf(): Writes<AmountWrite<PriceTarget>> {
    const { prices, success } = profile;
    const command = prices?.bulk;
    if (!prices || !command) {
      return {
        one: async ({ target: { productId }, amount }) =>
          await products.update(productId, { price: amount }, known.get(productId)),
      };
    }
    const how = { profile: prices, command, fields: profile.resources.products?.fields, success };
    return {
      most: prices.most,
      many: async (writes) => await writeMany(client, how, writes.map(rowOf)),
    };
  }

  return {
    keyOf: ({ productId }) => productId,
    amounts: anyPrice,
    notFound: 'Check the SKU among the products of the store.',
    write: writesOf(),
    find: async (skus) =>
      await findInPages(products.pages(), skus, (product) => ({
        sku: product.sku,
        found: { ok: true, value: found(product) },
      })),
  };
}
