import type { INodeProperties } from 'n8n-workflow';

import { adjustStock } from '../../../../core/dynamics/dataverse/purchase/adjustStock';
import type {
  Adjustment,
  AdjustmentResult,
} from '../../../../core/dynamics/dataverse/purchase/movements';
import { withResult } from '../../../shared/input';
import { recordKeyIn } from '../../../shared/itemRecord';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { foundTable } from '../../../shared/table/candidates';
import { changeOptionFields } from '../../../shared/table/fields/options';
import { tableReader } from '../../../shared/table/reader';
import { ADJUSTMENT } from '../../businessSubjects';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';
import { type Given, givenText, requiredNumber, requiredText } from '../given';

const text = (
  displayName: string,
  name: string,
  more: Pick<INodeProperties, 'placeholder' | 'description'> & Partial<INodeProperties>,
): INodeProperties => ({ displayName, name, type: 'string', default: '', ...more });

const QUANTITY = {
  name: 'quantity',
  displayName: 'Quantity',
  fix: 'Set how much to add, such as 3, or to take away, such as -3.',
};

const NOTICE: INodeProperties = {
  displayName:
    'Needs Field Service. An item that is of no record (neither <code>source</code> nor <code>claim</code>) moves the stock again with every run.',
  name: 'adjustNotice',
  type: 'notice',
  default: '',
};

const fields: INodeProperties[] = [
  NOTICE,
  text('Product Number', 'productNumber', {
    required: true,
    placeholder: 'e.g. HMR-16',
    hint: 'Each movement of the record that the item is of (source, or else its claim) is made once, however often it comes.',
    description: 'Number (SKU) of the product',
  }),
  text('Warehouse', 'warehouse', {
    required: true,
    placeholder: 'e.g. Main Warehouse',
    description: 'Name of the warehouse as Dynamics 365 shows it, or its ID',
  }),
  text('Quantity', 'quantity', {
    required: true,
    placeholder: 'e.g. -3',
    description: 'How much to add to what is there; with a minus, to take away',
  }),
  text('Movement', 'movement', {
    placeholder: 'e.g. the ID of the line, or cancel',
    description:
      'What tells this movement from others of the same record (source, or else its claim), product and warehouse. Leave empty where there is only one.',
  }),
  text('Unit', 'unit', {
    placeholder: 'e.g. Each',
    description: 'Name of the unit. Leave empty for the default unit of the product.',
  }),
  text('Reason', 'reason', {
    placeholder: 'e.g. Counted on 4 May',
    description: 'Why the stock is adjusted, for people who look at the adjustment',
  }),
];

function adjustmentOf(given: Given, record: string | undefined): Adjustment {
  const unit = givenText(given, 'unit');
  const description = givenText(given, 'reason');
  const movement = givenText(given, 'movement');
  return {
    sku: requiredText(given, 'productNumber', 'Product Number'),
    warehouse: requiredText(given, 'warehouse', 'Warehouse'),
    quantity: requiredNumber(given, QUANTITY),
    ...(unit !== undefined && { unit }),
    ...(description !== undefined && { description }),
    ...(record !== undefined && { record }),
    ...(movement !== undefined && { movement }),
  };
}

/** By an inventory adjustment with its product, as Field Service keeps the quantities of its stock itself. */
export const adjustInventory: Operation = {
  name: 'Adjust',
  value: 'adjust',
  action: 'Adjust stock of many products',
  description: 'Add to the stock of a product in a warehouse, or take away from it',
  properties: [...fields, changeOptionFields(dataverseTables)],
  async start(context) {
    const { client, metadata, options, headers } = await setUp(context);
    const reader = tableReader(context, { subject: ADJUSTMENT, metadata });
    return itemSteps<Adjustment, AdjustmentResult>({
      prepare: async (item, index) => {
        await foundTable(metadata, ADJUSTMENT, '');
        const given = (name: string) => reader.read<unknown>(name, index, '');
        return adjustmentOf(given, recordKeyIn(item));
      },
      run: (adjustments) => adjustStock(client, adjustments, { headers }),
      output: (item, result, index) => withResult(item, options.outputField ?? '', result, index),
    });
  },
};
