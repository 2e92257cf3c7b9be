import { validationError } from '../../../errors';
import { TRACKING_COLUMNS } from '../documents';
import { type PaymentChoice, paymentTable } from './payments';
import type {
  ColumnDefinition,
  KeyRequirement,
  Part,
  Requirement,
  Right,
  TableRights,
  TextColumn,
} from './requirement';

/** All that the templates need in an environment. To ask for more, add a line to one of these lists. */

/** Tables whose rows say which record of which shop they come from. */
const REFERENCED = ['account', 'contact', 'salesorder', 'invoice', 'quote'] as const;

/** Those of which a record has one row alone: an order may be split in two, and have a second invoice. */
const UNIQUE = ['account', 'contact'] as const satisfies ReadonlyArray<(typeof REFERENCED)[number]>;

/**
 * The shop and the record stand in two columns, because a colon, which would join them, cannot be looked for by a key
 * (Dataverse docs: define-alternate-keys-entity). With 300 characters both fit into the 900 bytes of an index.
 */
const REFERENCES: ReadonlyArray<Words & TextColumn> = [
  {
    name: 'ExternalSource',
    label: 'External Source',
    description: 'The shop that the row comes from',
    type: 'text',
    maxLength: 100,
  },
  {
    name: 'ExternalId',
    label: 'External ID',
    description: 'What the row is called in that shop',
    type: 'text',
    maxLength: 200,
  },
];

interface Words {
  /** Schema name without prefix. */
  name: string;
  label: string;
  description: string;
}

/** Columns by which rows are found anyway, and which are to be unique. */
const KEYS: ReadonlyArray<{ table: string; column: string; name: string; label: string }> = [
  { table: 'account', column: 'accountnumber', name: 'AccountNumber', label: 'Account Number' },
  { table: 'product', column: 'productnumber', name: 'ProductNumber', label: 'Product Number' },
];

/** Tables that are followed. */
const TRACKED = ['salesorder', 'invoice', 'account', 'contact', 'product'] as const;

const ALL: readonly Right[] = ['Create', 'Read', 'Write', 'Append', 'AppendTo'];
const LOOKED_UP: readonly Right[] = ['Read', 'AppendTo'];

/** The least rights of docs/credentials.md; a test holds one to the other. */
export const RIGHTS: readonly TableRights[] = [
  { table: 'account', rights: ALL },
  { table: 'contact', rights: ALL },
  { table: 'salesorder', rights: ALL },
  { table: 'invoice', rights: ALL },
  { table: 'quote', rights: ALL },
  { table: 'product', rights: LOOKED_UP },
  { table: 'uom', rights: LOOKED_UP },
  { table: 'pricelevel', rights: LOOKED_UP },
  { table: 'transactioncurrency', rights: LOOKED_UP },
  { table: 'orderclose', rights: ['Create', 'Read', 'Append'] },
];

const REGISTERED: readonly Right[] = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo'];

/** What the Dynamics 365 Trigger needs to register and remove its webhooks; what an environment has no right for is left out. */
export const WEBHOOK_RIGHTS: readonly TableRights[] = [
  { table: 'serviceendpoint', rights: REGISTERED },
  { table: 'sdkmessageprocessingstep', rights: REGISTERED },
  { table: 'sdkmessageprocessingstepimage', rights: REGISTERED },
  { table: 'sdkmessagefilter', rights: LOOKED_UP },
  { table: 'sdkmessage', rights: LOOKED_UP },
];

/** What lists of tables and columns are read from: environments refuse that without these rights (`prvReadEntity`). */
export const METADATA: readonly string[] = ['Entity', 'Attribute', 'Relationship', 'EntityKey'];

export const ROLE_NAME = 'n8n Commerce';

export interface Wishes {
  parts: readonly Part[];
  /** Of the publisher, without underscore. */
  prefix: string;
  payments?: PaymentChoice;
  /** Default `ROLE_NAME`. */
  roleName?: string;
}

