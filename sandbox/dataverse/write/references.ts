import { parseKey, splitUrl, type KeyPredicate, parseQuery } from '../dialect';
import type { Engine, Session } from '../engine';
import { errors } from '../errors';
import type { Literal } from '../../odata/syntax/expression';
import { parsePath } from '../../odata/syntax/url';

import { propertyName, type Table } from '../schema/model';
import type { ColumnSchema, KeySchema } from '../schema/types';
import { keyStatus } from '../store/key-status';
import { classOf } from '../query/entity-type';
import type { Reference, Value } from '../store/row';
import { edmType, readValue } from './values';

/** Which row a key means, and with which columns it was named. */
export interface KeyMatch {
  /** Undefined when there is no such row. */
  id?: string;
  /** The alternate key, when the row was named by one. */
  key?: KeySchema;
  /** Column values of the key. */
  values: Readonly<Record<string, Value>>;
}

const RESERVED = /[/<>*%&:\\]/;

/** Finds the row of a key predicate. Fails when the columns are no declared key. */
export function matchKey(engine: Engine, table: Table, predicate: KeyPredicate): KeyMatch {
  if (predicate.kind === 'id') return matchId(engine, table, predicate.id);
  const [only, ...others] = Object.entries(predicate.values);
  const primary = table.schema.keyName ?? table.primaryId;
  if (only?.[0] === primary && others.length === 0 && only[1].type === 'guid') {
    return matchId(engine, table, String(only[1].value));
  }
  const columns = new Map(
    Object.entries(predicate.values).map(([name, literal]) => [
      columnOf(engine, table, name),
      literal,
    ]),
  );
  return matchAlternateKey(engine, table, columns);
}

function matchId(engine: Engine, table: Table, id: string): KeyMatch {
  const known = engine.database.get(table.name, id) !== undefined;
  return { id: known ? id : undefined, values: { [table.primaryId]: id } };
}

function columnOf(engine: Engine, table: Table, name: string): ColumnSchema {
  const column = table.properties.get(name);
  if (!column) throw errors.keyNotValid(engine.switches.undeclaredKeyStatus, table.name);
  return column;
}

function matchAlternateKey(
  engine: Engine,
  table: Table,
  columns: ReadonlyMap<ColumnSchema, Literal>,
): KeyMatch {
  const names = new Set([...columns.keys()].map((column) => column.name));
  const now = engine.context.now();
  const key = table.keys.find(
    (declared) =>
      keyStatus(now, declared) === 'Active' &&
      declared.columns.length === names.size &&
      declared.columns.every((name) => names.has(name)),
  );
  if (!key) throw errors.keyNotValid(engine.switches.undeclaredKeyStatus, table.name);
  const values = Object.fromEntries(
    [...columns].map(([column, literal]) => [
      column.name,
      keyValue(engine, table, column, literal),
    ]),
  );
  const id = engine.database.store(table.name).findByKey(key, values);
  return { id, key, values };
}

function keyValue(engine: Engine, table: Table, column: ColumnSchema, literal: Literal): Value {
  const { value } = literal;
  if (
    typeof value === 'string' &&
    literal.type === 'text' &&
    engine.switches.reservedKeyCharacters === 'reject' &&
    RESERVED.test(value)
  ) {
    throw errors.query(
      `The value of the key column '${column.name}' has a character that a key in a URL cannot have ` +
        '(one of / < > * % & : \\).',
    );
  }
  const valueClass = classOf(column.type);
  if (literal.type !== valueClass) {
    throw errors.query(
      `The value of the key column '${propertyName(column)}' is not of the type '${edmType(column, engine.switches)}'.`,
    );
  }
  if (column.type === 'lookup') return { table: '', id: String(value) };
  // Text is checked where it is to be stored; no row has one that could not be.
  return valueClass === 'text' || value === null
    ? value
    : readValue(value, column, table, engine.switches);
}

/** The address of a row by its alternate key, as an upsert answers it. */
export function keyUrl(session: Session, table: Table, { key, values }: KeyMatch): string {
  const parts = (key?.columns ?? []).map((name) => {
    const column = table.columns.get(name) as ColumnSchema;
    return `${propertyName(column)}=${keyLiteral(values[name] ?? null)}`;
  });
  return `${session.base}${table.schema.entitySet}(${parts.join(',')})`;
}

function keyLiteral(value: Value): string {
  if (typeof value === 'string') return `'${encodeURIComponent(value.replaceAll("'", "''"))}'`;
  return typeof value === 'object' && value !== null ? value.id : String(value);
}

/**
 * The row that `@odata.bind` or `@odata.id` names: `/accounts(<guid>)`, `accounts(accountnumber='A')`, an
 * absolute URL, or `$1` for a row made earlier in the change set.
 */
export function resolveReference(engine: Engine, session: Session, text: string): Reference {
  const url = expandContentId(session, text);
  const { path, query } = splitUrl(url);
  const [segment, ...rest] = parsePath(path);
  const table = segment && engine.model.set(segment.name);
  if (!segment || !table || segment.inner === undefined || rest.length > 0) {
    throw errors.query(`Invalid URI '${text}': name one row, such as /accounts(<guid>).`);
  }
  const match = matchKey(engine, table, parseKey(segment.inner, parseQuery(query).aliases));
  if (match.id !== undefined) return { table: table.name, id: match.id };
  throw match.key
    ? errors.notFoundByKey(table.name)
    : errors.notFound(table.name, String(match.values[table.primaryId]));
}

const CONTENT_ID = /^\/?\$([\w.-]+)/;

/** Replaces a leading `$n` by the address it stands for. */
export function expandContentId(session: Session, url: string): string {
  const found = CONTENT_ID.exec(url);
  if (!found?.[1] || url.startsWith('$metadata') || url.startsWith('$batch')) return url;
  const address = session.contentIds.get(found[1]);
  if (address === undefined) throw errors.contentId(`$${found[1]}`);
  return address + url.slice(found[0].length);
}
