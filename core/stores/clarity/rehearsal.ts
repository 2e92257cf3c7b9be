/** What the writes of a deployment are about, for dry runs: its profile says it, as it says everything else. */
import type { Pages } from '../../http/pages';
import type { Asked, Document, Place, StoreRehearsal, WriteRoute } from '../kit/rehearsal';
import type { Query } from '../kit/rest';
import { toList } from '../kit/scalars';
import { textIn } from '../../values';
import { readPath, withNames, writePath } from './profile/paths';
import {
  type FieldMap,
  type Profile,
  type Resource,
  type ResourceName,
  RESOURCES,
} from './profile/schema';

type Named = [ResourceName, Resource];

const resourcesOf = ({ resources }: Profile): Named[] =>
  RESOURCES.flatMap((name): Named[] => {
    const resource = resources[name];
    return resource ? [[name, resource]] : [];
  });

/** Where the service has a field: what the profile does not name has the pack's own name. */
function pathOf(fields: FieldMap | null | undefined, name: string): string {
  const field = fields?.[name];
  return typeof field === 'string' ? field : name;
}

const segment = (id: string | undefined): string => encodeURIComponent(id ?? '');

/** Where the record with an id is read: by itself, else in its list. */
function placeOfId({ get, list, id }: Resource, own: string | undefined): Place | undefined {
  if (get) return { read: get.path.replace('{id}', segment(own)) };
  return list ? { list: list.path, key: { [id]: own } } : undefined;
}

/** Where the record with an external id stands in its list, which is asked for it where the profile says how. */
function placeOfKey({ list, fields }: Resource, key: string | undefined): Place | undefined {
  if (!list) return undefined;
  const parameter = list.where?.['externalId'];
  const query: Query | undefined = parameter ? { ...list.query, [parameter]: key } : undefined;
  return { list: list.path, query, key: { [pathOf(fields, 'externalId')]: key } };
}

function routesOf([name, resource]: Named): WriteRoute[] {
  const { create, update, remove, upsert, fields } = resource;
  const common = { table: () => name };
  const routes: WriteRoute[] = [];
  if (upsert) {
    routes.push({
      ...common,
      methods: [upsert.method],
      path: upsert.path,
      action: 'set',
      place: ({ ids }) => placeOfKey(resource, ids['externalId']),
      document: ({ row, ids }) => {
        const document = { ...row };
        writePath(document, pathOf(fields, 'externalId'), ids['externalId'], row);
        return document;
      },
    });
  }
  for (const [action, request] of [
    ['update', update],
    ['delete', remove],
  ] as const) {
    if (!request) continue;
    const { method, path } = request;
    const place: WriteRoute['place'] = ({ ids }) => placeOfId(resource, ids['id']);
    routes.push({ ...common, methods: [method], path, action, place });
  }
  if (create)
    routes.push({ ...common, methods: [create.method], path: create.path, action: 'create' });
  return routes;
}

/** Rows that are written in bulk are known by what the service calls SKU, warehouse and ids in them. */
function bulkRoute(
  bulk: Profile['prices'],
  resource: Resource | null | undefined,
  table: ResourceName,
  keys: readonly string[],
): WriteRoute[] {
  if (!bulk?.bulk || !resource?.list) return [];
  const { list, fields } = resource;
  const paths = keys.map((name) => pathOf(fields, name));
  const place = ({ row }: Asked): Place => {
    const said = paths.map((path) => [path, readPath(row, path)]);
    return {
      list: list.path,
      key: Object.fromEntries(said.filter(([, is]) => is !== undefined)) as Document,
    };
  };
  return [
    {
      methods: [bulk.bulk.method],
      path: bulk.bulk.path,
      action: 'update',
      table: () => table,
      rows: (body) => toList(bulk.rows ? readPath(body, bulk.rows) : body) as Document[],
      place,
    },
  ];
}

const KNOWN_BY = ['orderNumber', 'sku', 'email', 'code', 'invoiceNumber', 'name'];

/** @param pages how the list at a path is read, whichever resource it is of */
export function clarityRehearsal(
  profile: Profile,
  base: string,
  pages: (list: string, query?: Query) => Pages<unknown>,
): StoreRehearsal {
  const { resources, envelope, success, stock, prices } = profile;
  const all = resourcesOf(profile);
  const ofList = (path: string): Named | undefined =>
    all.find(([, { list, create }]) => list?.path === path || create?.path === path);
  const bulkPaths = [stock?.bulk?.path, prices?.bulk?.path];
  /** An answer that is a success by what the profile says of one. */
  function succeeded(body: object): object {
    if (!success || Array.isArray(body)) return body;
    const told = structuredClone(body);
    writePath(told, success.at, success.is);
    return told;
  }
  function wrapped(record: Document): object {
    if (!envelope.record) return record;
    const body = {};
    writePath(body, envelope.record, record);
    return succeeded(body);
  }
  return {
    system: 'Clarity',
    base,
    pages,
    routes: [
      ...bulkRoute(stock, resources.inventory, 'inventory', ['sku', 'warehouse']),
      ...bulkRoute(prices, resources.products, 'products', ['productId', 'sku']),
      ...all.flatMap(routesOf),
    ],
    idAt: (path) => {
      const [, resource] = ofList(path) ?? [];
      return resource?.id;
    },
    valueIn: readPath,
    put: (record, path, value) => writePath(record, path, value, record),
    recordIn: (answer) => readPath(answer, envelope.record) ?? answer,
    answerWith: wrapped,
    answer: (done) => {
      const [one] = done;
      if (one && !one.route.rows)
        return { status: 200, body: one.after ? wrapped(one.after) : succeeded({}) };
      const isOfStock = one?.path === bulkPaths[0];
      const { results } = (isOfStock ? stock : prices) ?? {};
      const told = done.map(({ row, refused }) =>
        refused ? { ...row, status: refused.status } : row,
      );
      if (!results) return { status: 200, body: told };
      const body = {};
      writePath(body, results, told);
      return { status: 200, body: succeeded(body) };
    },
    nameOf: (record, table) => {
      const named = withNames(record, resources[table as ResourceName]?.fields) as Document;
      const [known] = KNOWN_BY.flatMap((column) => textIn(named[column]) || []);
      const place = textIn(named['warehouse']);
      return known && place ? `${known} in ${place}` : known;
    },
  };
}
