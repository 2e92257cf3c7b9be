import { get, sortBy } from 'lodash';
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import {
  type StockChange,
  type StockContract,
  type StockLevel,
  writeStock,
} from '../../../core/stores/kit/stock';
import { isBlank, numberIn, Unreadable } from '../../../core/values';
import { resultItem } from '../items';
import type { Operation } from '../operation';
import { parameterReader } from '../parameters';
import { itemSteps, type OneItem } from '../steps';
import type { OpenedStore, StoreService } from './service';

/** How a store's stock is written, from what a person has set. */
export interface StockDefinition<Store, Target extends object> {
  /** Less than nothing in stock: pieces that are owed. */
  canBeNegative?: boolean;
  /** Entries of *Options*, beside those of `knownBy`. */
  options?: INodeProperties[];
  /** Entries of *Options* that name fields of the input item in which ids of the store stand. */
  knownBy?: INodeProperties[];
  /**
   * What has the SKU, where the item says so.
   *
   * @param idIn what the item holds in the field that an entry of `knownBy` names; undefined where it names none
   */
  target?(idIn: (entry: string) => unknown): Target | undefined;
  /** @param options what is set in *Options* */
  stock(store: Store, options: IDataObject): StockContract<Target>;
}

const FROM_FIELDS = { show: { levelsFrom: ['fields'] } };
const DEFINED = { show: { levelsFrom: ['define'] } };

const levelsFrom: INodeProperties = {
  displayName: 'Stock Levels',
  name: 'levelsFrom',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'From Fields of Input Items',
      value: 'fields',
      description: 'Name the fields once: fast for thousands of items',
    },
    { name: 'Define Below', value: 'define', description: 'Enter SKU and quantity' },
  ],
  default: 'fields',
};

const skuField: INodeProperties = {
  displayName: 'SKU Field',
  name: 'skuField',
  type: 'string',
  default: 'sku',
  required: true,
  placeholder: 'e.g. product.sku',
  displayOptions: FROM_FIELDS,
};

const quantityField: INodeProperties = {
  displayName: 'Quantity Field',
  name: 'quantityField',
  type: 'string',
  default: 'quantity',
  required: true,
  placeholder: 'e.g. product.available',
  displayOptions: FROM_FIELDS,
};

const sku: INodeProperties = {
  displayName: 'SKU',
  name: 'sku',
  type: 'string',
  default: '',
  required: true,
  displayOptions: DEFINED,
};

const quantity = (canBeNegative: boolean): INodeProperties => ({
  displayName: 'Quantity',
  name: 'quantity',
  type: 'number',
  ...(canBeNegative ? {} : { typeOptions: { minValue: 0 } }),
  default: 0,
  required: true,
  description: 'Pieces that are in stock from now on, not how many to add',
  displayOptions: DEFINED,
});

const optionsField = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: sortBy(options, 'displayName'),
});

function amountOf(value: unknown, code: unknown): number {
  const amount = numberIn(value);
  if (amount !== undefined) return amount;
  throw validationError(
    `The quantity of SKU ${String(code)} is not a number: ${new Unreadable('a number', value).found}`,
    'Write it with a point before the decimals and no grouping, such as 1250.',
  );
}

function levelOf<Target extends object>(
  { read, item, index }: OneItem,
  target: Target | undefined,
): StockLevel<Target> {
  const fromFields = read<string>('levelsFrom', index) === 'fields';
  const value = (field: string, parameter: string): unknown =>
    fromFields ? get(item.json, read<string>(field, index)) : read<unknown>(parameter, index);
  const amount = value('quantityField', 'quantity');
  const code = value('skuField', 'sku');
  if (isBlank(code) && target === undefined) {
    throw validationError(
      'The item has no SKU',
      'Name in SKU Field which field of the input item holds the SKU.',
    );
  }
  if (isBlank(amount)) {
    throw validationError(
      `The item with SKU ${String(code)} has no quantity`,
      'Name in Quantity Field which field of the input item holds the quantity.',
    );
  }
  return { sku: String(code ?? ''), amount: amountOf(amount, code), target };
}

const valueAt = ({ json }: INodeExecutionData, path: unknown): unknown =>
  typeof path === 'string' && path !== '' ? get(json, path) : undefined;

export function updateStock<Store extends OpenedStore, Target extends object>(
  { open }: StoreService<Store>,
  definition: StockDefinition<Store, Target>,
): Operation {
  const { canBeNegative = false, options = [], knownBy = [], target, stock } = definition;
  const entries = [...options, ...knownBy];
  return {
    name: 'Update',
    value: 'update',
    action: 'Update stock of many products',
    description: 'Set the stock of products and variants by SKU, all items at once',
    properties: [
      levelsFrom,
      skuField,
      quantityField,
      sku,
      quantity(canBeNegative),
      ...(entries.length > 0 ? [optionsField(entries)] : []),
    ],
    async start(context) {
      const store = await open(context);
      const read = parameterReader(context);
      const set = read<IDataObject>('options', 0, {});
      return itemSteps<StockLevel<Target>, StockChange<Target>>({
        prepare: (item, index) =>
          levelOf(
            { read, item, index },
            target?.((entry) => valueAt(item, set[entry])),
          ),
        run: async (levels) => await writeStock(stock(store, set), levels),
        output: (_item, change, index) => resultItem(change, index),
      });
    },
  };
}
