import type {
  CollectionNavigation,
  EntityType,
  Property,
  SingleNavigation,
  ValueClass,
} from '../../odata/query/entity-type';
import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import type { ColumnSchema, ColumnType } from '../schema/types';
import { comparable, isReference, type Reference, type Row } from '../store/row';
import { related } from './related';

/** A table as the OData engine sees it. */

const CLASSES: Readonly<Record<ColumnType, ValueClass>> = {
  string: 'text',
  memo: 'text',
  multiselect: 'text',
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  double: 'number',
  money: 'number',
  picklist: 'number',
  state: 'number',
  status: 'number',
  boolean: 'boolean',
  datetime: 'datetime',
  date: 'datetime',
  lookup: 'guid',
  uniqueidentifier: 'guid',
  file: 'guid',
  image: 'text',
};

export const classOf = (type: ColumnType): ValueClass => CLASSES[type];

export const propertyOf = ({ name, type }: ColumnSchema): Property<Row> => ({
  valueClass: classOf(type),
  dateOnly: type === 'date',
  read: (row) => comparable(row[name]),
});

export const typeName = (table: string): string => `Microsoft.Dynamics.CRM.${table}`;

export function entityType(engine: Engine, table: Table): EntityType<Row> {
  const { entitySet } = table.schema;
  const key = (row: Row): string => String(row[table.primaryId]);
  return {
    name: typeName(table.name),
    key,
    path: (row) => `${entitySet}(${key(row)})`,
    property: (name) => {
      const column = table.properties.get(name);
      return column && propertyOf(column);
    },
    single: (name) => singleNavigation(engine, table, name),
    collection: (name) => collectionNavigation(engine, table, name, key),
  };
}

function singleNavigation(
  engine: Engine,
  table: Table,
  name: string,
): SingleNavigation<Row> | undefined {
  const navigation = table.singles.get(name);
  if (!navigation) return undefined;
  const target = engine.model.required(navigation.target.table);
  const pointed = (row: Row): Reference | undefined => {
    const value = row[navigation.column.name];
    return isReference(value) && value.table === target.name ? value : undefined;
  };
  return {
    target: entityType(engine, target),
    find: (row) => {
      const reference = pointed(row);
      return reference && engine.database.find(reference);
    },
    path: (row) => {
      const reference = pointed(row);
      return reference && `${target.schema.entitySet}(${reference.id})`;
    },
  };
}

function collectionNavigation(
  engine: Engine,
  table: Table,
  name: string,
  key: (row: Row) => string,
): CollectionNavigation<Row> | undefined {
  const relation = related(engine, table, name);
  return (
    relation && {
      target: entityType(engine, relation.target),
      rows: (row) => relation.rows(key(row)),
    }
  );
}
