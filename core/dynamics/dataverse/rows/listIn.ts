import { isWholeText } from '../../../http/url';
import { listOperation } from '../../../odata/operations';
import { pagesFrom, readPage } from '../../../odata/pages';
import { equalsText, fitsList, isInChunks } from '../../../odata/query';
import { answerOf, sendAll } from '../../../odata/sendAll';
import type { BatchOutcome, Dataverse, Row, SingleOperation } from '../types';

export interface InQuery {
  set: string;
  /** Column whose value must be one of `values`. */
  column: string;
  values: string[];
  select: string[];
}

interface Question {
  operation: SingleOperation;
  /** About one value that may be more than the service can read: a refusal says that there is no such row. */
  isAlone?: boolean;
}

function questions({ set, column, values: wanted, select }: InQuery): Question[] {
  const ask = (filter: string) => listOperation(set, { select, filter });
  // No address can hold half a character, and so no row is found by it; the other values still are.
  const values = wanted.filter(isWholeText);
  return [
    ...isInChunks(column, values.filter(fitsList)).map((filter) => ({ operation: ask(filter) })),
    ...values
      .filter((value) => !fitsList(value))
      .map((value) => ({ operation: ask(equalsText(column, value)), isAlone: true })),
  ];
}

async function rowsOf(
  client: Dataverse,
  { isAlone }: Question,
  answer: BatchOutcome | undefined,
): Promise<Row[]> {
  if (isAlone && answer?.ok === false && answer.error.class === 'validation') return [];
  const { rows, nextLink } = readPage(answerOf(answer));
  if (nextLink === undefined) return rows;
  const all = [...rows];
  const rest = pagesFrom(client.request, nextLink, { base: client.root });
  for await (const page of rest) all.push(...page);
  return all;
}

/**
 * Rows whose column has one of many values, for several tables in one batched request. For columns whose values
 * name one row or few, so that the rows of one query (some hundred values) fit on a page; pages beyond it are read
 * one by one. The service compares
 * without case and blanks at the end, and finds still others for values with wildcards: compare what is found.
 *
 * @returns one list per query, in their order. Rejects with the first failure: what is missing then is not known
 * to be absent.
 */
export async function listIn(client: Dataverse, queries: InQuery[]): Promise<Row[][]> {
  const perQuery = queries.map(questions);
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
