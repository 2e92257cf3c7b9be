import type { INodeProperties } from 'n8n-workflow';

import { equalsText } from '../../../../core/dynamics/dataverse/filters';
import {
  getOperation,
  listOperation,
  readPage,
} from '../../../../core/dynamics/dataverse/operations';
import { ServiceError } from '../../../../core/errors';
import { answerOf, sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, ReadOptions, Row, SingleOperation } from '../../../../core/odata/types';
import { settle } from '../../../../core/outcome';
import { outputField } from '../../../shared/fields';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { readOptionFields } from '../../../shared/table/fields/options';
import { readingOptions } from '../../../shared/table/fields/reading';
import { tableReader } from '../../../shared/table/reader';
import { plainRow, readOptions } from '../../../shared/table/reading';
import { versionOf } from '../../../shared/table/version';
import { dataverseKeys } from '../../keys';
import { setUp } from '../../options';
import { SALES_ORDER } from '../../subjects';
import { dataverseTables } from '../../tables';

const orderNumber: INodeProperties = {
  displayName: 'Order Number',
  name: 'orderNumber',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. ORD-01042-X7K2',
  description: 'Number of the order (ordernumber) as Dynamics 365 shows it',
};

const includeLines: INodeProperties = {
  displayName: 'Include Lines',
  name: 'includeLines',
  type: 'boolean',
  default: true,
  description: 'Whether to add the lines of the order as order_details',
};

function withLines(reading: ReadOptions, wanted: boolean): ReadOptions {
  const expand = reading.expand ?? [];
  const already = expand.some(({ property }) => property === 'order_details');
  return wanted && !already
    ? { ...reading, expand: [...expand, { property: 'order_details' }] }
    : reading;
}

interface Question {
  operation: SingleOperation;
  /** Set where the answer is a list. */
  number?: string;
}

function rowOf({ number }: Question, answer: BatchAnswer): Row {
  return number === undefined ? (answer.body as Row) : withNumber(number, readPage(answer).rows);
}

function withNumber(number: string, rows: Row[]): Row {
  const same = (text: unknown): string => String(text).trimEnd().toLowerCase();
  const row = rows.find(({ ordernumber }) => same(ordernumber) === same(number));
  if (row) return row;
  throw new ServiceError(`There is no sales order with the number "${number}"`, {
    class: 'not-found',
    fix: 'Check Order Number; it is what Dynamics 365 calls Order ID, not the number in the shop.',
  });
}

/** By ID, alternate key or number, with its lines. */
export const getSalesOrder: Operation = {
  name: 'Get',
  value: 'get',
  action: 'Get sales order',
  description: 'Get one sales order with its lines for each item',
  properties: [
    ...dataverseKeys.fields(SALES_ORDER, [orderNumber]),
    includeLines,
    readOptionFields(dataverseTables, [...readingOptions(dataverseTables), outputField]),
  ],
  onlyReads: true,
  async start(context) {
    const { client, metadata, options } = await setUp(context);
    const reader = tableReader(context, { subject: SALES_ORDER, metadata });
    return itemSteps<Question, Row>({
      prepare: (_item, index) => {
        const reading = withLines(
          readOptions(options),
          reader.read<boolean>('includeLines', index),
        );
        if (reader.read<string>('keyType', index) !== 'orderNumber') {
          return {
            operation: getOperation(
              'salesorders',
              dataverseKeys.read(reader, SALES_ORDER, index),
              reading,
            ),
          };
        }
        const number = String(reader.read('orderNumber', index)).trim();
        const select = reading.select && [...reading.select, 'ordernumber'];
        const query = { ...reading, select, filter: equalsText('ordernumber', number) };
        return { operation: listOperation('salesorders', query), number };
      },
      run: async (questions) => {
        const answers = await sendAll(
          client,
          questions.map(({ operation }) => operation),
        );
        return await Promise.all(
          questions.map((question, index) =>
            settle(() => rowOf(question, answerOf(answers[index]))),
          ),
        );
      },
      output: (item, row, index) =>
        withResult(
          item,
          options.outputField ?? '',
          { ...versionOf(row, options), ...plainRow(row) },
          index,
        ),
    });
  },
};
