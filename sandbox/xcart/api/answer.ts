import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentationLink, searchOf } from './hydra';
import { contentType, negotiate, suffixOf, type Format } from './negotiate';
import { Page } from './paging';
import { noRouteBody, Problem, Unauthorized } from './problems';
import { Query } from './query';
import type { Route } from './routes';

const HEADERS = {
  'cache-control': 'no-cache, private',
  vary: 'Accept',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'deny',
};

export const originOf = (request: FastifyRequest): string => `http://${request.host}`;

/** API Platform points to its documentation with whatever it answers. */
const headersOf = (request: FastifyRequest) => ({
  ...HEADERS,
  link: documentationLink(originOf(request)),
});

export const formatOf = (request: FastifyRequest): Format =>
  negotiate(suffixOf(request.originalUrl), request.headers.accept);

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? request.url;

const idOf = (item: object): string => ('id' in item ? String(item.id) : '');

function hydraView(page: Page, path: string, query: Query): object {
  const link = (number: number): string => `${path}?${query.withPage(number)}`;
  return {
    '@id': link(page.page),
    '@type': 'hydra:PartialCollectionView',
    'hydra:first': link(1),
    'hydra:last': link(page.lastPage),
    ...(page.page > 1 ? { 'hydra:previous': link(page.page - 1) } : {}),
    ...(page.page < page.lastPage ? { 'hydra:next': link(page.page + 1) } : {}),
  };
}

function hydraCollection(page: Page, route: Route, request: FastifyRequest): object {
  const { type } = route;
  const search = searchOf(route);
  const path = pathOf(request);
  return {
    '@context': `/api/contexts/${type}`,
    '@id': path,
    '@type': 'hydra:Collection',
    'hydra:member': page.items.map((item) => ({
      '@id': `${path}/${idOf(item)}`,
      '@type': type,
      ...item,
    })),
    'hydra:totalItems': page.total,
    'hydra:view': hydraView(page, path, new Query(request.url)),
    ...(search && { 'hydra:search': search }),
  };
}

function hydraItem(item: object, type: string, request: FastifyRequest): object {
  const path = pathOf(request);
  const iri = request.method === 'POST' ? `${path}/${idOf(item)}` : path;
  return { '@context': `/api/contexts/${type}`, '@id': iri, '@type': type, ...item };
}

function shaped(result: object, route: Route, request: FastifyRequest, format: Format): object {
  const linked = format === 'jsonld';
  if (result instanceof Page) {
    return linked ? hydraCollection(result, route, request) : result.items;
  }
  return linked ? hydraItem(result, route.type, request) : result;
}

/** text/html is what a browser asks for: the same document, readable. */
function asHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<!DOCTYPE html><title>X-Cart API</title><pre>${escaped}</pre>`;
}

/** Sends what a handler returned: an object, a page of them, or nothing (204). */
export function sendResult(
  request: FastifyRequest,
  reply: FastifyReply,
  result: object | undefined,
  route: Route,
): FastifyReply {
  void reply.headers(headersOf(request));
  if (result === undefined) return reply.code(204).send();
  const format = formatOf(request);
  const text = JSON.stringify(shaped(result, route, request, format));
  return reply
    .code(route.method === 'POST' ? 201 : 200)
    .type(contentType(format))
    .send(format === 'html' ? asHtml(text) : text);
}

function wantsHydra(request: FastifyRequest): boolean {
  try {
    return formatOf(request) === 'jsonld';
  } catch {
    return false;
  }
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const hydra = wantsHydra(request);
  const mime = hydra ? 'application/ld+json' : 'application/problem+json';
  return reply
    .code(problem.status)
    .headers({ ...headersOf(request), ...problem.headers })
    .type(`${mime}; charset=utf-8`)
    .send(JSON.stringify(hydra ? problem.hydraBody() : problem.body()));
}

function sendUnauthorized(reply: FastifyReply, error: Unauthorized): FastifyReply {
  if ('code' in error.body) void reply.header('www-authenticate', 'Bearer');
  return reply.code(401).type('application/json').send(JSON.stringify(error.body));
}

/** The answer to a path that the store does not have. */
export const sendNoRoute = (reply: FastifyReply): FastifyReply =>
  reply.code(404).type('application/problem+json; charset=utf-8').send(JSON.stringify(noRouteBody));

/** Every thrown error as the store answers it. What is not meant as an answer is a defect of the sandbox: 500. */
export function sendError(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Unauthorized) return sendUnauthorized(reply, error);
  if (error instanceof Problem) return sendProblem(request, reply, error);
  const status = error.statusCode ?? 500;
  const detail = status < 500 ? error.message : 'Internal Server Error';
  const defect = { 'x-sandbox-error': encodeURIComponent(error.message) };
  return sendProblem(request, reply, new Problem(status, detail, undefined, defect));
}

/** A document of the API itself, such as its entry point. */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: object,
): FastifyReply {
  return reply
    .headers(headersOf(request))
    .type(contentType('jsonld'))
    .send(JSON.stringify(document));
}
