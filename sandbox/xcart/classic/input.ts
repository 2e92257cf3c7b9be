import type { FastifyRequest } from 'fastify';

/** What PHP makes of `a[b][0]=c`: tables inside tables, and texts. */
export type PhpValue = string | PhpTable;
export interface PhpTable {
  [key: string]: PhpValue;
}

/** Anything that came as JSON or as a form. */
export type Model = Record<string, unknown>;

export type ClassicMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];

/** A request as the module RESTAPI reads it. */
export interface ClassicRequest {
  method: ClassicMethod;
  key: string;
  /** The model's class, such as `order` or `payment-transaction`. */
  entity: string;
  /** What stands behind the slash of `_path`; undefined without one: the request is about all of them. */
  id?: string;
  schema: string;
  conditions: PhpTable;
}

/** The 400 of the module: its reason goes into the header `X-REST-Error`. */
export class RestError extends Error {}

function put(table: PhpTable, keys: readonly string[], value: string): void {
  const [first = '', ...rest] = keys;
  const key = first === '' ? String(Object.keys(table).length) : first;
  if (rest.length === 0) {
    table[key] = value;
    return;
  }
  const known = table[key];
  const inner: PhpTable = typeof known === 'object' ? known : {};
  table[key] = inner;
  put(inner, rest, value);
}

/** `parse_str` of PHP. */
export function phpTable(text: string): PhpTable {
  const table: PhpTable = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [head = ''] = name.split('[', 1);
    // `a[b][0]` is split at each opening bracket; what stands behind the closing one is passed over.
    const keys = name
      .split('[')
      .slice(1)
      .map((part) => part.split(']', 1)[0] ?? '');
    put(table, [head, ...keys], value);
  }
  return table;
}

export const queryOf = (url: string): PhpTable => phpTable(url.split('?')[1] ?? '');

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function methodOf(request: FastifyRequest, query: PhpTable): ClassicMethod {
  const header = request.headers['x-http-method-override'];
  const said = textOf(query._method) || textOf(header) || request.method;
  const method = said.toUpperCase();
  return METHODS.includes(method) ? (method as ClassicMethod) : 'GET';
}

export function readRequest(request: FastifyRequest): ClassicRequest {
  const query = queryOf(request.url);
  const [entity = '', id] = textOf(query._path).split('/');
  return {
    method: methodOf(request, query),
    key: textOf(query._key),
    entity: entity.toLowerCase(),
    id: id?.trim(),
    schema: textOf(query._schema).toLowerCase() || 'default',
    conditions: typeof query._cnd === 'object' ? query._cnd : {},
  };
}

/** The module's own parameters, which are none of the model where that is not in `model`. */
const SERVICE_KEYS = new Set(['target', 'action', '_key', '_path', '_method', '_schema', '_cnd']);

function parsed(request: FastifyRequest): Model {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (text === '') return {};
  if (!/application\/json/i.test(request.headers['content-type'] ?? '')) return phpTable(text);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Model;
  } catch {
    // The same answer as for JSON that is no table.
  }
  throw new RestError('Input data is incorrect');
}

/** What is to be written: `model[field]` of address or form, a JSON body, or the fields of the form themselves. */
export function modelOf(request: FastifyRequest): Model {
  const body = parsed(request);
  const query = queryOf(request.url);
  for (const { model } of [body, query]) {
    if (typeof model === 'object' && model !== null) return model as Model;
  }
  return Object.fromEntries(
    Object.entries({ ...query, ...body }).filter(([key]) => !SERVICE_KEYS.has(key)),
  );
}
