import type { MappingSpec } from '../../mapping/spec';
import { column, identity } from './parts';

export const DATAVERSE_PRODUCT: MappingSpec = {
  from: 'commerce.product',
  to: 'dataverse.product',
  fields: [
    {
      to: 'product',
      fields: [
        { to: 'productid', from: 'source.id', transforms: [identity('product')], required: true },
        { to: 'productnumber', from: 'sku', required: true },
        { ...column('name', 'name', 100), required: true },
        column('description', 'description', 2000),
        { to: 'price', from: 'price', transforms: [{ type: 'number', min: 0 }] },
        { to: 'transactioncurrency', from: 'currency' },
        {
          to: 'quantitydecimal',
          value: 2,
          note: 'How many decimals a quantity may have; Dynamics requires it',
        },
        { to: 'quantityonhand', from: 'stock' },
        { to: 'stockweight', from: 'weight' },
      ],
    },
  ],
};
