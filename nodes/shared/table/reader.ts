import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Metadata, Table } from '../../../core/dynamics/tables';
import { validationError } from '../../../core/errors';
import type { ODataService } from '../../../core/odata/service';
import { fitTexts } from '../../../core/text';
import { documentOf } from '../input';
import { parameterReader, type ParameterReader } from '../parameters';
import { foundTable } from './candidates';
import type { Subject } from './service';

/** Reads what the user has set, item by item where it is an expression and once where it is not. */
export interface TableReader {
  read: ParameterReader;
  /** Of the node. */
  version: number;
  /** The value of a resource locator; empty where nothing is chosen. */
  located(name: string, index: number): string;
  table(index: number): Promise<Table>;
  item(index: number): INodeExecutionData | undefined;
  /** The columns to write, in texts that the service takes. undefined: there is nothing to write. */
  columns(item: INodeExecutionData, index: number): IDataObject | undefined;
}

export interface ReaderOptions {
  subject: Subject;
  metadata: Metadata;
  /** What is written is made fit at once, so that it is looked for, compared and remembered as the service keeps it. */
  service?: Pick<ODataService, 'fitText'>;
  whenMissing?: 'fail' | 'skip';
}

function withoutEmpty(columns: IDataObject | null): IDataObject | undefined {
  const entries = Object.entries(columns ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** n8n hands over a date of the resource mapper as an object of its own copy of luxon. */
function withoutDates(columns: IDataObject | undefined): IDataObject | undefined {
  if (!columns) return undefined;
  const entries = Object.entries(columns).map(([name, value]) => {
    const { toISO } = value as unknown as { toISO?: unknown };
    return [name, typeof toISO === 'function' ? (toISO.call(value) as string) : value];
  });
  return Object.fromEntries(entries) as IDataObject;
}

/** A resource locator's value, whether saved as an object or resolved from an expression. */
function locatedIn(value: unknown): string {
  const inner =
    typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner).trim() : '';
}

export function tableReader(
  context: IExecuteFunctions,
  { subject, metadata, service: { fitText } = {}, whenMissing = 'fail' }: ReaderOptions,
): TableReader {
  const read = parameterReader(context);
  const located = (name: string, index: number) => locatedIn(read(name, index));

  function mapped(index: number): IDataObject | undefined {
    return withoutDates(withoutEmpty(read<IDataObject | null>('columns.value', index, null)));
  }

  function columns(item: INodeExecutionData, index: number): IDataObject | undefined {
    const source = read<string>('columnsSource', index);
    const path = source === 'field' ? read<string>('columnsField', index) : '';
    const found = source === 'map' ? mapped(index) : documentOf(item, path);
    if (found) return fitText ? fitTexts(found, fitText) : found;
    if (whenMissing === 'skip') return undefined;
    const where = source === 'field' ? `in the field "${path}"` : 'on this item';
    throw validationError(
      `There is nothing to write ${where}`,
      'Check Columns, or set the option When Columns Are Missing to Skip.',
    );
  }

  async function table(index: number): Promise<Table> {
    if (subject.table) return subject.table;
    const name = located('table', index);
    if (name) return await metadata.table(name);
    if (subject.candidates) return await foundTable(metadata, subject);
    throw validationError('No table is chosen', 'Choose one in Table.');
  }

  const items = context.getInputData();
  return {
    read,
    version: context.getNode().typeVersion,
    located,
    columns,
    table,
    item: (index) => items[index],
  };
}
