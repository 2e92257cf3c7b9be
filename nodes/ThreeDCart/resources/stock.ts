import { stockOf } from '../../../core/stores/threedcart/stock';
import type { Resource } from '../../shared/operation';
import { updateStock } from '../../shared/records/amounts';
import { threeDCart } from '../connection';
import { bySku } from '../skus';

const update = updateStock(threeDCart, {
  ...bySku,
  stock: ({ client }) => stockOf(client),
});

export const stock: Resource = { name: 'Stock', value: 'stock', operations: [update] };
