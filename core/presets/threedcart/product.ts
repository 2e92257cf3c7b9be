import type { MappingSpec } from '../../mapping/spec';

export const THREEDCART_PRODUCT: MappingSpec = {
  from: 'threedcart.product',
  to: 'commerce.product',
  fields: [
    { to: 'source.platform', value: 'threedcart' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'SKUInfo.CatalogID', transforms: ['text'], required: true },
    { to: 'sku', from: 'SKUInfo.SKU', transforms: ['trimEnds'], required: true },
    { to: 'name', from: 'SKUInfo.Name', transforms: ['stripHtml'], required: true },
    { to: 'description', from: 'Description ?? ShortDescription', transforms: ['stripHtml'] },
    {
      to: 'price',
      from: 'SKUInfo.Price',
      transforms: [{ type: 'number', decimals: 4 }],
      required: true,
    },
    {
      to: 'currency',
      from: 'SKUInfo.Currency ?? @source.currency',
      transforms: ['currency'],
      otherwise: 'omit',
    },
    { to: 'weight', from: 'Weight', transforms: ['number'] },
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
    { to: 'stock', from: 'SKUInfo.Stock', transforms: ['number'] },
    { to: 'updatedAt', from: 'LastUpdate', transforms: ['dateTime'], otherwise: 'omit' },
  ],
};
