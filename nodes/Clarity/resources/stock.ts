import type { INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile } from '../../../core/stores/clarity/feed';
import { STOCK_LEVELS } from '../../../core/stores/clarity/pieces';
import { stockOf } from '../../../core/stores/clarity/stock';
import type { Inventory } from '../../../core/stores/clarity/wire';
import { textIn } from '../../../core/values';
import type { Resource } from '../../shared/operation';
import { updateStock } from '../../shared/records/amounts';
import type { RecordKind } from '../../shared/records/kind';
import { getManyRecords, getRecord } from '../../shared/records/operations';
import { clarity, type Store } from '../connection';
import { stockLevelLocator } from '../locators';
import { list } from './common';

const kind: RecordKind<Store, Inventory, RecordQuery, 'get' | 'pages'> = {
  one: 'stock level',
  many: 'stock levels',
  locator: stockLevelLocator,
  list,
  simple: ['inventoryId', 'sku', 'warehouse', 'quantity', 'modifiedDate'],
  source: ({ client }) => ofProfile(STOCK_LEVELS, client.profile),
  open: ({ client }) => client.inventory,
};

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

export const stock: Resource = {
  name: 'Stock',
  value: 'stock',
  operations: [getRecord(clarity, kind), getManyRecords(clarity, kind), update],
};
