import { isOneOf, listPath } from './paths';
import type { Dataverse, Row, SingleOperation } from './types';

export interface InQuery {
  set: string;
  /** Column whose value must be one of `values`. */
  column: string;
  values: string[];
  select: string[];
}

/** Some 200 GUIDs make 10 KB of URL; inside a batch 64 KB are allowed (Dataverse docs: query-data-web-api). */
const VALUES_PER_QUERY = 200;

function chunks<T>(values: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_unused, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function operations({ set, column, values, select }: InQuery): SingleOperation[] {
  return chunks(values, VALUES_PER_QUERY).map((part) => ({
    method: 'GET',
    path: listPath(set, { select, filter: isOneOf(column, part) }),
  }));
}

function rowsOf(body: unknown): Row[] {
  const value = (body as { value?: unknown } | undefined)?.value;
  return Array.isArray(value) ? (value as Row[]) : [];
}

/**
 * Rows whose column has one of many values, for several tables in one batched request.
 *
 * @returns one list per query, in their order. Rejects with the first failure: what is missing then is not known
 * to be absent.
 */
export async function listIn(client: Dataverse, queries: InQuery[]): Promise<Row[][]> {
  const perQuery = queries.map(operations);
  const all = perQuery.flat();
  if (all.length === 0) return queries.map(() => []);
  const answers = await client.batch(all);
  const lists = answers.map((answer) => {
    if (!answer.ok) throw answer.error;
    return rowsOf(answer.body);
  });
  let next = 0;
  return perQuery.map(({ length }) => lists.slice(next, (next += length)).flat());
}
