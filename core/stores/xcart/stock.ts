import { type ServiceError, toServiceError, validationError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import type { Outcome } from '../../outcome';
import {
  findInPages,
  STOCK_IN_FLIGHT,
  type StockContract,
  type StockFound,
  wholePieces,
} from '../kit/stock';
import type { XCart } from './client';
import type { Product, Variant } from './wire';

/** What has a SKU: a product, or one of its variants. */
export interface StockTarget {
  productId: number;
  variantId?: number;
}

export interface StockOptions {
  /** Looks through the variants of products where no product has the SKU. Costs one request per product. */
  searchVariants?: boolean;
  /** Requests for variants on their way at once. Default 16. */
  inFlight?: number;
}

type Found = Map<string, Outcome<StockFound<StockTarget>>>;

/**
 * X-Cart 5.5 has neither a stock resource nor a filter by SKU: the products are paged through once (until every SKU is
 * found), and what differs is written to the product or to its variant.
 */
export function stockOf(client: XCart, options: StockOptions = {}): StockContract<StockTarget> {
  const { searchVariants = true, inFlight: limit = STOCK_IN_FLIGHT } = options;
  return {
    keyOf: ({ productId, variantId = '' }) => `${productId}/${variantId}`,
    write: {
      one: async ({ target: { productId, variantId }, amount }) =>
        variantId === undefined
          ? await client.products.update(productId, { amount })
          : await client.variants(productId).update(variantId, { amount, default_amount: false }),
    },
    find: async (skus) => {
      const products: Product[] = [];
      const found: Found = await findInPages(client.products.pages(), skus, (product) => {
        products.push(product);
        return { sku: product.sku, found: productStock(product) };
      });
      const wanted = new Set([...skus].filter((sku) => !found.has(sku)));
      if (!searchVariants || wanted.size === 0) return found;
      await findVariants(client, products, wanted, found, limit).catch((error: unknown) => {
        // Whether the store has these SKUs is not known now: they fail, those that were found do not.
        for (const sku of wanted) found.set(sku, { ok: false, error: toServiceError(error) });
      });
      return found;
    },
    amounts: wholePieces('X-Cart'),
    notFound:
      'Check the SKU in the X-Cart admin under Catalog → Products. If it belongs to a variant, turn on Search Variants.',
  };
}

function productStock({
  id,
  sku,
  amount,
  inventory_traceable: counted,
}: Product): Outcome<StockFound<StockTarget>> {
  return counted === false
    ? { ok: false, error: notCounted(sku) }
    : {
        ok: true,
        value: { target: { productId: id, variantId: undefined }, before: amount ?? undefined },
      };
}

function notCounted(sku: Product['sku']): ServiceError {
  return validationError(
    `X-Cart does not count the stock of ${sku}`,
    'Turn on "Inventory tracking" for this product in the X-Cart admin, or leave it out.',
  );
}

/** How many characters two SKUs begin alike with: variants are mostly named after their product. */
function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Looks first where the SKU resembles that of the product, and ends as soon as nothing is missing. */
async function findVariants(
  client: XCart,
  products: Product[],
  wanted: Set<string>,
  found: Found,
  limit: number,
): Promise<void> {
  const missing = [...wanted];
  const likeness = new Map(
    products.map(({ id, sku }) => [
      id,
      Math.max(...missing.map((each) => commonStart(each, sku ?? ''))),
    ]),
  );
  const ranked = products
    .map(({ id }) => id)
    .sort((one, other) => (likeness.get(other) ?? 0) - (likeness.get(one) ?? 0));
  await inFlight(ranked, limit, async (productId) => {
    if (wanted.size === 0) return;
    for (const { id, sku, amount, default_amount: inherits } of await variantsOf(
      client,
      productId,
    )) {
      const key = sku?.trim() ?? '';
      if (!wanted.delete(key)) continue;
      const before = inherits ? undefined : (amount ?? undefined);
      found.set(key, { ok: true, value: { target: { productId, variantId: id }, before } });
    }
  });
}

/** A product without variants, or a store without the module Product Variants, has none. */
async function variantsOf(client: XCart, productId: number): Promise<Variant[]> {
  const variants: Variant[] = [];
  try {
    for await (const page of client.variants(productId).pages()) variants.push(...page);
  } catch (error) {
    if (toServiceError(error).class !== 'not-found') throw error;
  }
  return variants;
}
