import { createMetadata } from '../../../../core/dynamics/dataverse/metadata/metadata';
import { deleteOperation } from '../../../../core/dynamics/dataverse/operations';
import { sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, SingleOperation } from '../../../../core/odata/types';
import { processClaimed } from '../../../shared/claims';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
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
    async execute(items) {
      const { client, options, headers } = await setUp(this);
      const reader = inputReader(this, { subject, metadata: createMetadata(client) });
      return await processClaimed<SingleOperation, BatchAnswer>(this, items, {
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
