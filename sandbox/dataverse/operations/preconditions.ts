import { errors } from '../errors';
import { etagOf } from '../query/render';
import type { Row } from '../store/row';
import type { Call } from './call';

/** Header values; `null` is what Microsoft's own clients send to defeat caches, and means nothing. */
function header({ request }: Call, name: 'if-match' | 'if-none-match'): string | undefined {
  const value = request.headers[name]?.trim();
  return value === undefined || value === '' || value === 'null' ? undefined : value;
}

/** Precondition of PATCH and DELETE on a row that exists. Source: Dataverse docs, perform-conditional-operations. */
export function checkExisting(call: Call, row: Row): void {
  if (header(call, 'if-none-match') === '*') throw errors.recordExists();
  const match = header(call, 'if-match');
  if (match !== undefined && match !== '*' && match !== etagOf(row)) throw errors.versionMismatch();
}

/** Precondition of PATCH on a row that does not exist: `If-Match` forbids making it. */
export function mayCreate(call: Call): boolean {
  return header(call, 'if-match') === undefined;
}

/** Conditional GET: 304 when the row is the one the client has. Never together with expand or annotations. */
export function isUnchanged(call: Call, row: Row): boolean {
  const { options, prefer } = call;
  if (options.expand.length > 0 || prefer.hasAnnotations) return false;
  return header(call, 'if-none-match') === etagOf(row);
}
