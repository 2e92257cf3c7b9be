import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import type { Row, Value } from '../store/row';

/**
 * Who moves a row: a client that sends its columns, or a message of Sales such as CancelSalesOrder, which may do
 * what columns may not.
 */
export type Origin = 'columns' | 'message';

/** What one write is about. `before` is undefined when the row is made. */
export interface Write {
  engine: Engine;
  table: Table;
  before?: Row;
  /** Columns that the caller sent. */
  sent: Readonly<Record<string, Value>>;
  origin: Origin;
}

/** Business logic of a table, run inside the transaction of the write. */
export interface TableRules {
  /** Checks and completes a row before it is stored. `row` is the row as it would be without rules. */
  prepare?(write: Write, row: Row): Row;
  /** Work on other rows after a row was stored. */
  after?(write: Write, row: Row): void;
  /** Work before a row is deleted. */
  beforeDelete?(engine: Engine, row: Row, cascaded: boolean): void;
  /** Work after a row was deleted. */
  afterDelete?(engine: Engine, row: Row, cascaded: boolean): void;
}

export type RuleBook = Readonly<Record<string, TableRules>>;