/** 2 to 8 letters and digits, a letter first, and not `mscrm` (Dataverse docs: create-solution-publisher). */
export function checkedPrefix(given: string): string {
  const prefix = given.trim().replace(/_$/, '').toLowerCase();
  if (/^[a-z][a-z0-9]{1,7}$/.test(prefix) && !prefix.startsWith('mscrm')) return prefix;
  throw validationError(
    `Prefix is "${given.trim().slice(0, 40)}", which no publisher can have`,
    'Use 2 to 8 letters and digits, beginning with a letter: Power Apps > Solutions > Publishers shows the prefix of each.',
  );
}

const referenceColumns = (prefix: string): Array<ColumnDefinition & TextColumn> =>
  REFERENCES.map(({ name, ...words }) => ({ schemaName: `${prefix}_${name}`, ...words }));

/** Logical names of the columns that say which record of which shop a row comes from. */
export function referenceNames(prefix: string): { source: string; id: string } {
  const [source = '', id = ''] = referenceColumns(prefix).map(({ schemaName }) =>
    schemaName.toLowerCase(),
  );
  return { source, id };
}

function referenceKey(prefix: string, table: string, part: Part): KeyRequirement {
  return {
    part,
    kind: 'key',
    table,
    schemaName: `${prefix}_ExternalReference`,
    label: 'External Reference',
    columns: referenceColumns(prefix).map(({ schemaName }) => schemaName.toLowerCase()),
  };
}

const columnRequirements = (
  part: Part,
  table: string,
  columns: readonly ColumnDefinition[],
): Requirement[] => columns.map((column) => ({ part, kind: 'column', table, column }));

function ofPayments(prefix: string, choice: PaymentChoice = {}): Requirement[] {
  const part = 'paymentTable';
  const { table: definition, columns } = paymentTable(prefix, choice);
  const table = definition.schemaName.toLowerCase();
  return [
    { part, kind: 'table', table, definition },
    ...columnRequirements(part, table, [...columns, ...referenceColumns(prefix)]),
    referenceKey(prefix, table, part),
  ];
}

function ofRole({ parts, prefix, payments, roleName = ROLE_NAME }: Wishes): Requirement[] {
  const own = parts.includes('paymentTable')
    ? [{ table: paymentTable(prefix, payments ?? {}).table.schemaName.toLowerCase(), rights: ALL }]
    : [];
  const tables = [...RIGHTS, ...WEBHOOK_RIGHTS, ...own];
  return [{ part: 'role', kind: 'role', table: '', name: roleName, tables, metadata: METADATA }];
}

const BY_PART: Readonly<Record<Part, (wishes: Wishes) => Requirement[]>> = {
  columns: ({ prefix }) =>
    REFERENCED.flatMap((table) => columnRequirements('columns', table, referenceColumns(prefix))),
  tracking: ({ prefix }) =>
    columnRequirements(
      'tracking',
      'salesorder',
      Object.values(TRACKING_COLUMNS).map(({ name, ...words }) => ({
        schemaName: `${prefix}_${name}`,
        ...words,
      })),
    ),
  keys: ({ prefix }) => [
    ...KEYS.map(({ table, column, name, label }): KeyRequirement => ({
      part: 'keys',
      kind: 'key',
      table,
      schemaName: `${prefix}_${name}`,
      label,
      columns: [column],
    })),
    ...UNIQUE.map((table) => referenceKey(prefix, table, 'keys')),
  ],
  changeTracking: () =>
    TRACKED.map((table) => ({ part: 'changeTracking', kind: 'changeTracking', table })),
  paymentTable: ({ prefix, payments }) => ofPayments(prefix, payments),
  role: ofRole,
};

/** The requirements of the chosen parts, each after those that it builds on. */
const ORDER: readonly Part[] = [
  'columns',
  'tracking',
  'paymentTable',
  'keys',
  'changeTracking',
  'role',
];

export function requirementsOf(wishes: Wishes): Requirement[] {
  const { parts } = wishes;
  return ORDER.filter((part) => parts.includes(part)).flatMap((part) => BY_PART[part](wishes));
}
