import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnSchema, ColumnType, LookupTarget } from '../types';

/** The columns that every environment has, one file a table. Where they come from stands in SOURCE.md. */

export type ReferenceTarget = readonly [table: string, navigation: string, collection: string];

/** A column as it is kept: what is left out is usual, such as `writable: 'always'`. */
export interface ReferenceColumn
  extends
    Pick<ColumnSchema, 'name' | 'schemaName' | 'label' | 'type'>,
    Partial<
      Pick<
        ColumnSchema,
        'maxLength' | 'precision' | 'min' | 'max' | 'default' | 'required' | 'writable' | 'readable'
      >
    > {
  choices?: ReadonlyArray<readonly [value: number, label: string, state?: number]>;
  targets?: readonly ReferenceTarget[];
}

/** What a column of a type has unless its file says otherwise. */
const USUAL: Partial<Record<ColumnType, Partial<ColumnSchema>>> = {
  integer: { min: -2147483648, max: 2147483647 },
  decimal: { min: -100_000_000_000, max: 100_000_000_000 },
  double: { min: -100_000_000_000, max: 100_000_000_000 },
  money: {
    precision: 4,
    precisionSource: 'currency',
    min: -922337203685477,
    max: 922337203685477,
  },
  lookup: { indexed: true },
};

/** The columns of a table, none where the reference has no file for it. */
export function referenceColumns(table: string): ColumnSchema[] {
  const file = join(__dirname, `${table}.json`);
  if (!existsSync(file)) return [];
  const columns = JSON.parse(readFileSync(file, 'utf8')) as ReferenceColumn[];
  return columns.map(completed);
}

const completed = ({ choices, targets, ...column }: ReferenceColumn): ColumnSchema => ({
  required: 'none',
  writable: 'always',
  ...USUAL[column.type],
  ...(column.type === 'state' || column.type === 'status' ? { default: choices?.[0]?.[0] } : {}),
  ...column,
  ...(choices ? { choices: choices.map(choiceOf) } : {}),
  ...(targets ? { targets: targets.map(targetOf) } : {}),
  filled: true,
});

const choiceOf = ([value, label, state]: NonNullable<ReferenceColumn['choices']>[number]) => ({
  value,
  label,
  ...(state === undefined ? {} : { state }),
});

const targetOf = ([table, navigation, collection]: ReferenceTarget): LookupTarget => ({
  table,
  navigation,
  collection,
  onDelete: 'removelink',
});
