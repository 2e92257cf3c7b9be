import { get } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { StockTarget } from '../../core/stores/clarity/stock';
import { validationError } from '../../core/errors';
import { textIn } from '../../core/values';
import type { AmountDefinition } from '../shared/records/amounts';

const warehouse: INodeProperties = {
  displayName: 'Warehouse',
  name: 'warehouse',
  type: 'string',
  default: '',
  placeholder: 'e.g. MAIN',
  description:
    'Which warehouse the quantities are of, where the item names none. Needed where a SKU lies in several.',
};

const warehouseField: INodeProperties = {
  displayName: 'Warehouse Field',
  name: 'warehouseField',
  type: 'string',
  default: '',
  placeholder: 'e.g. warehouse',
  description:
    'Field of the input item with the name of the warehouse, so that one run writes the stock of several',
};

const named = (value: unknown): string => (textIn(value) ?? '').trim();

/** In which warehouse a quantity is meant: an item that was to say it and does not is not taken for another warehouse. */
export const byWarehouse: Required<Pick<AmountDefinition<StockTarget>, 'place'>> = {
  place: {
    fields: [warehouse, warehouseField],
    of: ({ read, item, index }, sku) => {
      const path = named(read<unknown>('options.warehouseField', index, ''));
      const ofItem = path === '' ? '' : named(get(item.json, path));
      const place = ofItem || named(read<unknown>('options.warehouse', index, ''));
      if (place !== '') return place;
      if (path === '' && read.isStatic('options.warehouse')) return undefined;
      throw validationError(
        `The item with SKU ${sku} names no warehouse`,
        path === ''
          ? 'Check what the expression of Warehouse finds in the item, or name under Warehouse Field which field of the item holds the warehouse.'
          : `Name in Warehouse Field which field of the input item holds the warehouse: "${path}" is empty in this one. Set Warehouse for items that name none.`,
      );
    },
  },
};
