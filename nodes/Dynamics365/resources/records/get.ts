import { createMetadata } from '../../../../core/dynamics/dataverse/metadata/metadata';
import { getOperation } from '../../../../core/dynamics/dataverse/operations';
import { sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, Row, SingleOperation } from '../../../../core/odata/types';
import { outputField } from '../../../shared/fields';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { readOptionFields } from '../../fields/options';
import { readingOptions } from '../../fields/reading';
import { rowKeyFields } from '../../fields/rowKey';
import { tableFields } from '../../fields/table';
import { inputReader } from '../../input';
import { setUp } from '../../options';
import type { Subject } from '../../subjects';
import { plainRow, readOptions } from './reading';

export function get(subject: Subject): Operation {
  return {
    name: 'Get',
    value: 'get',
    action: `Get ${subject.noun}`,
    description: `Get one ${subject.noun} for each item`,
    properties: [
      ...tableFields(subject),
      ...rowKeyFields(subject),
      readOptionFields([...readingOptions, outputField]),
    ],
    async start(context) {
      const { client, options } = await setUp(context);
      const reader = inputReader(context, { subject, metadata: createMetadata(client) });
      const reading = readOptions(options);
      return itemSteps<SingleOperation, BatchAnswer>({
        prepare: async (_item, index) => {
          const table = await reader.table(index);
          return getOperation(table.entitySetName, reader.key(index), reading);
        },
        run: (operations) => sendAll(client, operations),
        output: (item, { body }, index) =>
          withResult(item, options.outputField ?? '', plainRow(body as Row), index),
      });
    },
  };
}
