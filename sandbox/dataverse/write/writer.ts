import { actingUser, type Engine, type Session } from '../engine';
import { errors } from '../errors';
import { keepPictures, withCompanions } from '../files/companions';
import type { JsonObject } from '../options';
import type { Table } from '../schema/model';
import { comparable, isReference, type Reference, type Row, type Value } from '../store/row';
import { withCurrency } from './currency';
import { roundAmounts } from './money';
import { withOwner } from './owner';
import { readPayload, type Payload } from './payload';
import type { Origin, RuleBook, TableRules, Write } from './rules';
import { settleState } from './state';
import { checkText } from './text';

const MAX_DEPTH = 20;

/** Creates, changes and deletes rows, each with everything that belongs to it, as one transaction. */
export class Writer {
  constructor(
    private readonly engine: Engine,
    private readonly rules: RuleBook,
  ) {}

  /** Makes a row and the rows inside its body. Returns its id. */
  create(
    session: Session,
    table: Table,
    body: JsonObject,
    fixed: Readonly<Record<string, Value>> = {},
  ): string {
    return this.transaction(() => this.insert(session, table, body, fixed, 0));
  }

  /** Changes the columns in the body; everything else stays. */
  update(session: Session, table: Table, id: string, body: JsonObject): void {
    this.transaction(() => {
      const payload = readPayload(this.engine, session, table, body);
      const [child] = [...payload.children, ...payload.bound];
      if (child) {
        throw errors.query(
          `Deep update of '${child.navigation.name}' is not supported: change the related rows on their own.`,
        );
      }
      this.makeParents(session, payload, 0);
      this.change(session, table, id, payload.values);
    });
  }

  /** Changes columns whose values are already in the stored form. */
  change(
    session: Session,
    table: Table,
    id: string,
    sent: Readonly<Record<string, Value>>,
    origin: Origin = 'columns',
  ): void {
    this.transaction(() => {
      const before = this.engine.database.get(table.name, id);
      if (!before) throw errors.notFound(table.name, id);
      const values = this.writable(table, sent, before);
      const write = { engine: this.engine, table, before, sent: values, origin };
      this.store(session, write, id, { ...before, ...values });
    });
  }

  delete(session: Session, table: Table, id: string, cascaded = false): void {
    this.transaction(() => {
      const row = this.engine.database.get(table.name, id);
      if (!row) throw errors.notFound(table.name, id);
      this.rulesOf(table).beforeDelete?.(this.engine, row, cascaded);
      this.releaseReferrers(session, table, id);
      this.releaseLinks(session, table, id);
      this.engine.database.remove(table.name, id);
      session.writes += 1;
      this.rulesOf(table).afterDelete?.(this.engine, row, cascaded);
    });
  }

  /** Undoes every row when `work` throws. */
  private transaction<T>(work: () => T): T {
    return this.engine.database.atomic(work);
  }

  private rulesOf(table: Table): TableRules {
    return this.rules[table.name] ?? {};
  }

  private insert(
    session: Session,
    table: Table,
    body: JsonObject,
    fixed: Readonly<Record<string, Value>>,
    depth: number,
  ): string {
    if (depth > MAX_DEPTH) throw errors.query('The body is nested too deeply.');
    const payload = readPayload(this.engine, session, table, body);
    this.makeParents(session, payload, depth);
    const sent = this.writable(table, { ...payload.values, ...fixed }, undefined);
    const given = sent[table.primaryId];
    const id = typeof given === 'string' ? given : this.engine.newId();
    if (this.engine.database.get(table.name, id)) throw errors.duplicateId();
    const row = { ...this.defaults(session, table), ...withoutNulls(sent), ...identity(table, id) };
    this.store(session, { engine: this.engine, table, sent, origin: 'columns' }, id, row);
    for (const { navigation, bodies } of payload.children) {
      const child = this.engine.model.required(navigation.table);
      const parent = { [navigation.column.name]: { table: table.name, id } };
      for (const one of bodies) this.insert(session, child, one, parent, depth + 1);
    }
    for (const { navigation, rows } of payload.bound) {
      const other = this.engine.model.required(navigation.table);
      const parent = { [navigation.column.name]: { table: table.name, id } };
      for (const row of rows) this.change(session, other, row.id, parent);
    }
    return id;
  }

  private makeParents(session: Session, payload: Payload, depth: number): void {
    for (const { navigation, body } of payload.parents) {
      const parent = this.engine.model.required(navigation.target.table);
      const id = this.insert(session, parent, body, {}, depth + 1);
      payload.values[navigation.column.name] = { table: parent.name, id };
    }
  }

