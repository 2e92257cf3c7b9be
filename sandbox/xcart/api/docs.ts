import type { Route } from './routes';

const openApiPath = (path: string): string => `/api${path.replace(/:(\w+)/g, '{$1}')}`;

const parametersOf = (path: string): object[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

/** A short OpenAPI document of the paths that are served (`/api/docs.json`). */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: {
        tags: [route.type],
        summary: route.operation,
        parameters: parametersOf(route.path),
        responses: { default: { description: route.type } },
      },
    };
  }
  return {
    openapi: '3.0.2',
    info: { title: 'X-Cart API (sandbox)', version: '5.5.0' },
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
    },
    security: [{ apiKey: [] }],
  };
}
