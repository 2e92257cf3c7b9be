import type { Row } from '../../../odata/types';

/** What an environment needs for the templates, as data; `requirements.ts` lists it, `kinds/` checks and makes it. */

/** What a person chooses together. */
export const PARTS = [
  'columns',
  'tracking',
  'keys',
  'changeTracking',
  'paymentTable',
  'role',
] as const;

export type Part = (typeof PARTS)[number];

export interface TextColumn {
  type: 'text';
  /** Characters; a column that is there may be longer. */
  maxLength: number;
}

export interface ChoiceColumn {
  type: 'choice';
  /** Labels in their order; each gets a number of the publisher's own. */
  options: readonly string[];
}

export interface LookupColumn {
  type: 'lookup';
  /** Logical name of the table that it points to. */
  target: string;
  /** Schema name of the relationship that comes with it. */
  relationship: string;
}

export type ColumnType =
  TextColumn | ChoiceColumn | LookupColumn | { type: 'amount' } | { type: 'dateTime' };

export type ColumnDefinition = ColumnType & {
  /** With prefix: `new_ExternalId`. The logical name is the same in lower case. */
  schemaName: string;
  label: string;
  description: string;
};

export interface TableDefinition {
  schemaName: string;
  label: string;
  pluralLabel: string;
  description: string;
  /** The column that a row is called by. */
  name: ColumnDefinition & TextColumn;
}

export type Right = 'Create' | 'Read' | 'Write' | 'Delete' | 'Append' | 'AppendTo';

export interface TableRights {
  /** Logical name. */
  table: string;
  rights: readonly Right[];
}

interface Common {
  part: Part;
  /** Logical name; of a role, empty. */
  table: string;
}

export interface TableRequirement extends Common {
  kind: 'table';
  definition: TableDefinition;
}

export interface ColumnRequirement extends Common {
  kind: 'column';
  column: ColumnDefinition;
}

export interface KeyRequirement extends Common {
  kind: 'key';
  schemaName: string;
  label: string;
  /** Logical names. */
  columns: readonly string[];
}

export interface ChangeTrackingRequirement extends Common {
  kind: 'changeTracking';
}

export interface RoleRequirement extends Common {
  kind: 'role';
  name: string;
  tables: readonly TableRights[];
  /** What is read of the metadata, such as `Entity`; the rights to it belong to no table of the environment. */
  metadata: readonly string[];
}

export type Requirement =
  | TableRequirement
  | ColumnRequirement
  | KeyRequirement
  | ChangeTrackingRequirement
  | RoleRequirement;

export type KindName = Requirement['kind'];

/** `building`: it is made, and works later by itself. `failed`: it was made, and does not work, or it could not be read. */
export type State = 'present' | 'missing' | 'wrong' | 'building' | 'failed';

/** The request that makes a change; where it takes more than one, the first. */
export interface Step {
  method: 'POST' | 'PUT';
  /** Below the service root. */
  path: string;
  body: Row;
}

export interface Found {
  state: State;
  /** What would be changed, or what is there: one sentence. */
  change: string;
  /** Left out: nothing is to be changed, or nobody but a person can. */
  step?: Step;
  /** What a person does about it. */
  fix?: string;
}

/** What `Check` and `Prepare` put out of one requirement. */
export interface Item {
  part: Part;
  kind: KindName;
  table: string;
  name: string;
  state: State;
  change: string;
  /** `POST EntityDefinitions(LogicalName='account')/Keys`; null where nothing is sent. */
  request: string | null;
  body: Row | null;
  fix: string | null;
}

export interface PreparedItem extends Item {
  outcome: 'done' | 'unchanged' | 'failed';
  /** Why it failed. */
  reason: string | null;
}

/** What a requirement is called. */
export function nameOf(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'table':
      return requirement.definition.schemaName.toLowerCase();
    case 'column':
      return requirement.column.schemaName.toLowerCase();
    case 'key':
      return requirement.schemaName.toLowerCase();
    case 'changeTracking':
      return requirement.table;
    case 'role':
      return requirement.name;
  }
}
