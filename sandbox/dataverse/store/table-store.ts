import type { KeySchema } from '../schema/types';
import type { Table } from '../schema/model';
import { comparable, type Row, type Value } from './row';

type Ids = Set<string>;

/** The rows of one table, found by id, by alternate key and by every indexed column without a scan. */
export class TableStore {
  readonly rows = new Map<string, Row>();
  private readonly keys = new Map<string, Map<string, string>>();
  private readonly indexes = new Map<string, Map<string | number | boolean, Ids>>();

  constructor(readonly table: Table) {
    for (const key of table.keys) this.addKey(key);
    for (const column of table.columns.values()) if (column.indexed) this.addIndex(column.name);
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** Stores a row under its id, in place of the one that was there. */
  put(id: string, row: Row): void {
    const before = this.rows.get(id);
    if (before) this.unindex(id, before);
    this.rows.set(id, row);
    this.index(id, row);
  }

  remove(id: string): void {
    const before = this.rows.get(id);
    if (!before) return;
    this.unindex(id, before);
    this.rows.delete(id);
  }

  /** The row with these key values. */
  findByKey(key: KeySchema, values: Readonly<Record<string, Value>>): string | undefined {
    const text = keyText(key, values);
    return text === undefined ? undefined : this.keys.get(key.name)?.get(text);
  }

  /** The first key that another row already has. */
  violatedKey(id: string, row: Row): KeySchema | undefined {
    return this.table.keys.find((key) => {
      const owner = this.findByKey(key, row);
      return owner !== undefined && owner !== id;
    });
  }

  isIndexed(column: string): boolean {
    return this.indexes.has(column);
  }

  /** Ids of the rows whose indexed column has this value. */
  idsWhere(column: string, value: Value): ReadonlySet<string> {
    const wanted = comparable(value);
    return (wanted === null ? undefined : this.indexes.get(column)?.get(wanted)) ?? EMPTY;
  }

  addKey(key: KeySchema): void {
    const owners = new Map<string, string>();
    this.keys.set(key.name, owners);
    for (const [id, row] of this.rows) {
      const text = keyText(key, row);
      if (text !== undefined) owners.set(text, id);
    }
    for (const column of key.columns) this.addIndex(column);
  }

  dropKey(name: string): void {
    this.keys.delete(name);
  }

  /** Two rows that hold the same values for a key about to be made. */
  hasDuplicates(key: KeySchema): boolean {
    const seen = new Set<string>();
    for (const row of this.rows.values()) {
      const text = keyText(key, row);
      if (text !== undefined && seen.has(text)) return true;
      if (text !== undefined) seen.add(text);
    }
    return false;
  }

  addIndex(column: string): void {
    if (this.indexes.has(column)) return;
    this.indexes.set(column, new Map());
    for (const [id, row] of this.rows) this.indexColumn(column, id, row);
  }

  private index(id: string, row: Row): void {
    for (const column of this.indexes.keys()) this.indexColumn(column, id, row);
    for (const key of this.table.keys) {
      const text = keyText(key, row);
      if (text !== undefined) this.keys.get(key.name)?.set(text, id);
    }
  }

  private indexColumn(column: string, id: string, row: Row): void {
    const value = comparable(row[column]);
    if (value === null) return;
    const index = this.indexes.get(column);
    const ids = index?.get(value);
    if (ids) ids.add(id);
    else index?.set(value, new Set([id]));
  }

  private unindex(id: string, row: Row): void {
    for (const [column, index] of this.indexes) {
      const value = comparable(row[column]);
      if (value === null) continue;
      const ids = index.get(value);
      ids?.delete(id);
      if (ids?.size === 0) index.delete(value);
    }
    for (const key of this.table.keys) {
      const text = keyText(key, row);
      if (text !== undefined) this.keys.get(key.name)?.delete(text);
    }
  }
}

const EMPTY: ReadonlySet<string> = new Set();

/** Key values as one text; undefined when one of them is null, because nulls never collide. */
function keyText(key: KeySchema, values: Readonly<Record<string, Value>>): string | undefined {
  const parts = key.columns.map((column) => comparable(values[column]));
  return parts.includes(null) ? undefined : JSON.stringify(parts);
}
