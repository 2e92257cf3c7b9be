import { errors } from '../errors';
import { isJsonObject } from '../../odata/http/message';
import type { JsonObject, JsonValue } from '../options';

/** What a search is asked for, by whichever of its versions. */
export interface SearchRequest {
  search: string;
  /** Tables; left out: all that are searched. */
  entities?: readonly SearchEntity[];
  /** Filter for all tables. */
  filter?: string;
  /** Filters of single tables, by their names. */
  tableFilters?: ReadonlyMap<string, string>;
  facets: readonly string[];
  count: boolean;
  skip: number;
  top?: number;
  orderBy: readonly string[];
  lucene: boolean;
  all: boolean;
  fuzzy: boolean;
}

export interface SearchEntity {
  name: string;
  /** Left out: what the version shows by itself. */
  select?: readonly string[];
  search?: readonly string[];
  filter?: string;
}

export type SearchVersion = '1.0' | '2.0';

/** Documented: the term has up to 100 characters. */
const MAX_TERM = 100;
export const MAX_TOP = 100;

/**
 * Reads the body of either version. In the second one lists and options are texts that hold JSON. Names are taken in any
 * case, as documentation and samples write them in several.
 */
export function readRequest(
  body: JsonObject,
  version: SearchVersion,
  fewest: number,
): SearchRequest {
  const given = inLowerCase(body);
  const options = inLowerCase(objectIn(given.options));
  const { search } = given;
  if (typeof search !== 'string' || search.trim() === '') {
    throw errors.invalidArgument("'search' needs a text.");
  }
  if (search.length > MAX_TERM || search.length < fewest) {
    throw errors.invalidArgument(`'search' takes ${fewest} to ${MAX_TERM} characters.`);
  }
  return {
    search,
    ...tablesIn(given, version),
    facets: textsIn(given, 'facets'),
    count: given.count === true || given.returntotalrecordcount === true,
    skip: numberIn(given, 'skip') ?? 0,
    top: topIn(given),
    orderBy: textsIn(given, 'orderby'),
    lucene: given.searchtype === 'full' || options.querytype === 'lucene',
    all: [given.searchmode, options.searchmode].includes('all'),
    fuzzy: given.fuzzy === true || given.usefuzzy === true,
  };
}

function topIn(given: JsonObject): number | undefined {
  const top = numberIn(given, 'top');
  if (top === undefined || (top >= 1 && top <= MAX_TOP)) return top;
  throw errors.invalidArgument(`'top' must be 1 to ${MAX_TOP}.`);
}

const inLowerCase = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));

function numberIn(given: JsonObject, name: string): number | undefined {
  const value = given[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw errors.invalidArgument(`'${name}' must be a whole number.`);
}

/** JSON in a text; samples write it with single quotes too. */
function parsed(text: string, name: string): JsonValue {
  for (const source of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(source) as JsonValue;
    } catch {
      // The other way of writing is tried next.
    }
  }
  throw errors.invalidArgument(`'${name}' must be a text that holds JSON.`);
}

function objectIn(value: JsonValue | undefined): JsonObject {
  const read = typeof value === 'string' ? parsed(value, 'options') : (value ?? {});
  return read !== null && isJsonObject(read) ? read : {};
}

/** A list of texts, or a text that holds one. */
function textsIn(given: JsonObject, name: string): string[] {
  const value = given[name] ?? null;
  const isList = typeof value === 'string' && /^\s*(?:\[|null)/.test(value);
  const read = isList ? parsed(value, name) : value;
  if (read === null) return [];
  if (Array.isArray(read)) return read.map(String);
  // A single clause as plain text.
  return [String(read)];
}

type Tables = Pick<SearchRequest, 'entities' | 'filter' | 'tableFilters'>;

function tablesIn(given: JsonObject, version: SearchVersion): Tables {
  const filter = typeof given.filter === 'string' && given.filter !== '' ? given.filter : undefined;
  const { entities: value = null } = given;
  const read = typeof value === 'string' ? parsed(value, 'entities') : value;
  const entities = Array.isArray(read) && read.length > 0 ? read.map(entityIn) : undefined;
  if (version === '2.0' || filter === undefined) return { entities, filter };
  return { entities, tableFilters: filtersByTable(filter) };
}

function entityIn(value: JsonValue): SearchEntity {
  if (typeof value === 'string') return { name: value };
  const entity = value !== null && isJsonObject(value) ? inLowerCase(value) : {};
  if (typeof entity.name !== 'string') throw errors.invalidArgument("'entities' needs names.");
  const list = (name: string): string[] | undefined => {
    const texts = textsIn(entity, name);
    return texts.length > 0 ? texts : undefined;
  };
  return {
    name: entity.name,
    select: list('selectcolumns') ?? [],
    search: list('searchcolumns') ?? [],
    filter: typeof entity.filter === 'string' ? entity.filter : undefined,
  };
}

/** `account:modifiedon ge 2020-04-27T00:00:00, contact: (statecode eq 0)`: the first version filters by table. */
const filtersByTable = (source: string): Map<string, string> =>
  new Map(
    source.split(/,(?=\s*[a-z_]\w*\s*:)/i).map((part): [string, string] => {
      const [, name, filter] = /^\s*(\w+)\s*:(.*)$/s.exec(part) ?? [];
      if (name === undefined || filter === undefined) {
        throw errors.invalidArgument("'filter' must be written as 'table:filter'.");
      }
      return [name, filter.trim()];
    }),
  );
