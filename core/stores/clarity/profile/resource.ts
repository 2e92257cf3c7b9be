import type { Resource } from './schema';

type Names = Omit<Resource, 'list' | 'get' | 'create' | 'update' | 'remove' | 'upsert'>;

/** One kind of record with the paths of the contract of the product brief. */
export function restResource(
  path: string,
  names: Names,
  modifiedSince: string | null = 'modifiedSince',
): Resource {
  return {
    ...names,
    list: { method: 'GET', path, modifiedSince },
    get: { method: 'GET', path: `${path}/{id}` },
    create: { method: 'POST', path },
    update: { method: 'PATCH', path: `${path}/{id}` },
    remove: { method: 'DELETE', path: `${path}/{id}` },
    upsert: { method: 'PUT', path: `${path}/by-key/{externalId}` },
  };
}

/** One kind of record of a ServiceStack deployment: `/Ordering/SalesOrders` and, below it, the id. */
export function stackResource(schema: string, entities: string, names: Names): Resource {
  const list = `/${schema}/${entities}`;
  return {
    ...names,
    list: { method: 'GET', path: list, modifiedSince: null },
    get: { method: 'GET', path: `${list}/{id}` },
    create: { method: 'POST', path: list },
    update: { method: 'PUT', path: `${list}/{id}` },
    remove: { method: 'DELETE', path: `${list}/{id}` },
    upsert: null,
  };
}
