import Big from 'big.js';
import { rounded, sum } from '../../kit/shop';
import type { Item, Order } from '../model';

/** What one piece costs: the price of the options comes on top. */
export const priceOf = ({ ItemUnitPrice, ItemOptionPrice }: Item): Big =>
  new Big(ItemUnitPrice).plus(ItemOptionPrice);

export const goodsTotal = (items: readonly Item[]): Big =>
  items.reduce((total, item) => total.plus(priceOf(item).times(item.ItemQuantity)), new Big(0));

/** Goods, shipments and taxes less the discount: what held for every recorded order. */
export function recalculate(order: Order): void {
  const { OrderItemList, ShipmentList, SalesTax, SalesTax2, SalesTax3, OrderDiscount } = order;
  const shipping = sum(ShipmentList.map(({ ShipmentCost }) => ShipmentCost));
  const taxes = sum([SalesTax, SalesTax2, SalesTax3]);
  order.OrderAmount = rounded(
    goodsTotal(OrderItemList).plus(shipping).plus(taxes).minus(OrderDiscount),
  );
}
