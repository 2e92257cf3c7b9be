import type { INodeProperties } from 'n8n-workflow';

import {
  type PriceResult,
  type PriceWish,
  setPrices,
} from '../../../../core/dynamics/dataverse/prices/setPrices';
import { validationError } from '../../../../core/errors';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { changeOptionFields } from '../../../shared/table/fields/options';
import { tableReader } from '../../../shared/table/reader';
import { PRICE_LIST_ITEM } from '../../businessSubjects';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';
import { type Given, givenText, requiredNumber, requiredText } from '../given';

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

const PRICE = {
  name: 'price',
  displayName: 'Price',
  fix: 'Set what one unit costs; enter 0 for what is free.',
};

function amountOf(given: Given): number {
  const amount = requiredNumber(given, PRICE);
  if (amount >= 0) return amount;
  throw validationError('Price is less than 0', 'Set an amount from 0 on.');
}

function wishOf(given: Given): PriceWish {
  const unit = givenText(given, 'unit');
  const currency = givenText(given, 'currency')?.toUpperCase();
  return {
    sku: requiredText(given, 'productNumber', 'Product Number'),
    priceList: requiredText(given, 'priceList', 'Price List'),
    amount: amountOf(given),
    ...(unit !== undefined && { unit }),
    ...(currency !== undefined && { currency }),
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
