import { errors } from '../errors';
import type { ManyToManyNavigation, Model, Table } from '../schema/model';
import { isReference, type Reference, type Row } from './row';
import { TableStore } from './table-store';

interface Change {
  store: TableStore;
  id: string;
  before: Row | undefined;
  /** Version of the deletion that was remembered for the id before. */
  grave: number | undefined;
}

/** One row that was written or deleted, for whoever follows that. */
export interface RowChange {
  table: Table;
  id: string;
  /** Undefined where the row is new. */
  before?: Row;
  /** Undefined where the row was deleted. */
  after?: Row;
  /** Columns that a caller sent; undefined where the service itself changes the row. */
  sent?: readonly string[];
}

/** Why a row is written. */
export interface Cause {
  sent?: readonly string[];
  /** Nobody is told. */
  silent?: boolean;
}

const isPresent = (row: Row | undefined): row is Row => row !== undefined;

/**
 * All rows. Work inside `atomic` is undone as a whole when it throws; since nothing in it waits, no other
 * request ever sees it half done.
 */
export class Database {
  private stores = new Map<string, TableStore>();
  private journal: Change[] = [];
  /** What is to be done when the outermost transaction is through. */
  private pending: Array<() => void> = [];
  private depth = 0;
  private newest = 1_000_000;
  /** Deleted rows, by table and id, with the version of their deletion. */
  private graves = new Map<string, Map<string, number>>();

  /** @param follow told of every change inside the transaction that makes it; what it throws undoes that */
  constructor(
    private readonly model: Model,
    private readonly follow: (change: RowChange) => void = () => undefined,
  ) {}

  store(table: string): TableStore {
    const known = this.stores.get(table);
    if (known) return known;
    const store = new TableStore(this.model.required(table));
    this.stores.set(table, store);
    return store;
  }

  /** Forgets the rows of a table that is no more. */
  drop(table: string): void {
    this.stores.delete(table);
    this.graves.delete(table);
  }

  /** Version of the newest change. */
  get version(): number {
    return this.newest;
  }

  /** Ids of deleted rows with the version of their deletion. */
  deleted(table: string): Map<string, number> {
    const known = this.graves.get(table);
    if (known) return known;
    const graves = new Map<string, number>();
    this.graves.set(table, graves);
    return graves;
  }

  get(table: string, id: string): Row | undefined {
    return this.store(table).get(id);
  }

  find(reference: Reference): Row | undefined {
    return this.get(reference.table, reference.id);
  }

  /** A new row or a new version of one. */
  put(
    table: Table,
    id: string,
    row: Row,
    duplicateKeyStatus: number,
    { sent, silent = false }: Cause = {},
  ): Row {
    const store = this.store(table.name);
    const violated = store.violatedKey(id, row);
    if (violated) {
      throw errors.duplicateKey(duplicateKeyStatus, violated.name, violated.columns.join(', '));
    }
    const before = store.get(id);
    this.remember(store, id);
    const versioned = { ...row, versionnumber: (this.newest += 1) };
    store.put(id, versioned);
    this.deleted(table.name).delete(id);
    if (!silent) this.follow({ table, id, before, after: versioned, sent });
    return versioned;
  }

  remove(table: string, id: string): void {
    const store = this.store(table);
    const before = store.get(id);
    this.remember(store, id);
    store.remove(id);
    this.deleted(table).set(id, (this.newest += 1));
    if (before) this.follow({ table: store.table, id, before });
  }

  /** The rows of `table` whose lookup `column` points to a row. */
  referrers(table: string, column: string, target: Reference): Row[] {
    const store = this.store(table);
    const rows: Row[] = [];
    for (const id of store.idsWhere(column, target)) {
      const row = store.get(id);
      const value = row?.[column];
      if (row && isReference(value) && value.table === target.table) rows.push(row);
    }
    return rows;
  }

  /** The pairs of a relationship that a row is in. */
  links({ intersect, own }: ManyToManyNavigation, id: string): Row[] {
    const store = this.store(intersect);
    return [...store.idsWhere(own, id)].map((pair) => store.get(pair)).filter(isPresent);
  }

  /** The pair of two rows, if there is one. */
  link(navigation: ManyToManyNavigation, id: string, otherId: string): Row | undefined {
    return this.links(navigation, id).find((pair) => pair[navigation.other] === otherId);
  }

  /** The rows on the other side. */
  linked(navigation: ManyToManyNavigation, id: string): Row[] {
    const { target, other } = navigation;
    return this.links(navigation, id)
      .map((pair) => this.get(target, String(pair[other])))
      .filter(isPresent);
  }

  /** Runs `work` as one transaction; inner calls are part of the outer one. */
  atomic<T>(work: () => T): T {
    const mark = this.journal.length;
    const planned = this.pending.length;
    this.depth += 1;
    try {
      return work();
    } catch (error) {
      this.rollBack(mark);
      this.pending.length = planned;
      throw error;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) this.end();
    }
  }

  /** Does something when all that is being written has been; never where it is undone. */
  afterCommit(work: () => void): void {
    if (this.depth === 0) work();
    else this.pending.push(work);
  }

  private end(): void {
    const { pending } = this;
    this.journal = [];
    this.pending = [];
    for (const work of pending) work();
  }

  private remember(store: TableStore, id: string): void {
    if (this.depth === 0) return;
    const grave = this.deleted(store.table.name).get(id);
    this.journal.push({ store, id, before: store.get(id), grave });
  }

  private rollBack(mark: number): void {
    for (const { store, id, before, grave } of this.journal.splice(mark).reverse()) {
      if (grave === undefined) this.deleted(store.table.name).delete(id);
      else this.deleted(store.table.name).set(id, grave);
      if (before) store.put(id, before);
      else store.remove(id);
    }
  }
}
