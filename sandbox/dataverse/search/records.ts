import type { JsonObject } from '../options';
import { parseFilter } from '../dialect';
import { DataverseError, errors } from '../errors';
import type { Call } from '../operations/call';
import { compileFilter } from '../query/filter';
import { formattedValue, nameOf } from '../query/format';
import { ANNOTATIONS, toJson } from '../query/render';
import type { Table } from '../schema/model';
import { isSearched, quickFindColumns } from '../schema/search';
import type { ColumnSchema } from '../schema/types';
import { privilegeName, requirePrivilege } from '../security/privileges';
import { isReference, type Row } from '../store/row';
import { parseSearch } from './expression';
import { type Match, matchOf, type SearchedText, searchedText } from './match';
import type { SearchEntity, SearchRequest } from './request';
import { highlighted } from './words';

/** Records that are what is asked for. */

export interface FoundRecord extends Match {
  table: Table;
  row: Row;
}

/** One table of a search. */
export interface Scope {
  table: Table;
  /** Columns that are looked at, and those that are shown. */
  search: readonly ColumnSchema[];
  select: readonly ColumnSchema[];
  test(row: Row): boolean;
}

const TEXTS: ReadonlySet<string> = new Set([
  'string',
  'memo',
  'lookup',
  'picklist',
  'status',
  'state',
]);

function columnsNamed(table: Table, names: readonly string[]): ColumnSchema[] {
  return names.map((name) => {
    const column = table.columns.get(name);
    if (column) return column;
    throw errors.invalidArgument(`'${table.name}' has no column '${name}'.`);
  });
}

/** Documented: where a table is named, no columns mean the primary name alone; where it is not, those of Quick Find. */
function namesOf(table: Table, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return quickFindColumns(table);
  return given.length > 0 ? given : [table.schema.primaryName];
}

function mayRead({ engine, session }: Call, table: Table): boolean {
  try {
    requirePrivilege(engine, session, privilegeName(table, 'Read'));
    return true;
  } catch (error) {
    if (error instanceof DataverseError) return false;
    throw error;
  }
}

/** The tables of a search; what the user cannot read is not searched. */
export function scopesOf(call: Call, request: SearchRequest): Scope[] {
  const { model } = call.engine;
  const searched = model.tables.filter(isSearched);
  const entities: readonly SearchEntity[] =
    request.entities ?? searched.map(({ name }) => ({ name }));
  return entities
    .map((entity) => {
      const table = searched.find(({ name }) => name === entity.name);
      if (table) return { entity, table };
      throw errors.invalidArgument(`The table '${entity.name}' is not enabled for search.`);
    })
    .filter(({ table }) => mayRead(call, table))
    .map(({ entity, table }) => scopeOf(call, request, entity, table));
}

function scopeOf(call: Call, request: SearchRequest, entity: SearchEntity, table: Table): Scope {
  const filters = [request.filter, entity.filter, request.tableFilters?.get(table.name)];
  const tests = filters
    .filter((filter) => filter !== undefined)
    .map((filter) => compileFilter(call.engine, table, parseFilter(withZones(filter))));
  return {
    table,
    search: columnsNamed(table, namesOf(table, entity.search)),
    select: columnsNamed(table, namesOf(table, entity.select)),
    test: (row) => tests.every((test) => test(row)),
  };
}

/** Filters of a search write times without a zone, and mean UTC. */
const withZones = (filter: string): string =>
  filter.replace(/\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(?![\d.Z+-])/gi, '$1Z');

/** What of a record is searched: names of what it points to, and labels of its choices, too. */
function textsOf({ engine }: Call, { search }: Scope, row: Row): SearchedText[] {
  const texts: SearchedText[] = [];
  for (const column of search) {
    const value = row[column.name] ?? null;
    if (value === null || !TEXTS.has(column.type)) continue;
    const text =
      typeof value === 'string' ? value : (formattedValue(engine, column, value, row) ?? '');
    if (text !== '') texts.push(searchedText(column.name, text));
  }
  return texts;
}

/** All that is found, the best first. */
export function findRecords(call: Call, request: SearchRequest): FoundRecord[] {
  const expression = parseSearch(request.search, request);
  if (!expression) return [];
  const found: FoundRecord[] = [];
  for (const scope of scopesOf(call, request)) {
    for (const row of call.engine.database.store(scope.table.name).rows.values()) {
      if (!scope.test(row)) continue;
      const match = matchOf(expression, textsOf(call, scope, row));
      if (match) found.push({ ...match, table: scope.table, row });
    }
  }
  return found.sort((left, right) => right.score - left.score);
}

export function highlightsOf({ hits }: Match): Record<string, string[]> {
  return Object.fromEntries(
    [...hits].map(([{ column, text }, words]) => [column, [highlighted(text, [...words])]]),
  );
}

/** The columns of a record as a search shows them: of a lookup its name and table too. */
export function attributesOf(
  { engine }: Call,
  row: Row,
  columns: readonly ColumnSchema[],
  formatted: boolean,
): JsonObject {
  const shown: JsonObject = {};
  for (const column of columns) {
    const value = row[column.name] ?? null;
    const isTime = column.type === 'datetime' || column.type === 'date';
    const text = value === null ? undefined : formattedValue(engine, column, value, row);
    // The first version has the text of a time in place of it.
    shown[column.name] = isTime && !formatted && text !== undefined ? text : toJson(value);
    if (isReference(value)) {
      const target = engine.database.find(value);
      shown[`${column.name}name`] = nameOf(engine, value.table, target) ?? null;
      shown[`@search.${column.name}.logicalname`] = value.table;
    } else if (formatted && text !== undefined) {
      shown[`${column.name}@${ANNOTATIONS.formattedValue}`] = text;
    }
  }
  return shown;
}
