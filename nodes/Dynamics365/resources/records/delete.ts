import { createMetadata } from '../../../../core/dynamics/dataverse/metadata/metadata';
import { deleteOperation } from '../../../../core/dynamics/dataverse/operations';
import { sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, SingleOperation } from '../../../../core/odata/types';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { changeOptionFields } from '../../fields/options';
import { rowKeyFields } from '../../fields/rowKey';
import { tableFields } from '../../fields/table';
import { inputReader } from '../../input';
import { setUp } from '../../options';
import type { Subject } from '../../subjects';

export function remove(subject: Subject): Operation {
  return {
    name: 'Delete',
    value: 'delete',
    action: `Delete ${subject.noun}`,
    description: `Delete one ${subject.noun} for each item`,
    properties: [...tableFields(subject), ...rowKeyFields(subject), changeOptionFields()],
    async start(context) {
      const { client, options, headers } = await setUp(context);
      const reader = inputReader(context, { subject, metadata: createMetadata(client) });
      return itemSteps<SingleOperation, BatchAnswer>({
        prepare: async (_item, index) => {
          const table = await reader.table(index);
          return deleteOperation(table.entitySetName, reader.key(index), { headers });
        },
        run: (operations) => sendAll(client, operations),
        output: (item, _answer, index) =>
          withResult(item, options.outputField ?? '', { deleted: true }, index),
      });
    },
  };
}
