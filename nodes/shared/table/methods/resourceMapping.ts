import type {
  FieldType,
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';

import { nameOfTarget } from '../../../../core/dynamics/lookups';
import type { Column, ColumnType, Table } from '../../../../core/dynamics/tables';
import type { TableService } from '../service';
import { currentTable } from './table';

const FIELD_TYPES: Partial<Record<ColumnType, FieldType>> = {
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  double: 'number',
  money: 'number',
  boolean: 'boolean',
  datetime: 'dateTime',
  date: 'dateTime',
  choice: 'options',
  state: 'options',
  status: 'options',
};

/** What the resource mapper has to know of a column. */
export interface Place {
  table: Table;
  /** Types of columns that the service fills itself. */
  filled: ReadonlySet<ColumnType>;
}

function isDemanded({ required, type, name }: Column, { table, filled }: Place): boolean {
  return required && !filled.has(type) && name !== table.primaryId;
}

function field(column: Column, id: string, displayName: string, place: Place): ResourceMapperField {
  const type = FIELD_TYPES[column.type] ?? 'string';
  const choices = column.choices?.map(({ label, value }) => ({ name: label, value }));
  return {
    id,
    displayName,
    type,
    ...(type === 'options' && { options: choices ?? [] }),
    required: isDemanded(column, place),
    defaultMatch: false,
    canBeUsedToMatch: false,
    display: true,
    readOnly: false,
  };
}

/** Most choices that the name of a column lists. */
const CHOICES_SHOWN = 6;

/** A resource mapper has no field for several choices: they are written as text. */
function several({ type, choices = [] }: Column): string {
  if (type !== 'choices') return '';
  const labels = choices.slice(0, CHOICES_SHOWN).map(({ label }) => label);
  const more = choices.length > CHOICES_SHOWN ? ', …' : '';
  return `, several with commas between: ${labels.join(', ')}${more}`;
}

/** One field per column; of a lookup with several targets one field for each (Customer as account or contact). */
export function fieldsOf(column: Column, place: Place): ResourceMapperField[] {
  const once = column.updatable ? '' : ', only when created';
  const named = `${column.displayName} (${column.name})${once}`;
  if (column.type !== 'lookup') {
    return [field(column, column.name, `${named}${several(column)}`, place)];
  }
  return (column.targets ?? []).map((target) =>
    field(column, nameOfTarget(column, target), `${named}, ID of ${target.table}`, place),
  );
}

export function resourceMapping(service: TableService) {
  /** The writable columns of the chosen table, custom ones included, as the environment has them now. */
  async function getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
    const { metadata } = await service.openForEditor(this);
    const table = await currentTable(this, service, metadata);
    if (!table) return { fields: [], emptyFieldsNotice: 'Choose a table first.' };
    const columns = await metadata.columns(table.logicalName);
    const isUpdate = this.getCurrentNodeParameter('operation') === 'update';
    const fields = columns
      // The same ones for each operation, so that switching it loses none.
      .filter(({ creatable, updatable }) => creatable || updatable)
      .flatMap((column) => fieldsOf(column, { table, filled: service.filled }))
      // An update changes what it names; the rest is in the row already.
      .map((mapped) => (isUpdate ? { ...mapped, required: false } : mapped))
      .sort(
        (a, b) =>
          Number(b.required) - Number(a.required) || a.displayName.localeCompare(b.displayName),
      );
    return { fields };
  }

  return { getColumns };
}
