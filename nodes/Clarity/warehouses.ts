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

/** What names a warehouse. An object or list names none, and is not taken for a warehouse that was left out. */
function warehouseIn(value: unknown, sku: string, fix: string): string {
  if (value === undefined || value === null || textIn(value) !== undefined) return named(value);
  throw validationError(`The warehouse of SKU ${sku} is no text`, fix);
}

/** What an object mostly has the text of a warehouse under, the likeliest first. */
const NAMES = ['code', 'key', 'name', 'id'];

/** Where in an object or list, or the first object of one, a text stands that may be the name of a warehouse. */
function fieldInside(path: string, value: unknown): string {
  const isList = Array.isArray(value);
  const place = isList ? `${path}[0]` : path;
  const one: unknown = isList ? value[0] : value;
  if (typeof one !== 'object' || one === null) return place;
  const texts = Object.entries(one).filter(([, part]) => textIn(part) !== undefined);
  const names = texts.map(([name]) => name);
  const name = NAMES.find((each) => names.includes(each)) ?? names[0];
  return name === undefined ? `${place}.name` : `${place}.${name}`;
}

/** In which warehouse a quantity is meant: an item that was to say it and does not is not taken for another warehouse. */
export const byWarehouse: Required<Pick<AmountDefinition<StockTarget>, 'place'>> = {
  place: {
    fields: [warehouse, warehouseField],
    of: ({ read, item, index }, sku) => {
      const path = named(read<unknown>('options.warehouseField', index, ''));
      const found: unknown = path === '' ? undefined : get(item.json, path);
      const ofItem = warehouseIn(
        found,
        sku,
        `Name in Warehouse Field the field that holds the text, such as ${fieldInside(path, found)}.`,
      );
      const place =
        ofItem ||
        warehouseIn(
          read<unknown>('options.warehouse', index, ''),
          sku,
          'Let the expression of Warehouse give the name alone, such as {{ $json.warehouse.name }}.',
        );
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
