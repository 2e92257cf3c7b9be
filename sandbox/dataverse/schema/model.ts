import { ATTACHMENT_OF, ATTACHMENTS, attachmentTarget, companionsOf, holdsBytes } from './files';
import type { ColumnSchema, KeySchema, LookupTarget, ManyToManySchema, TableSchema } from './types';

/** Single-valued navigation property: a lookup column seen as one of its targets. */
export interface SingleNavigation {
  name: string;
  column: ColumnSchema;
  target: LookupTarget;
}

/** Whether a lookup may point to a row of a table by the navigation property of a target. */
export const takes = ({ table, alsoTakes = [] }: Taker, wanted: string): boolean =>
  table === wanted || alsoTakes.includes(wanted);

/** What says which rows are taken. */
export type Taker = Pick<LookupTarget, 'table' | 'alsoTakes'>;

/** Collection-valued navigation property: the rows of `table` whose `column` points here. */
export interface CollectionNavigation {
  name: string;
  table: string;
  column: ColumnSchema;
  target: LookupTarget;
}

/** Collection-valued navigation property of a relationship with many rows on both sides. */
export interface ManyToManyNavigation {
  name: string;
  /** The table on the other side. */
  target: string;
  /** The table of the pairs, and its columns for this side and the other. */
  intersect: string;
  own: string;
  other: string;
}

/** One table, prepared for look-ups by name. */
export class Table {
  readonly columns = new Map<string, ColumnSchema>();
  /** By the name a row shows it under: `_customerid_value` for lookups, the column's name otherwise. */
  readonly properties = new Map<string, ColumnSchema>();
  readonly singles = new Map<string, SingleNavigation>();
  readonly collections = new Map<string, CollectionNavigation>();
  readonly manyToMany = new Map<string, ManyToManyNavigation>();
  /** The columns that are money. */
  readonly amounts = new Map<string, ColumnSchema>();
  readonly keys: KeySchema[];

  constructor(public schema: TableSchema) {
    this.keys = [...schema.keys];
    for (const column of schema.columns) this.addColumn(column);
  }

  get name(): string {
    return this.schema.name;
  }

  get primaryId(): string {
    return this.schema.primaryId;
  }

  addColumn(column: ColumnSchema): void {
    for (const one of companionsOf(column)) if (!this.columns.has(one.name)) this.addColumn(one);
    this.columns.set(column.name, column);
    this.properties.set(propertyName(column), column);
    if (column.type === 'money') this.amounts.set(column.name, column);
    for (const target of column.targets ?? []) {
      this.singles.set(target.navigation, { name: target.navigation, column, target });
    }
  }

  removeColumn(column: ColumnSchema): void {
    for (const one of companionsOf(column)) this.removeColumn(one);
    this.columns.delete(column.name);
    this.amounts.delete(column.name);
    this.properties.delete(propertyName(column));
    for (const target of column.targets ?? []) this.singles.delete(target.navigation);
  }
}

export const propertyName = (column: ColumnSchema): string =>
  column.type === 'lookup' ? `_${column.name}_value` : column.name;

/** Documented: an elastic table has a column for the partition of each row. */
function withPartition(schema: TableSchema): TableSchema {
  if (!schema.elastic || schema.columns.some(({ name }) => name === PARTITION.name)) return schema;
  return { ...schema, columns: [...schema.columns, PARTITION] };
}

const PARTITION: ColumnSchema = {
  name: 'partitionid',
  schemaName: 'PartitionId',
  label: 'Partition Id',
  type: 'string',
  maxLength: 100,
  required: 'none',
  writable: 'create',
};

/** All tables, and the relationships between them. */
export class Model {
  private readonly byName = new Map<string, Table>();
  private readonly bySet = new Map<string, Table>();
  private readonly byRelationship = new Map<string, ManyToManySchema>();

  constructor(schemas: readonly TableSchema[], associations: readonly ManyToManySchema[] = []) {
    for (const schema of schemas) this.register(schema);
    this.connect();
    for (const association of associations) this.addAssociation(association);
  }

  /** The relationships with many rows on both sides. */
  get associations(): readonly ManyToManySchema[] {
    return [...this.byRelationship.values()];
  }

  get tables(): Table[] {
    return [...this.byName.values()];
  }

  table(name: string): Table | undefined {
    return this.byName.get(name);
  }

  /** A table that must exist, because a schema names it. */
  required(name: string): Table {
    const table = this.byName.get(name);
    if (!table) throw new Error(`Table '${name}' is not in the schema: add it under schema/tables`);
    return table;
  }

  set(entitySet: string): Table | undefined {
    return this.bySet.get(entitySet);
  }

  addTable(schema: TableSchema): Table {
    const table = this.register(schema);
    this.connect();
    return table;
  }

  addColumn(table: Table, column: ColumnSchema): void {
    table.addColumn(column);
    this.connect();
  }

  /** Takes a column out on both sides of its relationship. */
  removeColumn(table: Table, column: ColumnSchema): void {
    table.removeColumn(column);
    for (const target of column.targets ?? []) {
      this.byName.get(target.table)?.collections.delete(target.collection);
    }
  }

  /** Adds a relationship with many rows on both sides, whose table of pairs is there; or takes another definition of it. */
  addAssociation(association: ManyToManySchema): void {
    this.byRelationship.set(association.name, association);
    this.associate(association);
  }

  /** Takes a relationship out, with its pairs. */
  removeAssociation(association: ManyToManySchema): void {
    const { name, intersect, sides } = association;
    sides.forEach((side, index) => {
      this.byName.get(side)?.manyToMany.delete(association.navigations?.[index] ?? name);
    });
    this.byRelationship.delete(name);
    const pairs = this.byName.get(intersect);
    if (pairs) this.removeTable(pairs);
  }

  /** Takes a table out, with the relationships that it has. */
  removeTable(table: Table): void {
    for (const association of this.associations) {
      if (association.sides.includes(table.name)) this.removeAssociation(association);
    }
    for (const column of table.columns.values()) this.removeColumn(table, column);
    this.byName.delete(table.name);
    this.bySet.delete(table.schema.entitySet);
  }

  private register(schema: TableSchema): Table {
    const table = new Table(withPartition(schema));
    this.byName.set(schema.name, table);
    this.bySet.set(schema.entitySet, table);
    return table;
  }

  /** Gives both sides the navigation property to the other. */
  private associate({
    name,
    intersect,
    sides,
    navigations = [name, name],
  }: ManyToManySchema): void {
    const [first, second] = sides;
    for (const [near, far, navigation] of [
      [first, second, navigations[0]],
      [second, first, navigations[1]],
    ] as const) {
      const [table, target] = [this.required(near), this.required(far)];
      const columns = { own: table.primaryId, other: target.primaryId };
      table.manyToMany.set(navigation, { name: navigation, target: far, intersect, ...columns });
    }
  }

  /** Gives every table with files the relationship to them. */
  private attachFiles(): void {
    const files = this.byName.get(ATTACHMENTS);
    const lookup = files?.columns.get(ATTACHMENT_OF);
    if (!files || !lookup) return;
    const targets = this.tables
      .filter(({ columns }) => [...columns.values()].some(holdsBytes))
      .map(({ name }) => attachmentTarget(name));
    files.addColumn({ ...lookup, targets });
  }

  /** Gives every target of a lookup its collection-valued navigation property. */
  private connect(): void {
    this.attachFiles();
    for (const table of this.byName.values()) {
      for (const { column, target } of table.singles.values()) {
        this.byName.get(target.table)?.collections.set(target.collection, {
          name: target.collection,
          table: table.name,
          column,
          target,
        });
      }
    }
  }
}
