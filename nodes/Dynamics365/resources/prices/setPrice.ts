import type { INodeProperties } from 'n8n-workflow';

import {
  type PriceResult,
  type PriceWish,
  setPrices,
} from '../../../../core/dynamics/dataverse/prices/setPrices';
import { validationError } from '../../../../core/errors';
import { isBlank, numberIn, textIn, Unreadable } from '../../../../core/values';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { changeOptionFields } from '../../../shared/table/fields/options';
import { tableReader } from '../../../shared/table/reader';
import { PRICE_LIST_ITEM } from '../../businessSubjects';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';

const fields: INodeProperties[] = [
  {
    displayName: 'Product Number',
    name: 'productNumber',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. HMR-16',
    hint: 'All items are written together: a few requests for hundreds of prices',
    description: 'Number (SKU) of the product',
  },
  {
    displayName: 'Price List',
    name: 'priceList',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. Web Store USD',
    description: 'Name of the price list as Dynamics 365 shows it, or its ID',
  },
  {
    displayName: 'Price',
    name: 'price',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. 12.50',
    description: 'What one unit costs from now on, in the currency of the price list',
  },
  {
    displayName: 'Unit',
    name: 'unit',
    type: 'string',
    default: '',
    placeholder: 'e.g. Each',
    description:
      'Name of the unit that has this price. Leave empty for the default unit of the product.',
  },
  {
    displayName: 'Currency',
    name: 'currency',
    type: 'string',
    default: '',
    placeholder: 'e.g. USD',
    description:
      'ISO code of the currency, where several price lists have this name. Leave empty where the name stands for one.',
  },
];

type Read = (name: string) => unknown;

const given = (read: Read, name: string): string => (textIn(read(name)) ?? '').trim();

function required(read: Read, name: string, displayName: string): string {
  const text = given(read, name);
  if (text !== '') return text;
  throw validationError(
    `${displayName} is empty`,
    'Set it, such as by an expression that takes it from the item.',
  );
}

/** What nobody has entered is not 0: goods would be given away. */
function amountOf(read: Read): number {
  const value = read('price');
  if (isBlank(value)) {
    throw validationError('Price is empty', 'Set what one unit costs; enter 0 for what is free.');
  }
  const amount = numberIn(value);
  if (amount !== undefined && amount >= 0) return amount;
  const { found } = new Unreadable('an amount', value);
  throw validationError(
    `Price takes an amount from 0 on, not ${found}`,
    'Set a number with a point before the decimals, such as 12.50.',
  );
}

function wishOf(read: Read): PriceWish {
  const unit = given(read, 'unit');
  const currency = given(read, 'currency').toUpperCase();
  return {
    sku: required(read, 'productNumber', 'Product Number'),
    priceList: required(read, 'priceList', 'Price List'),
    amount: amountOf(read),
    ...(unit !== '' && { unit }),
    ...(currency !== '' && { currency }),
  };
}

/** Each price once: changes the item of the price list, or makes it. */
export const setPrice: Operation = {
  name: 'Set by Product',
  value: 'setPrice',
  action: 'Set prices of many products',
  description: 'Set for each item what a product costs in a price list, all items in few requests',
  properties: [...fields, changeOptionFields(dataverseTables)],
  async start(context) {
    const { client, metadata, options, headers } = await setUp(context);
    const reader = tableReader(context, { subject: PRICE_LIST_ITEM, metadata });
    return itemSteps<PriceWish, PriceResult>({
      prepare: (_item, index) => wishOf((name) => reader.read<unknown>(name, index, '')),
      run: (wishes) => setPrices(client, wishes, { headers }),
      output: (item, result, index) => withResult(item, options.outputField ?? '', result, index),
    });
  },
};
