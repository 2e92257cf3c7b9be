import type { Call } from '../operations/call';
import type { JsonObject } from '../options';
import { facetsOf } from './facets';
import { ordered } from './order';
import {
  attributesOf,
  findRecords,
  type FoundRecord,
  highlightsOf,
  type Scope,
  scopesOf,
} from './records';
import { readRequest, type SearchRequest, type SearchVersion } from './request';
import { highlighted, hit, isWithin, type Word, wordsOf } from './words';

/** What each search answers, in the words of either version. Source: Dataverse docs, search/query, suggest, autocomplete. */

type Search = (call: Call, body: JsonObject, version: SearchVersion) => JsonObject;

/** Documented: 50 records of a query and 5 suggestions where nothing is said. */
const QUERY_TOP = 50;
const SUGGEST_TOP = 5;

/** Characters that a term has at least: documented for suggestions, and for the others. */
const FEWEST = { query: 1, suggest: 3, autocomplete: 1 } as const;

const rounded = (score: number): number => Number(score.toFixed(6));

const query = (call: Call, body: JsonObject, version: SearchVersion): JsonObject => {
  const request = readRequest(body, version, FEWEST.query);
  const found = ordered(findRecords(call, request), request.orderBy);
  const shown = found.slice(request.skip, request.skip + (request.top ?? QUERY_TOP));
  const scopes = new Map(scopesOf(call, request).map((scope) => [scope.table.name, scope]));
  const count = request.count ? found.length : -1;
  const facets = facetsOf(call, found, request.facets);
  if (version === '1.0') {
    const value = shown.map((record) => plainRecord(call, record, scopes.get(record.table.name)));
    return { value, facets: request.facets.length > 0 ? facets : null, totalrecordcount: count };
  }
  const Value = shown.map((record) => richRecord(call, record, scopes.get(record.table.name)));
  return { Error: null, Value, Facets: facets, QueryContext: null, Count: count };
};

/** The first version names tables alone, and shows their columns of Quick Find. */
const plainRecord = (call: Call, record: FoundRecord, scope: Scope | undefined): JsonObject => ({
  '@search.score': rounded(record.score),
  '@search.highlights': highlightsOf(record),
  '@search.entityname': record.table.name,
  '@search.objectid': String(record.row[record.table.primaryId]),
  '@search.objecttypecode': record.table.schema.objectTypeCode,
  ...attributesOf(call, record.row, scope?.select ?? [], false),
});

/** The code of the table stands among the attributes; beside them it is 0, as the documented answers have it. */
const richRecord = (call: Call, record: FoundRecord, scope: Scope | undefined): JsonObject => ({
  Id: String(record.row[record.table.primaryId]),
  EntityName: record.table.name,
  ObjectTypeCode: 0,
  Attributes: {
    '@search.objecttypecode': record.table.schema.objectTypeCode,
    ...attributesOf(call, record.row, scope?.select ?? [], true),
  },
  Highlights: highlightsOf(record),
  Score: rounded(record.score),
});

/** The primary name of every record that a search may read, with its words. */
function* namesIn(call: Call, request: SearchRequest) {
  for (const scope of scopesOf(call, request)) {
    const { primaryName } = scope.table.schema;
    for (const row of call.engine.database.store(scope.table.name).rows.values()) {
      const name = row[primaryName];
      if (typeof name !== 'string' || !scope.test(row)) continue;
      yield { scope, row, name, words: wordsOf(name) };
    }
  }
}

/** Whether a word begins as it is typed, by one letter more or less where that is asked for. */
const begins = ({ text }: Word, typed: string, fuzzy: boolean): boolean =>
  text.startsWith(typed) || (fuzzy && isWithin(text.slice(0, typed.length), typed, 1));

const suggest = (call: Call, body: JsonObject, version: SearchVersion): JsonObject => {
  const request = readRequest(body, version, FEWEST.suggest);
  const typed = wordsOf(request.search).map(({ text }) => text);
  const found: Array<FoundRecord & { text: string; scope: Scope }> = [];
  for (const { scope, row, name, words } of namesIn(call, request)) {
    const parts = typed.map((one) => words.find((word) => begins(word, one, request.fuzzy)));
    const hits = parts.filter((word) => word !== undefined);
    if (hits.length < typed.length || hits.length === 0) continue;
    const marks = hits.map(({ start }, index) => ({
      start,
      end: start + (typed[index] ?? '').length,
    }));
    const score = hits.length / Math.sqrt(words.length);
    const text = highlighted(name, marks);
    found.push({ table: scope.table, row, score, hits: new Map(), text, scope });
  }
  const best = ordered(
    found.sort((left, right) => right.score - left.score),
    request.orderBy,
  ) as typeof found;
  const shown = best.slice(0, request.top ?? SUGGEST_TOP).map(({ text, row, scope }) => ({
    text,
    document: documentOf(call, scope, row, version),
  }));
  if (version === '1.0') return { value: shown };
  const Value = shown.map(({ text, document }) => ({ Text: text, Document: document }));
  return { Error: null, Value, QueryContext: null };
};

function documentOf(
  call: Call,
  { table, select }: Scope,
  row: FoundRecord['row'],
  version: SearchVersion,
): JsonObject {
  const name = table.columns.get(table.schema.primaryName);
  const columns = version === '1.0' ? select : select.filter((column) => column === name);
  return {
    '@search.objectid': String(row[table.primaryId]),
    '@search.entityname': table.name,
    '@search.objecttypecode': table.schema.objectTypeCode,
    ...attributesOf(call, row, columns, false),
  };
}

/** The last word, as most names go on with it. */
const autocomplete = (call: Call, body: JsonObject, version: SearchVersion): JsonObject => {
  const request = readRequest(body, version, FEWEST.autocomplete);
  const typed = wordsOf(request.search).at(-1);
  const counts = new Map<string, number>();
  for (const { words } of namesIn(call, request)) {
    for (const word of words) {
      if (typed && begins(word, typed.text, request.fuzzy)) {
        counts.set(word.text, (counts.get(word.text) ?? 0) + 1);
      }
    }
  }
  const [best] = [...counts].sort(
    ([left, most], [right, other]) => other - most || left.localeCompare(right),
  );
  const value = best && typed ? request.search.slice(0, typed.start) + hit(best[0]) : null;
  return version === '1.0' ? { value } : { Error: null, Value: value, QueryContext: null };
};

export const SEARCHES: Readonly<Record<keyof typeof FEWEST, Search>> = {
  query,
  suggest,
  autocomplete,
};

export const isSearch = (name: string): name is keyof typeof SEARCHES =>
  Object.hasOwn(SEARCHES, name);
