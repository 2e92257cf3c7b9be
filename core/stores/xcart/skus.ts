import { toServiceError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import type { Outcome } from '../../outcome';
import { type AmountContract, type AmountFound, findInPages } from '../kit/amounts';
import { WRITES_IN_FLIGHT } from '../kit/writes';
import type { XCart } from './client';
import type { Product, Variant } from './wire';

/** What has a SKU: a product, or one of its variants. */
export interface SkuTarget {
  productId: number;
  variantId?: number;
}

export interface SkuOptions {
  /** Looks through the variants of products where no product has the SKU. Costs one request per product. */
  searchVariants?: boolean;
  /** Requests for variants on their way at once. Default 16. */
  inFlight?: number;
}

/** One amount that products have, and their variants where they do not take that of the product. */
export interface SkuAmount {
  /** What it is now; undefined where the store did not say, a failure where it cannot be written. */
  ofProduct(product: Product): Outcome<number | undefined>;
  /** Undefined also where the variant takes that of its product. */
  ofVariant(variant: Variant): number | undefined;
  /** The fields that make it the amount. */
  forProduct(amount: number): object;
  forVariant(amount: number): object;
  amounts: AmountContract<SkuTarget>['amounts'];
}

type Found = Map<string, Outcome<AmountFound<SkuTarget>>>;

/**
 * X-Cart 5.5 has neither a resource of stock or prices nor a filter by SKU: the products are paged through once (until every SKU is
 * found), and what differs is written to the product or to its variant.
 */
export function amountsOf(
  client: XCart,
  { ofProduct, ofVariant, forProduct, forVariant, amounts }: SkuAmount,
  options: SkuOptions = {},
): AmountContract<SkuTarget> {
  const { searchVariants = true, inFlight: limit = WRITES_IN_FLIGHT } = options;
  return {
    keyOf: ({ productId, variantId = '' }) => `${productId}/${variantId}`,
    write: {
      one: async ({ target: { productId, variantId }, amount }) =>
        variantId === undefined
          ? await client.products.update(productId, forProduct(amount))
          : await client.variants(productId).update(variantId, forVariant(amount)),
    },
    find: async (skus) => {
      const products: Product[] = [];
      const found: Found = await findInPages(client.products.pages(), skus, (product) => {
        products.push(product);
        const before = ofProduct(product);
        const target = { productId: product.id, variantId: undefined };
        return {
          sku: product.sku,
          found: before.ok ? { ok: true, value: { target, before: before.value } } : before,
        };
      });
      const wanted = new Set([...skus].filter((sku) => !found.has(sku)));
      if (!searchVariants || wanted.size === 0) return found;
      const search = { products, wanted, found, limit, ofVariant };
      await findVariants(client, search).catch((error: unknown) => {
        // Whether the store has these SKUs is not known now: they fail, those that were found do not.
        for (const sku of wanted) found.set(sku, { ok: false, error: toServiceError(error) });
      });
      return found;
    },
    amounts,
    notFound:
      'Check the SKU in the X-Cart admin under Catalog → Products. If it belongs to a variant, turn on Search Variants.',
  };
}

/** How many characters two SKUs begin alike with: variants are mostly named after their product. */
function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

interface VariantSearch extends Pick<SkuAmount, 'ofVariant'> {
  products: Product[];
  wanted: Set<string>;
  found: Found;
  limit: number;
}

/** Looks first where the SKU resembles that of the product, and ends as soon as nothing is missing. */
async function findVariants(
  client: XCart,
  { products, wanted, found, limit, ofVariant }: VariantSearch,
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
    for (const variant of await variantsOf(client, productId)) {
      const key = variant.sku?.trim() ?? '';
      if (!wanted.delete(key)) continue;
      const target = { productId, variantId: variant.id };
      found.set(key, { ok: true, value: { target, before: ofVariant(variant) } });
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
