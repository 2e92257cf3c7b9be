import { countRows, type CountQuery } from '../../../../core/odata/count';
import type { Table } from '../../../../core/dynamics/tables';
import { validationError } from '../../../../core/errors';
import { outputField } from '../../fields';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { itemSteps } from '../../steps';
import { conditionFields } from '../fields/conditions';
import { readOptionFields } from '../fields/options';
import { filterOption } from '../fields/reading';
import { tableFields } from '../fields/table';
import { both, filterFor } from '../filter';
import { askedOnce } from '../once';
import { tableReader } from '../reader';
import type { Subject, TableOptions, TableService } from '../service';

interface Question extends CountQuery {
  /** The table whose rows are all to be counted at little cost. */
  estimated?: Table;
}

export function count(service: TableService, subject: Subject): Operation {
  const { estimate } = service;
  return {
    name: 'Count',
    value: 'count',
    action: `Count ${subject.plural}`,
    description: `Count the ${subject.plural} that match conditions, exactly, for each item`,
    properties: [
      ...tableFields(service, subject),
      ...conditionFields,
      readOptionFields(service, [
        filterOption(service),
        outputField,
        ...(estimate ? [estimate.option] : []),
      ]),
    ],
    onlyReads: true,
    async start(context) {
      const { options: all, ...tables } = await service.open(context);
      const { client, metadata } = tables;
      const reader = tableReader(context, { subject, metadata });
      const ask = askedOnce(async ({ estimated, ...query }: Question) =>
        estimated && estimate
          ? await estimate.count(tables, estimated)
          : await countRows(client, query),
      );
      return itemSteps<Question, number>({
        prepare: async (_item, index) => {
          const options = reader.read<TableOptions>('options', index, {});
          const table = await reader.table(index);
          const filter = both(await filterFor(service, reader, metadata, index), options.filter);
          if (all.estimate && filter !== undefined) {
            throw validationError(
              'An estimate counts all rows of a table, and there are conditions',
              `Take the conditions away, or switch ${estimate?.option.displayName ?? 'the estimate'} off.`,
            );
          }
          return {
            set: table.entitySetName,
            filter,
            key: table.primaryId,
            ...(all.estimate && { estimated: table }),
          };
        },
        run: (questions) => Promise.all(questions.map(ask)),
        output: (item, number, index) =>
          withResult(item, all.outputField ?? '', { count: number }, index),
      });
    },
  };
}
