import { findInPages, type StockContract, wholePieces } from '../../../../core/stores/kit/stock';
import type { Toyshop } from './client';

export const stockOf = (shop: Toyshop): StockContract<{ no: number }> => ({
  keyOf: ({ no }) => String(no),
  find: async (skus) =>
    await findInPages(shop.wares(), skus, ({ no, code: sku, stock }) => ({
      sku,
      found: { ok: true, value: { target: { no }, before: stock ?? undefined } },
    })),
  write: { one: async ({ target, amount }) => await shop.setStock(target.no, amount) },
  amounts: wholePieces('Toyshop'),
  notFound: 'Check the SKU in the Toyshop admin under Wares → Code.',
});
