import type { Row } from '../types';
import type { Address } from './intent';

/** What the run has planned for one row. */
export interface PlannedRow {
  set: string;
  id: string;
  state: 'made' | 'changed' | 'deleted';
  /** Columns by the names that the row is read with. */
  columns: Row;
}

const nameOf = ({ set, key = '' }: Address): string => `${set}(${key})`.toLowerCase();

/** The rows of a run as they will stand: what is read by a key afterwards finds what was planned before. */
export class PlannedRows {
  constructor(
    private readonly rows = new Map<string, PlannedRow>(),
    /** Other names of rows, such as by their alternate keys. */
    private readonly names = new Map<string, string>(),
  ) {}

  /** A copy to plan on, for what happens as a whole or not at all. */
  copy(): PlannedRows {
    return new PlannedRows(new Map(this.rows), new Map(this.names));
  }

  /** Takes over what was planned on a copy. */
  take(other: PlannedRows): void {
    for (const [name, row] of other.rows) this.rows.set(name, row);
    for (const [name, own] of other.names) this.names.set(name, own);
  }

  at(address: Address): PlannedRow | undefined {
    const name = nameOf(address);
    return this.rows.get(this.names.get(name) ?? name);
  }

  in(set: string): PlannedRow[] {
    return [...this.rows.values()].filter((row) => row.set === set);
  }

  /** @param by the address that the row was asked by, where that is not its own */
  put(row: PlannedRow, by?: Address): void {
    const own = nameOf({ set: row.set, key: row.id });
    const known = this.rows.get(own);
    const columns = { ...(known?.state === 'deleted' ? {} : known?.columns), ...row.columns };
    const isMade = known?.state === 'made' && row.state === 'changed';
    this.rows.set(own, { ...row, state: isMade ? 'made' : row.state, columns });
    if (by && nameOf(by) !== own) this.names.set(nameOf(by), own);
  }
}
