import { errors } from '../errors';
import type { Call } from '../operations/call';
import type { JsonObject, JsonValue } from '../options';
import { formattedValue, nameOf } from '../query/format';
import { toJson } from '../query/render';
import { isReference, type Value } from '../store/row';
import type { FoundRecord } from './records';

/**
 * How what is found falls into groups: `ownerid,count:100`, `account:primarycontactid`, `createdon,values:…|…`. Source:
 * Dataverse docs, search/query and search/legacy.
 */

interface Facet {
  /** As it is asked for, which is the name that it is answered by. */
  name: string;
  table?: string;
  column: string;
  count: number;
  sort: string;
  values?: readonly string[];
}

const ENTITY_NAMES: ReadonlySet<string> = new Set(['entityname', '@search.entityname']);

/** Documented: 10 groups where nothing is said. */
const DEFAULT_COUNT = 10;

function readFacet(source: string): Facet {
  const [name = '', ...settings] = source.split(',').map((part) => part.trim());
  const given = new Map(
    settings.map((setting): [string, string] => {
      const colon = setting.indexOf(':');
      return [setting.slice(0, colon), setting.slice(colon + 1)];
    }),
  );
  for (const key of given.keys()) {
    if (!['count', 'sort', 'values'].includes(key)) {
      throw errors.notImplemented(`The setting '${key}' of a facet`);
    }
  }
  const [, table, column] = /^(\w+)[:.](\w+)$/.exec(name) ?? [];
  return {
    name,
    ...(table === undefined ? {} : { table }),
    column: column ?? name,
    count: Number(given.get('count') ?? DEFAULT_COUNT),
    sort: given.get('sort') ?? 'count',
    values: given.get('values')?.split('|'),
  };
}

interface Group {
  value: JsonValue;
  text: string | undefined;
  count: number;
}

const ORDERS: Readonly<Record<string, (left: Group, right: Group) => number>> = {
  count: (left, right) => right.count - left.count,
  '-count': (left, right) => left.count - right.count,
  value: (left, right) => String(left.value).localeCompare(String(right.value)),
  '-value': (left, right) => String(right.value).localeCompare(String(left.value)),
};

export function facetsOf(
  call: Call,
  found: readonly FoundRecord[],
  sources: readonly string[],
): JsonObject {
  return Object.fromEntries(
    sources.map(readFacet).map((facet) => {
      const own = found.filter(
        ({ table }) => facet.table === undefined || facet.table === table.name,
      );
      const ranges = facet.values && rangesOf(facet, own, facet.values);
      return [facet.name, ranges ?? groupsOf(call, facet, own)];
    }),
  );
}

function groupsOf(call: Call, facet: Facet, found: readonly FoundRecord[]): JsonObject[] {
  const groups = new Map<string, Group>();
  for (const record of found) {
    const { value, text } = valueIn(call, facet, record);
    if (value === null) continue;
    const key = String(value);
    const group = groups.get(key) ?? { value, text, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const order = ORDERS[facet.sort];
  if (!order) throw errors.invalidArgument(`'sort' of a facet cannot be '${facet.sort}'.`);
  return [...groups.values()]
    .sort(order)
    .slice(0, facet.count)
    .map(({ value, text, count }) => ({
      Type: 'Value',
      Value: value,
      ...(text === undefined ? {} : { OptionalValue: text }),
      Count: count,
    }));
}

function valueIn({ engine }: Call, { column: name }: Facet, { table, row }: FoundRecord) {
  if (ENTITY_NAMES.has(name)) return { value: table.name, text: undefined };
  const column = table.columns.get(name);
  const value: Value = row[name] ?? null;
  if (!column || value === null) return { value: null, text: undefined };
  const text = isReference(value)
    ? nameOf(engine, value.table, engine.database.find(value))
    : formattedValue(engine, column, value, row);
  return { value: toJson(value), text };
}

/** Bounds in ascending order make one group more than there are of them. */
function rangesOf(
  { column }: Facet,
  found: readonly FoundRecord[],
  bounds: readonly string[],
): JsonObject[] {
  const numbers = bounds.map(numberOf);
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const { row } of found) {
    const value = row[column] ?? null;
    if (value === null || isReference(value)) continue;
    const place = numbers.filter((bound) => bound <= numberOf(String(value))).length;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count, index) => ({
    Type: 'Range',
    ...(index > 0 ? { From: bounds[index - 1] ?? null } : {}),
    ...(index < bounds.length ? { To: bounds[index] ?? null } : {}),
    Count: count,
  }));
}

/** A number, or a time, which is UTC where it says no zone. */
function numberOf(text: string): number {
  if (!text.includes('-')) return Number(text);
  const hasZone = !text.includes('T') || /(?:Z|[+-]\d\d:\d\d)$/i.test(text);
  return Date.parse(hasZone ? text : `${text}Z`);
}
