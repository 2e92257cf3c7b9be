/** What a run would write, as data that a person reads and a workflow works on. */

/**
 * `call` is an action, a message or a request that has no row of its own: what it comes to, the service works out.
 * `unchanged`: the row is asked to be what it is already, or what the run has planned it to be.
 */
export const PLANNED_ACTIONS = [
  'create',
  'update',
  'unchanged',
  'delete',
  'associate',
  'disassociate',
  'upload',
  'call',
] as const;

export type PlannedAction = (typeof PLANNED_ACTIONS)[number];

/** A column, or a field of a record, and what becomes of it; `null` is empty. */
export interface ColumnChange {
  column: string;
  before: unknown;
  after: unknown;
}

export interface PlannedWrite {
  action: PlannedAction;
  /** What is written to, as people call it: `Dataverse`, `X-Cart`. */
  system: string;
  /** Table, or kind of record, by its name in the service. */
  table: string;
  /** Key of the row as one text; left out where the service makes it. */
  id?: string;
  /** What people know the row by, where that is not its key: a SKU, the number of an order. */
  of?: string;
  /** Only what changes, by name; of a row that is made, all that is sent. */
  columns?: ColumnChange[];
  /** Of a call: what is called. */
  name?: string;
  /** Of a call: what it is called with. */
  parameters?: Record<string, unknown>;
  /** What cannot be known before it is written. */
  note?: string;
}

/** Of somebody who asks for what another one has asked for before. */
export function alreadyPlanned({ system, table, id }: PlannedWrite): PlannedWrite {
  return { action: 'unchanged', system, table, ...(id !== undefined && { id }) };
}
