import { lookup, table, text } from '../columns';
import type { ColumnSchema, TableSchema } from '../types';

/** Short forms for tables that a solution brings, whose columns all have the solution's prefix. */

type Extra = Partial<Omit<ColumnSchema, 'name' | 'type'>>;

interface Input extends Pick<TableSchema, 'name' | 'label' | 'objectTypeCode' | 'columns'> {
  /** Left out: the name with an "s". */
  entitySet?: string;
  pluralLabel?: string;
  ownership?: TableSchema['ownership'];
  /** Left out: `prefix_name`. */
  primaryName?: string;
  changeTracking?: boolean;
}

/** A table with the prefix of its solution. Schema name and logical name are the same, as the reference has them. */
export function solutionTable({ columns, ...input }: Input): TableSchema {
  const prefix = input.name.slice(0, input.name.indexOf('_') + 1);
  const primaryName = input.primaryName ?? `${prefix}name`;
  const hasName = columns.some(({ name }) => name === primaryName);
  return table({
    entitySet: `${input.name}s`,
    schemaName: input.name,
    custom: true,
    ...input,
    primaryName,
    columns: [
      ...(hasName ? [] : [text(primaryName, 100, { schemaName: primaryName, label: 'Name' })]),
      ...columns,
    ],
  });
}

/**
 * A lookup of a solution's table. Its navigation property is the column's logical name
 * (`ReferencingEntityNavigationPropertyName` of the entity reference), and the collection on the other side has the
 * name of the relationship: `msdyn_product_msdyn_productinventory_Product`.
 */
export function solutionLookup(
  table: string,
  name: string,
  target: string,
  { schemaName, ...extra }: Extra & { schemaName: string },
): ColumnSchema {
  const suffix = schemaName.slice(schemaName.indexOf('_') + 1);
  return lookup(
    name,
    { table: target, collection: `msdyn_${target}_${table}_${suffix}` },
    { schemaName, required: 'application', ...extra },
  );
}
