import type {
  FieldType,
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';

import type { Column, ColumnType, Table } from '../../../core/dynamics/dataverse/types';
import { currentTable, forEditor } from './table';

const FIELD_TYPES: Partial<Record<ColumnType, FieldType>> = {
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  double: 'number',
  money: 'number',
  boolean: 'boolean',
  datetime: 'dateTime',
  choice: 'options',
  state: 'options',
  status: 'options',
};

function field(column: Column, id: string, displayName: string, table: Table): ResourceMapperField {
  const type = FIELD_TYPES[column.type] ?? 'string';
  const choices = column.choices?.map(({ label, value }) => ({ name: label, value }));
  return {
    id,
    displayName,
    type,
    ...(type === 'options' && { options: choices ?? [] }),
    required: column.required && column.type !== 'lookup' && column.name !== table.primaryId,
    defaultMatch: false,
    canBeUsedToMatch: false,
    display: true,
    readOnly: false,
  };
}

/** One field per column; of a lookup with several targets one field for each (Customer as account or contact). */
function fieldsOf(column: Column, table: Table): ResourceMapperField[] {
  const named = `${column.displayName} (${column.name})`;
  const targets = column.targets ?? [];
  if (column.type !== 'lookup') return [field(column, column.name, named, table)];
  return targets.map(({ table: target, navigationProperty }) =>
    targets.length === 1
      ? field(column, column.name, `${named}, ID of ${target}`, table)
      : field(column, navigationProperty, `${named}, ID of ${target}`, table),
  );
}

/** The writable columns of the chosen table, custom ones included, as the environment has them now. */
export async function getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  const { metadata } = await forEditor(this);
  const table = await currentTable(this, metadata);
  if (!table) return { fields: [], emptyFieldsNotice: 'Choose a table first.' };
  const columns = await metadata.columns(table.logicalName);
  const fields = columns
    .filter(({ creatable, updatable }) => creatable || updatable)
    .flatMap((column) => fieldsOf(column, table))
    .sort(
      (a, b) =>
        Number(b.required) - Number(a.required) || a.displayName.localeCompare(b.displayName),
    );
  return { fields };
}
