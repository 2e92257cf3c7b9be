import { getOperation } from '../../../../core/odata/operations';
import { sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, Row, SingleOperation } from '../../../../core/odata/types';
import { outputField } from '../../fields';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { itemSteps } from '../../steps';
import { readOptionFields } from '../fields/options';
import { readingOptions } from '../fields/reading';
import { tableFields } from '../fields/table';
import { tableReader } from '../reader';
import { plainRow, readOptions } from '../reading';
import type { Subject, TableService } from '../service';
import { versionOf } from '../version';

export function get(service: TableService, subject: Subject): Operation {
  return {
    name: 'Get',
    value: 'get',
    action: `Get ${subject.noun}`,
    description: `Get one ${subject.noun} for each item`,
    properties: [
      ...tableFields(service, subject),
      ...service.keys.fields(subject),
      readOptionFields(service, [
        ...service.options.batch,
        ...readingOptions(service),
        outputField,
      ]),
    ],
    onlyReads: true,
    async start(context) {
      const { client, metadata, options } = await service.open(context);
      const reader = tableReader(context, { subject, metadata });
      const reading = readOptions(options);
      return itemSteps<SingleOperation, BatchAnswer>({
        prepare: async (_item, index) => {
          const table = await reader.table(index);
          const key = service.keys.read(reader, subject, index);
          return getOperation(client.service, table.entitySetName, key, reading);
        },
        run: (operations) => sendAll(client, operations),
        output: (item, { body }, index) => {
          const row = body as Row;
          const shown = { ...versionOf(row, options), ...plainRow(row) };
          return withResult(item, options.outputField ?? '', shown, index);
        },
      });
    },
  };
}
