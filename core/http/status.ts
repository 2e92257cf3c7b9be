import type { ErrorClass } from '../errors';

const CLASSES: Record<number, ErrorClass> = {
  400: 'validation',
  401: 'authentication',
  403: 'permission',
  404: 'not-found',
  405: 'validation',
  408: 'transient',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  413: 'validation',
  414: 'validation',
  415: 'validation',
  422: 'validation',
  425: 'transient',
  429: 'throttled',
  501: 'validation',
};

/** What a status means where the service's own code says nothing more exact. */
export function classifyStatus(status: number): ErrorClass {
  return CLASSES[status] ?? (status >= 500 ? 'transient' : 'unknown');
}
