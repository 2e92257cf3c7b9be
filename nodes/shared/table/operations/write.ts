import { omit } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { RowResult, WriteKind } from '../../../../core/dynamics/tables';
import { withResult } from '../../input';
import { type AnySteps, type ItemSteps, itemSteps } from '../../steps';
import { allOrNothing } from '../allOrNothing';
import { tableReader } from '../reader';
import type { Subject, TableOptions, TableService, TableWrite } from '../service';
import { ETAG, ifMatchOf } from '../version';

/** Columns that a mapping has made ready need no look at the environment, which would cost three requests. */
export function convertsValues({ convert = 'auto' }: TableOptions, columnsSource: string): boolean {
  if (convert === 'auto') return columnsSource !== 'field';
  return convert === 'always';
}

function shown({ id, outcome, row, decisions, notes }: RowResult): object {
  return { id, outcome, ...row, ...(decisions && { decisions }), ...(notes && { notes }) };
}

/** What Create, Update and Create or Update have in common; all items in a handful of requests. */
export async function writeSteps(
  context: IExecuteFunctions,
  service: TableService,
  subject: Subject,
  kind: WriteKind,
  places: readonly number[],
): Promise<AnySteps> {
  const { options, ...tables } = await service.open(context);
  const { metadata, client } = tables;
  const { whenMissing } = options;
  const reader = tableReader(context, {
    subject,
    metadata,
    service: client.service,
    whenMissing,
  });
  const steps: ItemSteps<TableWrite, RowResult> = {
    prepare: async (item, index) => {
      const columns = reader.columns(item, index);
      if (!columns) return undefined;
      const table = await reader.table(index);
      const written = { columns, table, index };
      const key =
        kind === 'create' ? undefined : service.keys.readOfWrite(reader, subject, written);
      const row = convertsValues(options, reader.read<string>('columnsSource', index))
        ? await service.toWire(tables, table, kind, columns)
        : omit(columns, ETAG);
      const ifMatch = kind === 'update' ? ifMatchOf(options, item, columns) : undefined;
      return { table, key, row, ifMatch, item, index };
    },
    run: (writes) => service.write(tables, kind, writes, { context, options }),
    output: (item, result, index) =>
      withResult(item, options.outputField ?? '', shown(result), index),
  };
  return itemSteps(options.allOrNothing ? allOrNothing(steps, places) : steps);
}
