import { flag, number, text } from '../parts';
import { product } from '../recordParts';

export const CLARITY_PRODUCT = product('clarity', {
  id: 'productId',
  sku: 'sku',
  name: 'name',
  description: 'description',
  price: 'price',
  currency: 'currency ?? @source.currency',
  weight: 'weight',
  enabled: [flag('enabled', 'active')],
  stock: number('stock', 'stock'),
  updatedAt: 'modifiedDate',
  more: [text('externalId', 'externalId')],
});