  private store(session: Session, write: Write, id: string, row: Row): void {
    const { table } = write;
    const owned = withOwner(
      this.engine,
      table,
      this.stamp(session, row, write.before === undefined),
    );
    const stamped = withCurrency(this.engine, table, owned);
    const settled = settleState(table, stamped, write.sent);
    const filled = withCompanions(write, id, settled);
    const completed = this.rulesOf(table).prepare?.(write, filled) ?? filled;
    const prepared = roundAmounts(this.engine, table, completed);
    this.checkRequired(table, prepared, write);
    const stored = this.engine.database.put(
      table,
      id,
      prepared,
      this.engine.switches.duplicateKeyStatus,
      { sent: Object.keys(write.sent) },
    );
    session.writes += 1;
    keepPictures(session, write, id);
    this.rulesOf(table).after?.(write, stored);
  }

  /** Drops or refuses what a client cannot write, and refuses text that no column takes. */
  private writable(
    table: Table,
    sent: Readonly<Record<string, Value>>,
    before: Row | undefined,
  ): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const [name, value] of Object.entries(sent)) {
      if (!this.mayWrite(table, name, value, before)) continue;
      checkText(table, name, value);
      values[name] = value;
    }
    return values;
  }

  private mayWrite(table: Table, name: string, value: Value, before: Row | undefined): boolean {
    const writable = table.columns.get(name)?.writable ?? 'always';
    const { computedColumns, createOnlyColumns } = this.engine.switches;
    if (writable === 'never') {
      if (computedColumns === 'ignore') return false;
      throw errors.invalidArgument(`The column '${name}' of '${table.name}' cannot be written.`);
    }
    if (writable === 'update') return before !== undefined;
    if (writable === 'always' || !before) return true;
    const same = comparable(before[name]) === comparable(value);
    if (same || createOnlyColumns === 'ignore') return false;
    throw errors.invalidArgument(
      `The column '${name}' of '${table.name}' cannot be changed after the row was created.`,
    );
  }

  private defaults(session: Session, table: Table): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const column of table.columns.values()) {
      if (column.default !== undefined) values[column.name] = column.default;
    }
    if (table.columns.get('ownerid')?.type === 'lookup') values.ownerid = this.user(session);
    return values;
  }

  /** The user acted as is the author; the caller behind it is kept in the delegate columns. */
  private stamp(session: Session, row: Row, made: boolean): Row {
    const now = this.engine.timestamp();
    const by = this.user(session);
    const behalf = session.actingAs === undefined ? null : userReference(this.engine.userId);
    const changed = { ...row, modifiedon: now, modifiedby: by, modifiedonbehalfby: behalf };
    if (!made) return changed;
    const createdon = row.overriddencreatedon ?? now;
    return { ...changed, createdon, createdby: by, createdonbehalfby: behalf };
  }

  private user(session: Session): Reference {
    return userReference(actingUser(this.engine, session));
  }

  private checkRequired(table: Table, row: Row, write: Write): void {
    for (const column of table.columns.values()) {
      if (column.required !== 'system' || column.filled) continue;
      const value = row[column.name];
      const cleared = write.before !== undefined && column.name in write.sent;
      const missing = value === undefined || value === null;
      if (missing && (!write.before || cleared)) {
        throw errors.invalidArgument(
          `A validation error occurred. The required column '${column.name}' of '${table.name}' has no value.`,
        );
      }
    }
  }

  private releaseReferrers(session: Session, table: Table, id: string): void {
    const target = { table: table.name, id };
    for (const navigation of table.collections.values()) {
      const rows = this.engine.database.referrers(navigation.table, navigation.column.name, target);
      if (rows.length === 0) continue;
      const other = this.engine.model.required(navigation.table);
      if (navigation.target.onDelete === 'restrict') throw errors.inUse(table.name);
      for (const row of rows) {
        const otherId = String(row[other.primaryId]);
        if (navigation.target.onDelete === 'cascade') this.delete(session, other, otherId, true);
        else this.unlink(other, otherId, row, navigation.column.name);
      }
    }
  }

  private releaseLinks(session: Session, table: Table, id: string): void {
    for (const navigation of table.manyToMany.values()) {
      const between = this.engine.model.required(navigation.intersect);
      for (const pair of this.engine.database.links(navigation, id)) {
        this.delete(session, between, String(pair[between.primaryId]), true);
      }
    }
  }

  private unlink(table: Table, id: string, row: Row, column: string): void {
    if (!isReference(row[column])) return;
    const { duplicateKeyStatus: status, clearedLinks } = this.engine.switches;
    const silent = clearedLinks === 'silent';
    this.engine.database.put(table, id, { ...row, [column]: null }, status, { silent });
  }
}

/** The primary key; a user's id stands in the column that it is addressed by too. */
const identity = ({ primaryId, schema }: Table, id: string): Record<string, Value> =>
  schema.keyName === undefined ? { [primaryId]: id } : { [primaryId]: id, [schema.keyName]: id };

const userReference = (id: string): Reference => ({ table: 'systemuser', id });

const withoutNulls = (values: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
