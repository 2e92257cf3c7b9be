import { get } from 'lodash';
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../../core/errors';
import { countedId } from '../../../../core/stores/kit/ids';
import { type StockChange, type StockLevel, writeStock } from '../../../../core/stores/kit/stock';
import { stockOf, type StockTarget } from '../../../../core/stores/xcart/stock';
import { resultItem } from '../../../shared/items';
import type { Operation } from '../../../shared/operation';
import { parameterReader, type ParameterReader } from '../../../shared/parameters';
import { itemSteps } from '../../../shared/steps';
import { openStore } from '../../connection';

const FROM_FIELDS = { show: { levelsFrom: ['fields'] } };
const DEFINED = { show: { levelsFrom: ['define'] } };

const properties: INodeProperties[] = [
  {
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
  },
  {
    displayName: 'SKU Field',
    name: 'skuField',
    type: 'string',
    default: 'sku',
    required: true,
    placeholder: 'e.g. product.sku',
    displayOptions: FROM_FIELDS,
  },
  {
    displayName: 'Quantity Field',
    name: 'quantityField',
    type: 'string',
    default: 'quantity',
    required: true,
    placeholder: 'e.g. product.available',
    displayOptions: FROM_FIELDS,
  },
  {
    displayName: 'SKU',
    name: 'sku',
    type: 'string',
    default: '',
    required: true,
    displayOptions: DEFINED,
  },
  {
    displayName: 'Quantity',
    name: 'quantity',
    type: 'number',
    typeOptions: { minValue: 0 },
    default: 0,
    required: true,
    description: 'Pieces that are in stock from now on, not how many to add',
    displayOptions: DEFINED,
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
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
        displayName: 'Search Variants',
        name: 'searchVariants',
        type: 'boolean',
        default: true,
        description:
          'Whether to look through the variants for SKUs that no product has. Costs up to one request per product.',
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
  },
];

interface Options {
  searchVariants?: boolean;
  productIdField?: string;
  variantIdField?: string;
}

const ID = countedId();

function idIn(item: INodeExecutionData, path: string | undefined): number | undefined {
  return path ? ID.safeParse(get(item.json, path)).data : undefined;
}

function levelOf(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
  { productIdField, variantIdField }: Options,
): StockLevel<StockTarget> {
  const fromFields = read<string>('levelsFrom', index) === 'fields';
  const value = (field: string, parameter: string): unknown =>
    fromFields ? get(item.json, read<string>(field, index)) : read<unknown>(parameter, index);
  const quantity = value('quantityField', 'quantity');
  const sku = value('skuField', 'sku');
  const productId = idIn(item, productIdField);
  if ((sku === undefined || sku === null || sku === '') && productId === undefined) {
    throw validationError(
      'The item has no SKU',
      'Name in SKU Field which field of the input item holds the SKU.',
    );
  }
  if (quantity === undefined || quantity === null || quantity === '') {
    throw validationError(
      `The item with SKU ${String(sku)} has no quantity`,
      'Name in Quantity Field which field of the input item holds the quantity.',
    );
  }
  return {
    sku: String(sku ?? ''),
    amount: Number(quantity),
    target:
      productId === undefined ? undefined : { productId, variantId: idIn(item, variantIdField) },
  };
}

export const update: Operation = {
  name: 'Update',
  value: 'update',
  action: 'Update stock of many products',
  description: 'Set the stock of products and variants by SKU, all items at once',
  properties,
  async start(context) {
    const { client } = await openStore(context);
    const read = parameterReader(context);
    const options = read<Options>('options', 0, {});
    return itemSteps<StockLevel<StockTarget>, StockChange<StockTarget>>({
      prepare: (item, index) => levelOf(read, item, index, options),
      run: async (levels) => await writeStock(stockOf(client, options), levels),
      output: (_item, change, index) => resultItem(change, index),
    });
  },
};
