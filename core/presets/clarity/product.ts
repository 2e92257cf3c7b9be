import type { MappingSpec } from '../../mapping/spec';

export const CLARITY_PRODUCT: MappingSpec = {
  from: 'clarity.product',
  to: 'commerce.product',
  fields: [
    { to: 'source.platform', value: 'clarity' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'productId', transforms: ['text'], required: true },
    { to: 'sku', from: 'sku', transforms: ['trimEnds'], required: true },
    { to: 'name', from: 'name', transforms: ['stripHtml'], required: true },
    { to: 'description', from: 'description', transforms: ['stripHtml'] },
    { to: 'price', from: 'price', transforms: [{ type: 'number', decimals: 4 }], required: true },
    { to: 'currency', from: 'currency ?? @source.currency', transforms: ['currency'] },
    { to: 'weight', from: 'weight', transforms: ['number'] },
    { to: 'enabled', from: 'active', transforms: ['boolean'] },
    { to: 'stock', from: 'stock', transforms: ['number'] },
    { to: 'updatedAt', from: 'modifiedDate', transforms: ['dateTime'], otherwise: 'omit' },
  ],
};
