import type {
  FieldType,
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';

import type { DataverseTable } from '../../../core/dynamics/dataverse/types';
import type { Column, ColumnType } from '../../../core/dynamics/tables';
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

/** Dataverse fills these itself where they are left out, even where it calls them required. */
const FILLED_BY_DATAVERSE = new Set<ColumnType>(['boolean', 'lookup', 'state', 'status']);

function isDemanded({ required, type, name }: Column, { primaryId }: DataverseTable): boolean {
  return required && !FILLED_BY_DATAVERSE.has(type) && name !== primaryId;
}

function field(
  column: Column,
  id: string,
  displayName: string,
  table: DataverseTable,
): ResourceMapperField {
  const type = FIELD_TYPES[column.type] ?? 'string';
  const choices = column.choices?.map(({ label, value }) => ({ name: label, value }));
  return {
    id,
    displayName,
    type,
    ...(type === 'options' && { options: choices ?? [] }),
    required: isDemanded(column, table),
    defaultMatch: false,
    canBeUsedToMatch: false,
    display: true,
    readOnly: false,
  };
}

/** One field per column; of a lookup with several targets one field for each (Customer as account or contact). */
function fieldsOf(column: Column, table: DataverseTable): ResourceMapperField[] {
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
  const isUpdate = this.getCurrentNodeParameter('operation') === 'update';
  const fields = columns
    .filter(({ creatable, updatable }) => updatable || (creatable && !isUpdate))
    .flatMap((column) => fieldsOf(column, table))
    // An update changes what it names; the rest is in the row already.
    .map((mapped) => (isUpdate ? { ...mapped, required: false } : mapped))
    .sort(
      (a, b) =>
        Number(b.required) - Number(a.required) || a.displayName.localeCompare(b.displayName),
    );
  return { fields };
}
