import type { INodeProperties } from 'n8n-workflow';

import { countedId } from '../../core/stores/kit/ids';
import type { SkuTarget } from '../../core/stores/xcart/skus';
import type { AmountDefinition } from '../shared/records/amounts';

const ID = countedId();

const searchVariants: INodeProperties = {
  displayName: 'Search Variants',
  name: 'searchVariants',
  type: 'boolean',
  default: true,
  description:
    'Whether to look through the variants for SKUs that no product has. Costs up to one request per product.',
};

const productIdField: INodeProperties = {
  displayName: 'Product ID Field',
  name: 'productIdField',
  type: 'string',
  default: '',
  placeholder: 'e.g. product_id',
  description:
    'Field of the input item with the ID of the product, where known. It then need not be looked for.',
};

const variantIdField: INodeProperties = {
  displayName: 'Variant ID Field',
  name: 'variantIdField',
  type: 'string',
  default: '',
  placeholder: 'e.g. variant_id',
  description: 'Field of the input item with the ID of the variant, where known',
};

/** How stock and prices name what they are of. */
export const bySku: AmountDefinition<SkuTarget> = {
  options: [searchVariants],
  knownBy: [productIdField, variantIdField],
  target: (idIn) => {
    const productId = ID.safeParse(idIn('productIdField')).data;
    const variantId = ID.safeParse(idIn('variantIdField')).data;
    return productId === undefined ? undefined : { productId, variantId };
  },
};
