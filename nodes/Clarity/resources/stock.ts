import type { INodeProperties } from 'n8n-workflow';

import { stockOf } from '../../../core/stores/clarity/stock';
import { textIn } from '../../../core/values';
import type { Resource } from '../../shared/operation';
import { updateStock } from '../../shared/records/amounts';
import { clarity } from '../connection';

const warehouse: INodeProperties = {
  displayName: 'Warehouse',
  name: 'warehouse',
  type: 'string',
  default: '',
  placeholder: 'e.g. MAIN',
  description: 'Which warehouse the quantities are of. Needed where a SKU lies in several.',
};

const update = updateStock(clarity, {
  options: [warehouse],
  stock: ({ client }, options) =>
    stockOf(client, { warehouse: textIn(options[warehouse.name]) ?? '' }),
});

export const stock: Resource = { name: 'Stock', value: 'stock', operations: [update] };
