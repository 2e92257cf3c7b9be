import { referenceColumns } from './reference';
import type { Choice, ColumnSchema, ColumnType, LookupTarget, TableSchema } from './types';

/** Short forms that the table files are written in. */

type Extra = Partial<Omit<ColumnSchema, 'name' | 'type'>>;

const words = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function column(name: string, type: ColumnType, extra: Extra): ColumnSchema {
  return {
    name,
    type,
    schemaName: extra.schemaName ?? words(name),
    label: extra.label ?? words(name.replace(/_/g, ' ')),
    required: 'none',
    writable: 'always',
    ...extra,
  };
}

export const text = (name: string, maxLength: number, extra: Extra = {}): ColumnSchema =>
  column(name, 'string', { maxLength, ...extra });

export const memo = (name: string, maxLength: number, extra: Extra = {}): ColumnSchema =>
  column(name, 'memo', { maxLength, ...extra });

export const integer = (name: string, extra: Extra = {}): ColumnSchema =>
  column(name, 'integer', { min: -2147483648, max: 2147483647, ...extra });

export const bigint = (name: string, extra: Extra = {}): ColumnSchema =>
  column(name, 'bigint', extra);

export const decimal = (name: string, precision: number, extra: Extra = {}): ColumnSchema =>
  column(name, 'decimal', { precision, min: -100_000_000_000, max: 100_000_000_000, ...extra });

export const double = (name: string, precision: number, extra: Extra = {}): ColumnSchema =>
  column(name, 'double', { precision, min: -100_000_000_000, max: 100_000_000_000, ...extra });

/** An amount, in the digits of its currency; four, which is all that is stored, where nothing says how many. */
export const money = (name: string, extra: Extra = {}): ColumnSchema =>
  column(name, 'money', {
    precision: 4,
    precisionSource: 'currency',
    min: -922337203685477,
    max: 922337203685477,
    ...extra,
  });

/** A price of one piece, in the digits that the organization has for prices. */
export const price = (name: string, extra: Extra = {}): ColumnSchema =>
  money(name, { precisionSource: 'organization', ...extra });

export const flag = (name: string, value = false, extra: Extra = {}): ColumnSchema =>
  column(name, 'boolean', { default: value, ...extra });

export const dateTime = (name: string, extra: Extra = {}): ColumnSchema =>
  column(name, 'datetime', extra);

export const date = (name: string, extra: Extra = {}): ColumnSchema => column(name, 'date', extra);

export const guid = (name: string, extra: Extra = {}): ColumnSchema =>
  column(name, 'uniqueidentifier', extra);

export const choices = (labels: Readonly<Record<number, string>>): Choice[] =>
  Object.entries(labels).map(([value, label]) => ({ value: Number(value), label }));

export const choice = (
  name: string,
  labels: Readonly<Record<number, string>>,
  extra: Extra = {},
): ColumnSchema => column(name, 'picklist', { choices: choices(labels), ...extra });

export const multiChoice = (
  name: string,
  labels: Readonly<Record<number, string>>,
  extra: Extra = {},
): ColumnSchema => column(name, 'multiselect', { choices: choices(labels), ...extra });

type Target = Pick<LookupTarget, 'table' | 'collection'> & Partial<LookupTarget>;

/** A lookup to one table. The navigation property has the column's name unless `navigation` says otherwise. */
export const lookup = (name: string, target: Target, extra: Extra = {}): ColumnSchema =>
  column(name, 'lookup', { targets: [completed(target, name)], indexed: true, ...extra });

/** A lookup to several tables: one navigation property each, named `column_table` as `customerid_account`. */
export const lookupAny = (
  name: string,
  targets: readonly Target[],
  extra: Extra = {},
): ColumnSchema =>
  column(name, 'lookup', {
    targets: targets.map((target) => completed(target, `${name}_${target.table}`)),
    indexed: true,
    ...extra,
  });

const completed = (target: Target, navigation: string): LookupTarget => ({
  navigation,
  onDelete: 'removelink',
  ...target,
});

/** One statecode with its status reasons; the first reason is the default of the state. */
export interface State {
  value: number;
  label: string;
  reasons: Readonly<Record<number, string>>;
  /** Default reason, when it is not the first by number. */
  defaultReason?: number;
}

/** statecode and statuscode of a table. The first state is the one a new row is in. */
export function states(list: readonly State[]): ColumnSchema[] {
  const first = list[0];
  const reasons = list.flatMap((state) => {
    const own = choices(state.reasons).map((reason) => ({ ...reason, state: state.value }));
    const preferred = own.filter((reason) => reason.value === state.defaultReason);
    return [...preferred, ...own.filter((reason) => reason.value !== state.defaultReason)];
  });
  return [
    column('statecode', 'state', {
      schemaName: 'StateCode',
      label: 'Status',
      choices: list.map(({ value, label }) => ({ value, label })),
      default: first?.value ?? 0,
      writable: 'update',
      required: 'system',
    }),
    column('statuscode', 'status', {
      schemaName: 'StatusCode',
      label: 'Status Reason',
      choices: reasons,
      default: reasons[0]?.value ?? 1,
    }),
  ];
}

export const activeInactive: ColumnSchema[] = states([
  { value: 0, label: 'Active', reasons: { 1: 'Active' } },
  { value: 1, label: 'Inactive', reasons: { 2: 'Inactive' } },
]);

const computed: Extra = { writable: 'never' };

const user = (name: string, table: string, label: string, extra: Extra): ColumnSchema =>
  lookup(name, { table: 'systemuser', collection: `lk_${table}_${name}` }, { label, ...extra });

