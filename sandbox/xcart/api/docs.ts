import type { Field, Fields } from './fields';
import type { Route } from './routes';

export const isList = ({ method, operation }: Route): boolean =>
  method === 'GET' && operation.startsWith('list ');

const openApiPath = (path: string): string => `/api${path.replace(/:(\w+)/g, '{$1}')}`;

const parameter = (name: string, where: string, required: boolean): object => ({
  name,
  in: where,
  required,
  schema: { type: 'string' },
});

function parametersOf({ path, filters = {} }: Route): object[] {
  return [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name = '']) => parameter(name, 'path', true)),
    ...Object.keys(filters).map((name) => parameter(name, 'query', false)),
  ];
}

const property = ({ type, isReadOnly }: Field): object => ({
  type,
  ...(type === 'array' && { items: {} }),
  ...(isReadOnly && { readOnly: true }),
});

function schemaOf(fields: Fields): object {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, property(field)])),
    required: entries.filter(([, field]) => field.isRequired).map(([name]) => name),
  };
}

const asJson = (schema: object): object => ({ content: { 'application/json': { schema } } });

function operationOf(route: Route): object {
  const { type, operation, method, fields } = route;
  const reference = { $ref: `#/components/schemas/${type}` };
  const shown = isList(route) ? { type: 'array', items: reference } : reference;
  const success = { POST: '201', DELETE: '204' }[method as string] ?? '200';
  const answer = method === 'DELETE' || !fields ? {} : asJson(shown);
  const takesBody = fields && (method === 'POST' || method === 'PUT');
  return {
    tags: [type],
    summary: operation,
    parameters: parametersOf(route),
    ...(takesBody && { requestBody: { ...asJson(reference), required: true } }),
    responses: { [success]: { description: type, ...answer } },
  };
}

/** The OpenAPI document of the paths that are served (`/api/docs.json`). */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  const schemas: Record<string, object> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
    if (route.fields) schemas[route.type] ??= schemaOf(route.fields);
  }
  return {
    openapi: '3.0.2',
    info: { title: 'X-Cart API', description: 'The sandbox of X-Cart 5.5', version: '1.0.0' },
    servers: [{ url: '/', description: '' }],
    paths,
    components: {
      schemas,
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
    },
    security: [{ apiKey: [] }],
  };
}
