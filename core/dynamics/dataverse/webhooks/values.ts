import { isRow } from '../../../odata/answers';
import type { Row } from '../../../odata/types';
import type { Column, ColumnType } from '../../tables';

/**
 * Values as the execution context of a plug-in writes them (Dataverse docs: use-webhooks), turned into what the Web API
 * gives for the same column. Nothing here fails: what has another form than is known stays as it came, without `__type`.
 */

/** What is known of the columns of the table that is followed; a null is a lookup's or not, and a day has no time. */
export interface Shape {
  /** Logical name. */
  table: string;
  types: ReadonlyMap<string, ColumnType>;
}

export const shapeOf = (table: string, columns: readonly Column[]): Shape => ({
  table,
  types: new Map(columns.map(({ name, type }) => [name, type])),
});

/** Lookups that every table has: what they hold is a lookup's even where it is null. */
const USUAL_LOOKUPS: ReadonlySet<string> = new Set([
  ...['createdby', 'createdonbehalfby', 'modifiedby', 'modifiedonbehalfby'],
  ...['ownerid', 'owninguser', 'owningteam', 'owningbusinessunit', 'transactioncurrencyid'],
]);

const FORMATTED = '@OData.Community.Display.V1.FormattedValue';
const LOOKED_UP = '@Microsoft.Dynamics.CRM.lookuplogicalname';

/** As Dataverse writes what is no row. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** An ID in lower case; undefined for what is none, and for the empty one. */
export function idIn(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) && text !== NO_ID
    ? text
    : undefined;
}

/** Milliseconds since the epoch, whatever zone stands behind them: that only says where the clock hung. */
const DATE = /^\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\/$/;

/** `2026-11-28T10:00:00Z`, as the Web API writes it; undefined for what is no such date. */
export function momentOf(value: unknown): string | undefined {
  const [, digits] = (typeof value === 'string' && DATE.exec(value)) || [];
  const moment = new Date(Number(digits));
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString().replace('.000Z', 'Z');
}

/** `Money:http://schemas.microsoft.com/xrm/2011/Contracts` → `Money` */
function typeOf(value: Row): string {
  const type = value['__type'];
  return typeof type === 'string' ? (type.split(':')[0] ?? '') : '';
}

/** `[{ key, value }, …]`, as every dictionary of .NET is written. */
export function pairsIn(value: unknown): Array<[string, unknown]> {
  const pairs = Array.isArray(value) ? value.filter(isRow) : [];
  return pairs.flatMap(({ key, value: held }): Array<[string, unknown]> =>
    typeof key === 'string' ? [[key, held]] : [],
  );
}

export function isEntity(value: unknown): value is Row {
  return isRow(value) && Array.isArray(value['Attributes']);
}

export function isReference(value: unknown): value is Row {
  if (!isRow(value) || isEntity(value)) return false;
  return typeOf(value) === 'EntityReference' || ('Id' in value && 'LogicalName' in value);
}

const isChoice = (value: unknown): value is Row =>
  isRow(value) && typeOf(value) === 'OptionSetValue';

/** What is said without columns: parameters, shared variables, members of an object of a type that is not known. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    // Several choices, which the Web API writes as one text; none at all are null there.
    return value.length > 0 && value.every(isChoice)
      ? value.map((choice) => String(choice['Value'])).join(',')
      : value.map(plainValue);
  }
  if (!isRow(value)) return momentOf(value) ?? value;
  switch (typeOf(value)) {
    case 'OptionSetValue':
    case 'Money':
      return value['Value'] ?? null;
    case 'AliasedValue':
      return plainValue(value['Value']);
    case 'EntityCollection':
      return rowsIn(value['Entities']);
    default:
  }
  if (isEntity(value)) return rowIn(value);
  if (isReference(value)) return { table: value['LogicalName'], id: idIn(value['Id']) ?? null };
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]) =>
      name === '__type' ? [] : [[name, plainValue(held)]],
    ),
  );
}

const rowsIn = (value: unknown): Row[] =>
  Array.isArray(value) ? value.filter(isEntity).map((entity) => rowIn(entity)) : [];

function lookup(name: string, reference: Row, text: unknown): Row {
  const id = idIn(reference['Id']);
  // It points by the values of an alternate key, and the ID is not said: the row itself has to be asked.
  if (id === undefined) return {};
  const column = `_${name}_value`;
  const formatted = text ?? reference['Name'];
  return {
    ...(typeof formatted === 'string' && { [`${column}${FORMATTED}`]: formatted }),
    ...(typeof reference['LogicalName'] === 'string' && {
      [`${column}${LOOKED_UP}`]: reference['LogicalName'],
    }),
    [column]: id,
  };
}

function valueOf(value: unknown, type: ColumnType | undefined): unknown {
  // A text may look like a date, and a choice of none is null.
  if (type === 'string' || type === 'memo') return value;
  if (type === 'choices' && Array.isArray(value) && value.length === 0) return null;
  if (type === 'date') return momentOf(value)?.slice(0, 10) ?? value;
  return plainValue(value);
}

/** One column with its annotations, which the Web API writes before the value. */
function column(name: string, value: unknown, type: ColumnType | undefined, text: unknown): Row {
  const held = isRow(value) && typeOf(value) === 'AliasedValue' ? value['Value'] : value;
  if (isReference(held)) return lookup(name, held, text);
  const isLookup = type === undefined ? USUAL_LOOKUPS.has(name) : type === 'lookup';
  if (held === null && isLookup) return { [`_${name}_value`]: null };
  return {
    ...(typeof text === 'string' && { [`${name}${FORMATTED}`]: text }),
    [name]: valueOf(held, type),
  };
}

/** Rows that were created together with this one. */
function related(value: unknown): Row {
  return Object.fromEntries(
    pairsOfRelationships(value).map(([name, collection]) => [
      name,
      rowsIn(isRow(collection) ? collection['Entities'] : undefined),
    ]),
  );
}

function pairsOfRelationships(value: unknown): Array<[string, unknown]> {
  const pairs = Array.isArray(value) ? value.filter(isRow) : [];
  return pairs.flatMap(({ key, value: held }): Array<[string, unknown]> => {
    const name = isRow(key) ? key['SchemaName'] : key;
    return typeof name === 'string' ? [[name, held]] : [];
  });
}

/** An entity as the row that the Web API gives with annotations. */
export function rowIn(entity: Row, shape?: Shape): Row {
  const isShaped = shape !== undefined && entity['LogicalName'] === shape.table;
  const texts = new Map(pairsIn(entity['FormattedValues']));
  const row: Row = {};
  for (const [name, value] of pairsIn(entity['Attributes'])) {
    const type = isShaped ? shape.types.get(name) : undefined;
    Object.assign(row, column(name, value, type, texts.get(name)));
  }
  return { ...row, ...related(entity['RelatedEntities']) };
}
