import { found } from '../api/lookup';
import { paginate, wholeList } from '../api/paging';
import type { Fields } from '../api/fields';
import type { Call, Method, Route } from '../api/routes';

/** A resource of which records are listed, read, created, updated and deleted by the same pattern. */
export interface Crud<T> {
  /** Below `/api`. */
  path: string;
  /** Name of the id in the path. */
  idName: string;
  type: string;
  /** What the counters call one record. */
  noun: string;
  /** The records to list; reading below an unknown parent is the list's own matter. */
  list(call: Call): T[];
  /** Where the records are; throws 404 when a parent does not exist. */
  records(call: Call): ReadonlyMap<number, T>;
  show(record: T, call: Call): object;
  /** The whole list comes at once, whatever page is asked for. */
  unpaged?: true;
  /** For the documentation. */
  fields?: Fields;
  /** Parameters that narrow or sort the list, each with the property that it looks at. */
  filters?: Route['filters'];
  create?(call: Call): T;
  update?(call: Call, record: T): void;
  remove?(call: Call, record: T): void;
}

/** The routes of a resource; a verb without a function is a verb that the store does not have. */
export function crudRoutes<T>(crud: Crud<T>): Route[] {
  const record = (call: Call): T => found(crud.records(call), call.id(crud.idName));
  const itemPath = `${crud.path}/:${crud.idName}`;
  const route = (
    method: Method,
    path: string,
    verb: string,
    handle: Route['handle'] | undefined,
  ): Route[] => {
    if (handle === undefined) return [];
    const { type, noun, fields, filters } = crud;
    const isList = verb === 'list';
    const words = { type, operation: `${verb} ${noun}`, fields, ...(isList && { filters }) };
    return [{ method, path, ...words, handle }];
  };
  const { create, update, remove } = crud;
  return [
    ...route('GET', crud.path, 'list', (call) => {
      const show = (each: T): object => crud.show(each, call);
      return crud.unpaged
        ? wholeList(crud.list(call), show)
        : paginate(crud.list(call), call.query, show);
    }),
    ...route('POST', crud.path, 'create', create && ((call) => crud.show(create(call), call))),
    ...route('GET', itemPath, 'read', (call) => crud.show(record(call), call)),
    ...route(
      'PUT',
      itemPath,
      'update',
      update &&
        ((call) => {
          const known = record(call);
          update(call, known);
          return crud.show(known, call);
        }),
    ),
    ...route(
      'DELETE',
      itemPath,
      'delete',
      remove &&
        ((call) => {
          remove(call, record(call));
          return undefined;
        }),
    ),
  ];
}
