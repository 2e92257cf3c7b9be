import type { INodeProperties } from 'n8n-workflow';

import type { AdvancedOption } from '../../../core/stores/threedcart/wire';
import { number, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { getManyRecords, updateRecord } from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { productLocator, variantLocator } from '../locators';

const optional: INodeProperties[] = [
  number('Cost', 'AdvancedOptionCost', { typeOptions: { numberPrecision: 4 } }),
  text('GTIN', 'AdvancedOptionGTIN'),
  text('Name', 'AdvancedOptionName'),
  number('Price', 'AdvancedOptionPrice', {
    typeOptions: { numberPrecision: 4 },
    description: "0: the product's own price holds",
  }),
  text('SKU', 'AdvancedOptionSufix'),
  number('Stock', 'AdvancedOptionStock'),
  number('Weight', 'AdvancedOptionWeight'),
];

/** What 3dcart calls an advanced option: one choice of a product, with a SKU and a stock of its own. */
const kind: RecordKind<Store, AdvancedOption, void, 'pages' | 'update'> = {
  one: 'variant',
  many: 'variants',
  parent: productLocator,
  locator: variantLocator,
  optional,
  simple: [
    'AdvancedOptionCode',
    'AdvancedOptionSufix',
    'AdvancedOptionName',
    'AdvancedOptionPrice',
    'AdvancedOptionStock',
  ],
  descriptions: {
    pages: 'Get the advanced options of a product that have a SKU of their own',
    update: 'Change fields of one advanced option; fields that are not named stay as they are',
  },
  open: ({ client }, productId) => {
    const { pages, updateMany } = client.advancedOptions(productId);
    return {
      pages: (_, page) => pages(page),
      update: async (code, fields) => {
        const [outcome] = await updateMany([{ ...fields, AdvancedOptionCode: code }]);
        if (outcome?.ok) return outcome.value;
        throw outcome?.error ?? new Error('3dcart told nothing of the variant');
      },
    };
  },
};

export const variant: Resource = {
  name: 'Variant',
  value: 'variant',
  operations: [getManyRecords(threeDCart, kind), updateRecord(threeDCart, kind)],
};