/**
 * Who owns a row, and what the service keeps beside it. `ownerid` leads to `principal`, from which users and teams
 * descend. Source: Web API reference, principal EntityType.
 */
const ownerColumns = (table: string): ColumnSchema[] => [
  lookup(
    'ownerid',
    { table: 'systemuser', collection: `owner_${table}`, alsoTakes: ['team'] },
    { schemaName: 'OwnerId', label: 'Owner', required: 'system' },
  ),
  lookup(
    'owninguser',
    { table: 'systemuser', collection: `user_${table}` },
    { schemaName: 'OwningUser', label: 'Owning User', ...computed },
  ),
  lookup(
    'owningteam',
    { table: 'team', collection: `team_${table}` },
    { schemaName: 'OwningTeam', label: 'Owning Team', ...computed },
  ),
  lookup(
    'owningbusinessunit',
    { table: 'businessunit', collection: `business_unit_${table}` },
    { schemaName: 'OwningBusinessUnit', label: 'Owning Business Unit', ...computed },
  ),
];

/** The columns that every table has. */
function standardColumns(table: string, ownership: TableSchema['ownership']): ColumnSchema[] {
  return [
    ...(ownership === 'UserOwned' ? ownerColumns(table) : []),
    dateTime('createdon', { schemaName: 'CreatedOn', label: 'Created On', ...computed }),
    user('createdby', table, 'Created By', { schemaName: 'CreatedBy', ...computed }),
    dateTime('modifiedon', { schemaName: 'ModifiedOn', label: 'Modified On', ...computed }),
    user('modifiedby', table, 'Modified By', { schemaName: 'ModifiedBy', ...computed }),
    user('createdonbehalfby', table, 'Created By (Delegate)', {
      schemaName: 'CreatedOnBehalfBy',
      ...computed,
    }),
    user('modifiedonbehalfby', table, 'Modified By (Delegate)', {
      schemaName: 'ModifiedOnBehalfBy',
      ...computed,
    }),
    dateTime('overriddencreatedon', {
      schemaName: 'OverriddenCreatedOn',
      label: 'Record Created On',
      writable: 'create',
    }),
    integer('importsequencenumber', {
      schemaName: 'ImportSequenceNumber',
      label: 'Import Sequence Number',
      writable: 'create',
    }),
    bigint('versionnumber', {
      schemaName: 'VersionNumber',
      label: 'Version Number',
      ...computed,
    }),
  ];
}

/** Currency and rate: the columns that come with the first amount of a table. */
export function moneyColumns(table: string): ColumnSchema[] {
  return [
    lookup(
      'transactioncurrencyid',
      {
        table: 'transactioncurrency',
        collection: `transactioncurrency_${table}`,
        onDelete: 'restrict',
      },
      { schemaName: 'TransactionCurrencyId', label: 'Currency' },
    ),
    decimal('exchangerate', 10, {
      schemaName: 'ExchangeRate',
      label: 'Exchange Rate',
      ...computed,
    }),
  ];
}

/** A lookup by the names that its relationships have in the reference; what deleting a target does stays as it is. */
function named(column: ColumnSchema, reference: readonly ColumnSchema[]): ColumnSchema {
  const known = reference.find(({ name }) => name === column.name)?.targets ?? [];
  if (!column.targets || known.length === 0) return column;
  const targets = column.targets.map((target) => {
    const names = known.find(({ table }) => table === target.table);
    return { ...target, ...names, onDelete: target.onDelete };
  });
  return { ...column, targets };
}

/** The first column of each name that is not taken yet. */
function beyond(taken: readonly string[], columns: readonly ColumnSchema[]): ColumnSchema[] {
  const names = new Set(taken);
  return columns.filter(({ name }) => {
    const free = !names.has(name);
    names.add(name);
    return free;
  });
}

type TableInput = Partial<TableSchema> &
  Pick<
    TableSchema,
    'name' | 'schemaName' | 'label' | 'entitySet' | 'objectTypeCode' | 'columns'
  > & {
    /** True for the few tables without statecode and statuscode. */
    stateless?: boolean;
    /** Columns of the reference that the service has no value for where nobody gives one. */
    needs?: readonly string[];
  };

/**
 * Completes a table: primary key, standard columns, states, currency where it has amounts, and all that the public
 * reference has beyond what is written here.
 */
export function table({ stateless, needs = [], ...input }: TableInput): TableSchema {
  const primaryId = input.primaryId ?? `${input.name}id`;
  const ownership = input.ownership ?? 'UserOwned';
  const reference = referenceColumns(input.name).map((column) => ({
    ...column,
    filled: !needs.includes(column.name),
  }));
  const own = input.columns.map((column) => named(column, reference));
  const standard = [
    ...(stateless ? [] : activeInactive),
    ...(input.columns.some((own) => own.type === 'money') ? moneyColumns(input.name) : []),
    ...standardColumns(input.name, ownership),
  ].map((column) => named(column, reference));
  const added = beyond(
    [primaryId, ...input.columns.map(({ name }) => name)],
    [...standard, ...reference],
  );
  return {
    pluralLabel: `${input.label}s`,
    primaryName: 'name',
    keys: [],
    ...input,
    primaryId,
    ownership,
    columns: [
      guid(primaryId, {
        schemaName: `${input.schemaName}Id`,
        label: input.label,
        writable: 'create',
        required: 'system',
      }),
      ...own,
      ...added,
    ],
  };
}
