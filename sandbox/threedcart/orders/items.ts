import Big from 'big.js';
import { rounded, type BasketLine, type Offer } from '../../kit/shop';
import { fresh, ITEM, type AdvancedOption, type Item, type Product } from '../model';
import { stockOf, type ThreeDCartStore } from '../store';

/** A product, or a variant of one. */
export interface ProductOffer extends Offer {
  product: Product;
  option?: AdvancedOption;
}

function offersOf(product: Product): ProductOffer[] {
  const options = product.AdvancedOptionList;
  if (options.length === 0) return [{ sku: product.SKUInfo.SKU, product }];
  return options.map((option) => ({ sku: option.AdvancedOptionSufix, product, option }));
}

/** What the store sells at this moment. */
export const offersIn = (store: ThreeDCartStore): ProductOffer[] =>
  [...store.products.values()]
    .filter(({ Hide, NotForSale }) => !Hide && !NotForSale)
    .flatMap(offersOf);

/** The chosen option stands in the description, as HTML. */
function described({ SKUInfo, OptionSetList }: Product, option?: AdvancedOption): string {
  if (option === undefined) return SKUInfo.Name;
  const set = OptionSetList[0];
  const code = Number(option.AdvancedOptionCode);
  const chosen = set?.OptionList.find(({ OptionID }) => OptionID === code);
  const name = chosen?.OptionName ?? option.AdvancedOptionName;
  return `${SKUInfo.Name}<br><b>${set?.OptionSetName ?? 'Option'}:</b>&nbsp;${name}`;
}

/** What the option costs more than the product; 0 where it has no price of its own. */
const surchargeOf = (unit: number, { AdvancedOptionPrice: price }: AdvancedOption): number =>
  price > 0 ? rounded(new Big(price).minus(unit)) : 0;

/** A line of the basket as the store writes it down. */
export function itemOf(
  store: ThreeDCartStore,
  { offer, quantity }: BasketLine<ProductOffer>,
  time: string,
): Item {
  const { product, option, sku } = offer;
  const { CatalogID, Price, SalePrice, OnSale, Cost } = product.SKUInfo;
  const unit = OnSale ? SalePrice : Price;
  return fresh(ITEM, {
    CatalogID,
    ItemIndexID: store.nextId('item'),
    ItemID: sku,
    ItemQuantity: quantity,
    ItemDescription: described(product, option),
    ItemUnitPrice: unit,
    ItemWeight: product.Weight,
    ItemOptionPrice: option === undefined ? 0 : surchargeOf(unit, option),
    ItemPageAdded: product.CustomFileName,
    ItemDateAdded: time,
    ItemUnitCost: Cost,
    ItemUnitStock: stockOf(offer),
    ItemOptions: option === undefined ? '' : `,${option.AdvancedOptionCode}`,
  });
}
