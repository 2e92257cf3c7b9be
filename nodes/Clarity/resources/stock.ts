import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile } from '../../../core/stores/clarity/feed';
import { STOCK_LEVELS } from '../../../core/stores/clarity/pieces';
import { stockOf } from '../../../core/stores/clarity/stock';
import type { Inventory } from '../../../core/stores/clarity/wire';
import type { Resource } from '../../shared/operation';
import { updateStock } from '../../shared/records/amounts';
import type { RecordKind } from '../../shared/records/kind';
import { getManyRecords, getRecord } from '../../shared/records/operations';
import { clarity, type Store } from '../connection';
import { stockLevelLocator } from '../locators';
import { byWarehouse } from '../warehouses';
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

const update = updateStock(clarity, { ...byWarehouse, stock: ({ client }) => stockOf(client) });

export const stock: Resource = {
  name: 'Stock',
  value: 'stock',
  operations: [getRecord(clarity, kind), getManyRecords(clarity, kind), update],
};
