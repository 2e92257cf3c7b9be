import type { JsonObject } from '../options';
import type { Table } from '../schema/model';
import { comparable, type Row } from '../store/row';
import type { RowChange } from '../store/database';
import { encoded, typed } from './values';

/** Rows as the members of a delivery have them. */

/** Kept beside the row and not among its attributes. */
const NO_ATTRIBUTES: ReadonlySet<string> = new Set(['versionnumber']);

const attributes = (table: Table, row: Row, names: Iterable<string>): JsonObject[] =>
  [...names].flatMap((name) => {
    const column = table.columns.get(name);
    if (!column || column.type === 'image' || NO_ATTRIBUTES.has(name)) return [];
    return [{ key: name, value: encoded(row[name], column) }];
  });

function entity(table: Table, id: string, Attributes: JsonObject[]): JsonObject {
  return {
    Attributes,
    EntityState: null,
    FormattedValues: [],
    Id: id,
    KeyAttributes: [],
    LogicalName: table.name,
    RelatedEntities: [],
    RowVersion: null,
  };
}

/** Who changed a row, and when: always part of what is told. */
const STAMPS = ['modifiedon', 'modifiedby', 'modifiedonbehalfby'];

/** Columns that a change gave another value. */
function differing({ table, before, after }: RowChange): string[] {
  return [...table.columns.keys()].filter(
    (name) => comparable(before?.[name]) !== comparable(after?.[name]),
  );
}

/**
 * The columns that a change is about: those that the caller sent, whether they are others now or not, and those that the
 * service moved with them. Source: Dataverse docs, the example of use-webhooks, which has `fullname` behind `firstname`.
 */
export function changedColumns(change: RowChange): string[] {
  const others = differing(change).filter(
    (name) => !STAMPS.includes(name) && !NO_ATTRIBUTES.has(name),
  );
  return [...new Set([...(change.sent ?? []), ...others])];
}

/** `Target` of a row that was made or changed. */
export function targetOf(change: RowChange): JsonObject {
  const { table, id, after = {}, sent = [] } = change;
  const names = new Set([...sent, table.primaryId, ...changedColumns(change), ...STAMPS]);
  const row = { ...after, [table.primaryId]: id };
  return { ...typed('Entity'), ...entity(table, id, attributes(table, row, names)) };
}

/** The same as it was asked for, without what the service did with it. */
export function requestedOf({ table, id, after = {}, sent = [] }: RowChange): JsonObject {
  const row = { ...after, [table.primaryId]: id };
  const names = new Set([...sent, table.primaryId]);
  return { ...typed('Entity'), ...entity(table, id, attributes(table, row, names)) };
}

/** An image: columns without a value are not in it. `names`: undefined takes all columns. */
export function imageOf(table: Table, id: string, row: Row, names?: readonly string[]): JsonObject {
  const wanted = [...(names ?? table.columns.keys()), table.primaryId].filter(
    (name) => (row[name] ?? null) !== null,
  );
  return entity(table, id, attributes(table, row, new Set(wanted)));
}
