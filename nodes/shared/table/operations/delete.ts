import { deleteOperation } from '../../../../core/odata/operations';
import { sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, SingleOperation } from '../../../../core/odata/types';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { itemSteps } from '../../steps';
import { changeOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import { tableReader } from '../reader';
import type { Subject, TableService } from '../service';
import { ifMatchOf, ifMatchOption } from '../version';

export function remove(service: TableService, subject: Subject): Operation {
  return {
    name: 'Delete',
    value: 'delete',
    action: `Delete ${subject.noun}`,
    description: `Delete one ${subject.noun} for each item`,
    properties: [
      ...tableFields(service, subject),
      ...service.keys.fields(subject),
      changeOptionFields(service, [ifMatchOption]),
    ],
    async start(context) {
      const { client, metadata, options, headers } = await service.open(context);
      const reader = tableReader(context, { subject, metadata });
      return itemSteps<SingleOperation, BatchAnswer>({
        prepare: async (item, index) => {
          const table = await reader.table(index);
          const key = service.keys.read(reader, subject, index);
          const ifMatch = ifMatchOf(options, item);
          return deleteOperation(client.service, table.entitySetName, key, { ifMatch, headers });
        },
        run: (operations) => sendAll(client, operations),
        output: (item, _answer, index) =>
          withResult(item, options.outputField ?? '', { deleted: true }, index),
      });
    },
  };
}
