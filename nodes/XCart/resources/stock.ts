import { stockOf } from '../../../core/stores/xcart/stock';
import type { Resource } from '../../shared/operation';
import { updateStock } from '../../shared/records/amounts';
import { xCart } from '../connection';
import { bySku } from '../skus';

const update = updateStock(xCart, {
  ...bySku,
  stock: ({ client }, options) => stockOf(client, options),
});

export const stock: Resource = { name: 'Stock', value: 'stock', operations: [update] };
