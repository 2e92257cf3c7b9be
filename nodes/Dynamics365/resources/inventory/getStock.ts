import { groupBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { readStock, type StockPlace } from '../../../../core/dynamics/dataverse/stock/levels';
import { type ProductStock, stockOf } from '../../../../core/dynamics/dataverse/stock/stockOf';
import type { Dataverse } from '../../../../core/dynamics/dataverse/types';
import { type Outcome, settle } from '../../../../core/outcome';
import { outputField } from '../../../shared/fields';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { readOptionFields } from '../../../shared/table/fields/options';
import { tableFields } from '../../../shared/table/fields/table';
import { tableReader } from '../../../shared/table/reader';
import { INVENTORY } from '../../businessSubjects';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';
import { requiredText } from '../given';
import { listIn, stockColumns, type StockOptions, stockPlaces, warehouses } from './fields';

const productNumber: INodeProperties = {
  displayName: 'Product Number',
  name: 'productNumber',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. HMR-16',
  hint: 'All items are asked for together: a few requests for hundreds of products',
  description: 'Number (SKU) of the product whose stock to get for this item',
};

interface Work {
  sku: string;
  place: StockPlace;
  warehouses?: string[];
}

/** Work of the same table and warehouses, which is asked for together. */
function groups(works: Work[]): Work[][] {
  return Object.values(
    groupBy(works, ({ place, warehouses: within }) =>
      JSON.stringify([place.table.logicalName, within]),
    ),
  );
}

async function askAll(client: Dataverse, works: Work[]): Promise<Outcome<ProductStock>[]> {
  const answers = new Map<Work, Outcome<ProductStock>>();
  for (const group of groups(works)) {
    const [first] = group;
    if (!first) continue;
    const skus = group.map(({ sku }) => sku);
    const { place, warehouses: within } = first;
    const answer = await settle(async () =>
      stockOf(await readStock(client, place, { skus, warehouses: within }), skus),
    );
    for (const [index, work] of group.entries()) {
      const value = answer.ok ? answer.value[index] : undefined;
      answers.set(work, value ? { ok: true, value } : (answer as Outcome<ProductStock>));
    }
  }
  return works.map((work) => answers.get(work) as Outcome<ProductStock>);
}

/** For each item the stock of its product over all warehouses; nothing known is told apart from 0. */
export const getStock: Operation = {
  name: 'Get Stock of Products',
  value: 'getStock',
  action: 'Get stock of many products',
  description: 'Get for each item how much there is of its product, all items in few requests',
  properties: [
    ...tableFields(dataverseTables, INVENTORY),
    productNumber,
    warehouses,
    readOptionFields(dataverseTables, [stockColumns, outputField]),
  ],
  onlyReads: true,
  async start(context) {
    const { client, metadata, options } = await setUp(context);
    const reader = tableReader(context, { subject: INVENTORY, metadata });
    const placeOf = stockPlaces(reader, metadata, options as StockOptions);
    return itemSteps<Work, ProductStock>({
      prepare: async (_item, index) => {
        const given = (name: string) => reader.read<unknown>(name, index, '');
        const sku = requiredText(given, 'productNumber', 'Product Number');
        return {
          sku,
          place: await placeOf(index),
          warehouses: listIn(reader.read<unknown>('warehouses', index, '')),
        };
      },
      run: (works) => askAll(client, works),
      output: (item, stock, index) => withResult(item, options.outputField ?? '', stock, index),
    });
  },
};
