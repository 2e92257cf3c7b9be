import { toServiceError, validationError } from '../../../errors';
import type { RecordKey, Row } from '../../../odata/types';
import { guidIn, isBlank } from '../../../values';
import { nameOfTarget } from '../../lookups';
import type { Column, LookupTarget, Metadata } from '../../tables';
import { keySegment } from '../operations';
import { Misfit, toWireValue } from './values';

export interface RowOptions {
  mode: 'create' | 'update';
}

/** One row of the other table: its GUID where only one table is possible, else with the table. */
export type LookupValue = string | { table?: string; id: RecordKey } | null;

interface TableShape {
  name: string;
  columns: Map<string, Column>;
  /** Navigation property → lookup and target, for rows that name it directly (`customerid_account`). */
  navigation: Map<string, { column: Column; target: LookupTarget }>;
}

/** Built once per table and metadata object. */
const shapes = new WeakMap<Column[], TableShape>();

function shapeOf(name: string, columns: Column[]): TableShape {
  const known = shapes.get(columns);
  if (known) return known;
  const shape: TableShape = {
    name,
    columns: new Map(columns.map((column) => [column.name, column])),
    navigation: new Map(
      columns.flatMap((column) =>
        (column.targets ?? []).flatMap((target) => {
          const named = nameOfTarget(column, target);
          const names = named === column.name ? [target.navigationProperty] : [named];
          return names.map((name) => [name, { column, target }]);
        }),
      ),
    ),
  };
  shapes.set(columns, shape);
  return shape;
}

function names(targets: LookupTarget[]): string {
  return targets.map(({ table }) => table).join(', ') || 'no table of this environment';
}

function targetOf(targets: LookupTarget[], table: string | undefined): LookupTarget {
  const [only, ...others] = targets;
  const found = targets.find((target) => target.table === table || target.entitySetName === table);
  if (found) return found;
  if (table !== undefined) throw new Misfit(`points to ${names(targets)}, not to ${table}`);
  if (!only) throw new Misfit('points to no table of this environment');
  // Of the owners of a row, an ID alone is that of a user.
  const isOneWay = others.every((one) => one.navigationProperty === only.navigationProperty);
  if (isOneWay) return only;
  throw new Misfit(`may point to ${names(targets)}; say which with { "table": "…", "id": "…" }`);
}

/** `accountnumber=A-1`: the row with this value of an alternate key of one column. */
const BY_KEY = /^\s*([A-Za-z_]\w*)\s*=\s*(\S[\s\S]*)$/;

const REFERENCE = /^\/?([A-Za-z_]\w*)(\(.+\))$/;

/** `["customerid_account@odata.bind", "/accounts(…)"]` (Dataverse docs: associate-disassociate-entities). */
function lookupEntry(value: unknown, targets: LookupTarget[]): [string, string | null] {
  const bind = ({ navigationProperty }: LookupTarget) => `${navigationProperty}@odata.bind`;
  if (value === null || isBlank(value))
    return [bind(targetOf(targets.slice(0, 1), undefined)), null];
  if (typeof value === 'string') {
    const reference = REFERENCE.exec(value);
    if (reference)
      return [bind(targetOf(targets, reference[1])), `/${reference[1]}${reference[2]}`];
    const [, name, key = ''] = BY_KEY.exec(value) ?? [];
    const id = name === undefined ? guidIn(value) : { [name]: key.trimEnd() };
    if (id === undefined) {
      throw new Misfit('takes the GUID of a row, or column=value of an alternate key');
    }
    const target = targetOf(targets, undefined);
    return [bind(target), `/${target.entitySetName}${keySegment(id)}`];
  }
  if (typeof value === 'object' && 'id' in value) {
    const { table, id } = value as { table?: string; id: RecordKey };
    const target = targetOf(targets, table);
    return [bind(target), `/${target.entitySetName}${keySegment(id)}`];
  }
  throw new Misfit('takes the GUID of a row, or { "table": "…", "id": "…" }');
}

/** Annotations that belong to writing; all others came along from a read. */
const WRITTEN_ANNOTATION = /@odata\.(?:bind|type|id)$/;

function isFromRead(name: string): boolean {
  return (name.includes('@') && !WRITTEN_ANNOTATION.test(name)) || /^_\w+_value$/.test(name);
}

function similar(shape: TableShape, name: string): string {
  const wanted = name.toLowerCase().replace(/\W/g, '');
  const near = [...shape.columns.values()].find(
    (column) =>
      column.name.replace(/^[a-z]+_/, '') === wanted ||
      column.name === wanted ||
      column.displayName.toLowerCase().replace(/\W/g, '') === wanted,
  );
  return near ? `; did you mean ${near.name}` : '';
}

/** What a column becomes on the wire; nothing where Dataverse would refuse it or has no use for it. */
function wireEntry(
  shape: TableShape,
  name: string,
  value: unknown,
  { mode }: RowOptions,
): [string, unknown] | undefined {
  if (WRITTEN_ANNOTATION.test(name)) return [name, value];
  const direct = shape.navigation.get(name);
  const column = shape.columns.get(name) ?? direct?.column;
  if (!column) throw new Misfit(`is not a column of ${shape.name}${similar(shape, name)}`);
  if (!(mode === 'create' ? column.creatable : column.updatable)) return undefined;
  if (column.type !== 'lookup') return [name, toWireValue(value, column)];
  if (mode === 'create' && isBlank(value)) return undefined;
  const named = !shape.columns.has(name) && direct ? [direct.target] : undefined;
  return lookupEntry(value, named ?? column.targets ?? []);
}

function problem(name: string, error: unknown): string {
  if (error instanceof Misfit) return `${name} ${error.message}`;
  return `${name}: ${toServiceError(error).message}`;
}

/**
 * A row in friendly columns as the Web API takes it: lookups become `@odata.bind`, values take the type of their
 * column, rows of a collection (deep insert) are turned likewise, and what cannot be written is left out.
 * Dates without a zone are UTC.
 * @throws a validation error that names every column with a problem
 */
export async function toWireRow(
  metadata: Metadata,
  table: string,
  row: Row,
  options: RowOptions,
): Promise<Row> {
  const shape = shapeOf(table, await metadata.columns(table));
  const wire: Row = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined || isFromRead(name)) continue;
    try {
      const entry =
        Array.isArray(value) && !shape.columns.has(name)
          ? await collectionEntry(metadata, shape, name, value, options)
          : wireEntry(shape, name, value, options);
      if (entry) wire[entry[0]] = entry[1];
    } catch (error) {
      problems.push(problem(name, error));
    }
  }
  if (problems.length === 0) return wire;
  throw validationError(
    `The row does not fit ${table}: ${problems.join('; ')}.`,
    'Correct the mapping of the columns named here.',
  );
}

async function collectionEntry(
  metadata: Metadata,
  shape: TableShape,
  name: string,
  rows: unknown[],
  options: RowOptions,
): Promise<[string, Row[]]> {
  const collections = await metadata.collections(shape.name);
  const collection = collections.find(({ navigationProperty }) => navigationProperty === name);
  if (!collection) throw new Misfit(`is neither a column nor a collection of ${shape.name}`);
  if (options.mode === 'update') {
    throw new Misfit('cannot be written together with an update; write its rows by themselves');
  }
  const wire: Row[] = [];
  for (const child of rows) {
    if (typeof child !== 'object' || child === null) throw new Misfit('takes a list of rows');
    wire.push(await toWireRow(metadata, collection.table, child as Row, options));
  }
  return [name, wire];
}
