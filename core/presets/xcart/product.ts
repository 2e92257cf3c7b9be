import { flag } from '../parts';
import { product } from '../recordParts';

export const XCART_PRODUCT = product('xcart', {
  id: 'id',
  sku: 'sku',
  name: 'name',
  description: 'description ?? brief_description',
  price: 'price',
  currency: '@source.currency',
  weight: 'weight',
  enabled: [flag('enabled', 'enabled')],
  stock: {
    to: 'stock',
    from: 'amount',
    transforms: ['number'],
    when: { path: 'inventory_traceable', is: 'notEquals', value: false },
  },
  updatedAt: 'update_date',
});
