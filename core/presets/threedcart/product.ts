import { number } from '../parts';
import { product } from '../recordParts';

export const THREEDCART_PRODUCT = product('threedcart', {
  id: 'SKUInfo.CatalogID',
  sku: 'SKUInfo.SKU',
  name: 'SKUInfo.Name',
  description: 'Description ?? ShortDescription',
  price: 'SKUInfo.Price',
  currency: 'SKUInfo.Currency ?? @source.currency',
  weight: 'Weight',
  enabled: [
    { to: 'enabled', value: true },
    {
      to: 'enabled',
      value: false,
      when: {
        or: [
          { path: 'Hide', is: 'equals', value: true },
          { path: 'NotForSale', is: 'equals', value: true },
        ],
      },
    },
  ],
  stock: number('stock', 'SKUInfo.Stock'),
  updatedAt: 'LastUpdate',
});
