import type { MappingSpec } from '../../mapping/spec';

export const XCART_PRODUCT: MappingSpec = {
  from: 'xcart.product',
  to: 'commerce.product',
  fields: [
    { to: 'source.platform', value: 'xcart' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'id', transforms: ['text'], required: true },
    { to: 'sku', from: 'sku', transforms: ['trimEnds'], required: true },
    { to: 'name', from: 'name', transforms: ['stripHtml'], required: true },
    { to: 'description', from: 'description ?? brief_description', transforms: ['stripHtml'] },
    { to: 'price', from: 'price', transforms: [{ type: 'number', decimals: 4 }], required: true },
    { to: 'currency', from: '@source.currency', transforms: ['currency'] },
    { to: 'weight', from: 'weight', transforms: ['number'] },
    { to: 'enabled', from: 'enabled', transforms: ['boolean'] },
    {
      to: 'stock',
      from: 'amount',
      transforms: ['number'],
      when: { path: 'inventory_traceable', is: 'notEquals', value: false },
    },
    { to: 'updatedAt', from: 'update_date', transforms: ['dateTime'], otherwise: 'omit' },
  ],
};
