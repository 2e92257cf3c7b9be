import { validationError } from '../../errors';
import { type StockContract, wholePieces } from '../kit/stock';
import type { XCart } from './client';
import { amountsOf, type SkuAmount, type SkuOptions, type SkuTarget } from './skus';

const STOCK: SkuAmount = {
  ofProduct: ({ sku, amount, inventory_traceable: counted }) =>
    counted === false
      ? { ok: false, error: notCounted(sku) }
      : { ok: true, value: amount ?? undefined },
  ofVariant: ({ amount, default_amount: inherits }) =>
    inherits ? undefined : (amount ?? undefined),
  forProduct: (amount) => ({ amount }),
  forVariant: (amount) => ({ amount, default_amount: false }),
  amounts: wholePieces('X-Cart'),
};

/** The stock of products and variants. */
export const stockOf = (client: XCart, options?: SkuOptions): StockContract<SkuTarget> =>
  amountsOf(client, STOCK, options);

function notCounted(sku: string | null | undefined) {
  return validationError(
    `X-Cart does not count the stock of ${sku}`,
    'Turn on "Inventory tracking" for this product in the X-Cart admin, or leave it out.',
  );
}
