import { results, type Answer } from './answer';
import type { Version } from './auth';
import { manyRows, oneRow } from './body';
import { ApiError, errorResult, nothingFound, type Result } from './errors';
import { filtered, type Filters } from './filters';
import type { Query } from './query';
import type { Call, Method, Route } from './routes';
import type { Row } from './shape';

/** A resource whose records are listed, read, created, changed and deleted by one pattern. */
export interface Collection<T extends object> {
  /** Below the version: `/Orders`, `/Orders/:orderid/Transactions`. */
  path: string;
  /** Absent: in both. */
  versions?: readonly Version[];
  /** Key of the id in a record, and in the results of writes. */
  idKey: string;
  /** What one is called in XML. */
  element: string;
  /** What the counters call one. */
  noun: string;
  /** Most records of one request. */
  most: number;
  /** All that there are, in ascending order of their ids. Throws where a parent is missing. */
  rows(call: Call): readonly T[];
  idOf(row: T): string | number;
  /** Where the id stands in what was sent; absent: under its key. */
  givenId?(given: Row): unknown;
  filters?: Filters<T>;
  /** As the version of the API shows it; absent: as it is. */
  show?(row: T, call: Call): object;
  create?(call: Call, given: Row): T;
  update?(call: Call, row: T, given: Row): void;
  remove?(call: Call, row: T): void;
}

const DEFAULT_LIMIT = 10;

/** `offset` is the number of the first record, from 1; 0 counts as 1, as recorded. */
function page<T>(rows: readonly T[], query: Query, most: number): readonly T[] {
  const first = Math.max(1, query.whole('offset') ?? 1) - 1;
  const limit = query.whole('limit') ?? DEFAULT_LIMIT;
  const size = Math.min(most, limit > 0 ? limit : DEFAULT_LIMIT);
  const found = rows.slice(first, first + size);
  if (found.length === 0) throw nothingFound();
  return found;
}

const result = (idKey: string, id: string | number, status: number, message: string): Result => ({
  Key: idKey,
  Value: String(id),
  Status: String(status),
  Message: message,
});

/** The answer to a read: always an array, except for a count. */
export function listAnswer<T extends object>(
  call: Call,
  rows: readonly T[],
  { most, element, show = (row) => row }: Pick<Collection<T>, 'most' | 'element' | 'show'>,
): Answer {
  if (call.query.isOn('countonly')) {
    return { status: 200, body: { TotalCount: rows.length }, element: 'Count' };
  }
  const body = page(rows, call.query, most).map((row) => show(row, call));
  return { status: 200, body, element };
}

/** What one record of a bulk write was refused for stands among the results of the others, or is the answer. */
function bulkAnswer<T>(given: readonly T[], call: Call, work: (one: T) => Result): Answer {
  const { bulkFailure } = call.store.switches;
  const refused: number[] = [];
  const list = given.map((one) => {
    try {
      return work(one);
    } catch (error) {
      if (bulkFailure === 'first' || !(error instanceof ApiError)) throw error;
      refused.push(error.status);
      return errorResult(error);
    }
  });
  return results(bulkFailure === 'elementsAndStatus' ? (refused[0] ?? 200) : 200, list);
}

class Operations<T extends object> {
  constructor(private readonly all: Collection<T>) {}

  list(call: Call): Answer {
    const { filters = {}, rows } = this.all;
    return listAnswer(call, filtered(rows(call), filters, call.query), this.all);
  }

  read(call: Call): Answer {
    const { element, show = (row) => row } = this.all;
    return { status: 200, body: [show(this.found(call, call.text('id')), call)], element };
  }

  create(call: Call, create: NonNullable<Collection<T>['create']>): Answer {
    const { idKey, idOf } = this.all;
    const made = create(call, oneRow(call.body()));
    return results(201, [result(idKey, idOf(made), 201, 'Created successfully')]);
  }

  update(call: Call, update: NonNullable<Collection<T>['update']>): Answer {
    const { idKey, idOf } = this.all;
    const row = this.found(call, call.text('id'));
    update(call, row, oneRow(call.body()));
    return results(200, [result(idKey, idOf(row), 200, 'updated successfully')]);
  }

  updateMany(call: Call, update: NonNullable<Collection<T>['update']>): Answer {
    const { idKey, idOf, most, givenId = (given: Row) => given[idKey], rows } = this.all;
    const given = manyRows(call.body(), most);
    const byId = new Map(rows(call).map((row) => [String(idOf(row)), row]));
    return bulkAnswer(given, call, (one) => {
      const row = byId.get(String(givenId(one)));
      if (row === undefined) throw nothingFound();
      update(call, row, one);
      return result(idKey, idOf(row), 200, 'updated successfully');
    });
  }

  remove(call: Call, remove: NonNullable<Collection<T>['remove']>): Answer {
    const { idKey, idOf } = this.all;
    const row = this.found(call, call.text('id'));
    remove(call, row);
    return results(200, [result(idKey, idOf(row), 200, 'deleted successfully')]);
  }

  private found(call: Call, id: string): T {
    const row = this.all.rows(call).find((each) => String(this.all.idOf(each)) === id);
    if (row === undefined) throw nothingFound();
    return row;
  }
}

/** The routes of a resource; a verb without a function is a verb that it does not have. */
export function collectionRoutes<T extends object>(collection: Collection<T>): Route[] {
  const { path, versions, noun, create, update, remove } = collection;
  const run = new Operations(collection);
  const route = (
    method: Method,
    below: string,
    verb: string,
    handle: Route['handle'] | undefined,
  ): Route[] =>
    handle === undefined
      ? []
      : [{ method, path: `${path}${below}`, versions, operation: `${verb} ${noun}`, handle }];
  return [
    ...route('GET', '', 'list', (call) => run.list(call)),
    ...route('POST', '', 'create', create && ((call) => run.create(call, create))),
    ...route('PUT', '', 'update many', update && ((call) => run.updateMany(call, update))),
    ...route('GET', '/:id', 'read', (call) => run.read(call)),
    ...route('PUT', '/:id', 'update', update && ((call) => run.update(call, update))),
    ...route('DELETE', '/:id', 'delete', remove && ((call) => run.remove(call, remove))),
  ];
}
