import { countedId } from '../../../core/stores/kit/ids';
import { stockOf } from '../../../core/stores/xcart/stock';
import type { Resource } from '../../shared/operation';
import { updateStock } from '../../shared/records/stock';
import { xCart } from '../connection';

const ID = countedId();

const update = updateStock(xCart, {
  options: [
    {
      displayName: 'Search Variants',
      name: 'searchVariants',
      type: 'boolean',
      default: true,
      description:
        'Whether to look through the variants for SKUs that no product has. Costs up to one request per product.',
    },
  ],
  knownBy: [
    {
      displayName: 'Product ID Field',
      name: 'productIdField',
      type: 'string',
      default: '',
      placeholder: 'e.g. product_id',
      description:
        'Field of the input item with the ID of the product, where known. It then need not be looked for.',
    },
    {
      displayName: 'Variant ID Field',
      name: 'variantIdField',
      type: 'string',
      default: '',
      placeholder: 'e.g. variant_id',
      description: 'Field of the input item with the ID of the variant, where known',
    },
  ],
  target: (idIn) => {
    const productId = ID.safeParse(idIn('productIdField')).data;
    const variantId = ID.safeParse(idIn('variantIdField')).data;
    return productId === undefined ? undefined : { productId, variantId };
  },
  stock: ({ client }, options) => stockOf(client, options),
});

export const stock: Resource = { name: 'Stock', value: 'stock', operations: [update] };
