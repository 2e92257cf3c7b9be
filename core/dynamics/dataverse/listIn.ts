import { listOperation } from './operations';
import { isInChunks } from './query';
import { sendAll } from './sendAll';
import type { Dataverse, Row, SingleOperation } from './types';

export interface InQuery {
  set: string;
  /** Column whose value must be one of `values`. */
  column: string;
  values: string[];
  select: string[];
}

function operations({ set, column, values, select }: InQuery): SingleOperation[] {
  return isInChunks(column, values).map((filter) => listOperation(set, { select, filter }));
}

function rowsOf(body: unknown): Row[] {
  const value = (body as { value?: unknown } | undefined)?.value;
  return Array.isArray(value) ? (value as Row[]) : [];
}

/**
 * Rows whose column has one of many values, for several tables in one batched request. For columns whose values
 * name one row or few: the rows of one query (some hundred values) must fit on a page.
 *
 * @returns one list per query, in their order. Rejects with the first failure: what is missing then is not known
 * to be absent.
 */
export async function listIn(client: Dataverse, queries: InQuery[]): Promise<Row[][]> {
  const perQuery = queries.map(operations);
  const answers = await sendAll(client, perQuery.flat());
  const lists = answers.map((answer) => {
    if (!answer.ok) throw answer.error;
    return rowsOf(answer.body);
  });
  let next = 0;
  return perQuery.map(({ length }) => lists.slice(next, (next += length)).flat());
}
