import { isWholeText } from '../http/url';
import { listOperation } from './operations';
import { pagesFrom, readPage } from './pages';
import { encodeQuery, eq, type Filter } from './query';
import { answerOf, sendAll } from './sendAll';
import type { ODataService } from './service';
import type { BatchOutcome, Expand, ODataClient, Row, SingleOperation } from './types';

export interface InQuery {
  set: string;
  /** Column whose value must be one of `values`. */
  column: string;
  values: string[];
  /** Left out: all columns. */
  select?: string[];
  /** Rows of others that belong to each. */
  expand?: Expand[];
}

interface Question {
  operation: SingleOperation;
  /** About one value that may be more than the service can read: a refusal says that there is no such row. */
  isAlone?: boolean;
}

/** Filters for any number of values: as many as keep each address short enough. */
export function filtersFor(
  { many, limits }: Pick<ODataService, 'many' | 'limits'>,
  column: string,
  values: string[],
): Filter[] {
  const chunks: string[][] = [];
  let length = limits.filter;
  for (const value of new Set(values)) {
    const added = encodeQuery(JSON.stringify(value)).length + 1;
    const isFull = chunks.at(-1)?.length === limits.filterValues;
    if (isFull || length + added > limits.filter) {
      chunks.push([]);
      length = 0;
    }
    chunks.at(-1)?.push(value);
    length += added;
  }
  return chunks.map((chunk) => many.isIn(column, chunk));
}

function questions(
  service: ODataService,
  { set, column, values: wanted, select, expand }: InQuery,
): Question[] {
  const { fits = () => true, equals = eq } = service.many;
  const ask = (filter: string): SingleOperation => ({
    ...listOperation(service, set, { select, expand, filter }),
    among: { column, values: wanted },
  });
  // No address can hold half a character, and so no row is found by it; the other values still are.
  const values = [...new Set(wanted)].filter(isWholeText);
  return [
    ...filtersFor(service, column, values.filter(fits)).map((filter) => ({
      operation: ask(filter),
    })),
    ...values
      .filter((value) => !fits(value))
      .map((value) => ({ operation: ask(equals(column, value)), isAlone: true })),
  ];
}

async function rowsOf(
  client: ODataClient,
  { isAlone }: Question,
  answer: BatchOutcome | undefined,
): Promise<Row[]> {
  if (isAlone && answer?.ok === false && answer.error.class === 'validation') return [];
  const { rows, nextLink } = readPage(client.service, answerOf(answer));
  if (nextLink === undefined) return rows;
  const all = [...rows];
  const rest = pagesFrom(client, nextLink);
  for await (const page of rest) all.push(...page);
  return all;
}

/**
 * Rows whose column has one of many values, for several tables in one batched request. For columns whose values
 * name one row or few, so that the rows of one query (some hundred values) fit on a page; pages beyond it are read
 * one by one. A service may compare without case and blanks at the end, and find still others for values with
 * wildcards: compare what is found.
 *
 * @returns one list per query, in their order. Rejects with the first failure: what is missing then is not known
 * to be absent.
 */
export async function listIn(client: ODataClient, queries: InQuery[]): Promise<Row[][]> {
  const perQuery = queries.map((query) => questions(client.service, query));
  const asked = perQuery.flat();
  const answers = await sendAll(
    client,
    asked.map(({ operation }) => operation),
  );
  const lists = await Promise.all(
    asked.map((question, index) => rowsOf(client, question, answers[index])),
  );
  let next = 0;
  return perQuery.map(({ length }) => lists.slice(next, (next += length)).flat());
}
