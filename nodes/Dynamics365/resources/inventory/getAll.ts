import type { INodeProperties } from 'n8n-workflow';

import {
  readStock,
  type StockAnswer,
  type StockPlace,
  type StockQuestion,
} from '../../../../core/dynamics/dataverse/stock/levels';
import { limit, returnAll, simplify } from '../../../shared/fields';
import { resultItem } from '../../../shared/items';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { readOptionFields } from '../../../shared/table/fields/options';
import { askedOnce } from '../../../shared/table/once';
import { tableFields } from '../../../shared/table/fields/table';
import { tableReader } from '../../../shared/table/reader';
import { plainRow } from '../../../shared/table/reading';
import { flagOf, readLimit } from '../../../shared/typed';
import { INVENTORY } from '../../businessSubjects';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';
import { listIn, stockColumns, type StockOptions, stockPlaces, warehouses } from './fields';

const productNumbers: INodeProperties = {
  displayName: 'Product Numbers',
  name: 'productNumbers',
  type: 'string',
  default: '',
  placeholder: 'e.g. HMR-16,TS-1',
  description: 'Numbers (SKUs) of products, with commas between. Leave empty for all.',
};

interface Work {
  place: StockPlace;
  question: StockQuestion;
}

/** Stock levels in one form, whichever table keeps them. */
export const getStockLevels: Operation = {
  name: 'Get Many',
  value: 'getAll',
  action: 'Get many inventory records',
  description: 'Get many stock levels, each of a product in a warehouse',
  properties: [
    ...tableFields(dataverseTables, INVENTORY),
    productNumbers,
    warehouses,
    returnAll,
    limit,
    simplify,
    readOptionFields(dataverseTables, [stockColumns]),
  ],
  onlyReads: true,
  async start(context) {
    const { client, metadata, options } = await setUp(context);
    const reader = tableReader(context, { subject: INVENTORY, metadata });
    const placeOf = stockPlaces(reader, metadata, options as StockOptions);
    const ask = askedOnce(({ place, question }: Work) => readStock(client, place, question));
    return itemSteps<Work, StockAnswer>({
      prepare: async (_item, index) => {
        const most = readLimit(reader.read, index);
        const place = await placeOf(index);
        const whole = !flagOf('simplify', reader.read<unknown>('simplify', index, true));
        return {
          place: { ...place, whole },
          question: {
            skus: listIn(reader.read<unknown>('productNumbers', index, '')),
            warehouses: listIn(reader.read<unknown>('warehouses', index, '')),
            limit: Number.isFinite(most) ? most : undefined,
          },
        };
      },
      run: (works) => Promise.all(works.map(ask)),
      output: (_item, { levels, rows }, index) => {
        const isWhole = !flagOf('simplify', reader.read<unknown>('simplify', index, true));
        // Items that ask the same have one answer, and each puts out objects of its own.
        const made = isWhole ? rows.map(plainRow) : levels.map((level) => ({ ...level }));
        return made.map((one) => resultItem(one, index));
      },
    });
  },
};
