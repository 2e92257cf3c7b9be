import type { Item, Order } from '../model';
import { setStock, stockOf, type StockHolder, type ThreeDCartStore } from '../store';

/** Who holds the stock of a line: the variant that has its SKU, or the product itself. */
function holderOf(store: ThreeDCartStore, item: Item): StockHolder | undefined {
  const product = store.products.get(item.CatalogID);
  if (product === undefined) return undefined;
  const option = product.AdvancedOptionList.find(
    ({ AdvancedOptionSufix: sufix }) => sufix === item.ItemID,
  );
  return { product, option };
}

/** Takes from stock, below zero if need be; a negative number puts back. */
export function takeStock(store: ThreeDCartStore, item: Item, amount: number): void {
  const holder = holderOf(store, item);
  if (holder !== undefined) setStock(holder, stockOf(holder) - amount);
}

/** @param times 1 takes what the order holds, -1 puts it back */
export function moveStock(store: ThreeDCartStore, order: Order, times: 1 | -1): void {
  for (const item of order.OrderItemList) takeStock(store, item, times * item.ItemQuantity);
}
