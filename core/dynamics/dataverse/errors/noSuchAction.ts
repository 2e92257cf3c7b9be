import type { ServiceError } from '../../../errors';

/**
 * How Microsoft.OData words that a part of the address leads nowhere: of the root of the service, and of a row or a
 * set that has no such action. Statuses and codes beside it differ, and so count for nothing.
 */
const NO_SEGMENT = /Resource not found for the segment '(?:Microsoft\.Dynamics\.CRM\.)?(\w+)/i;

/** The same of a set: nothing behind it is bound to it (Microsoft.OData, RequestUriProcessor_CannotQueryCollections). */
const NOTHING_BEHIND = /segment '(\w+)' refers to a collection, this must be the last segment/i;

/**
 * Whether an error proves that an action does not exist where it was called, so that nothing of it was carried out
 * and another form of it may be tried. An error of the action itself, such as of a row that is not there, does not.
 *
 * @param set the set that the action was called behind, where it was
 */
export function isNoSuchAction({ message }: ServiceError, name: string, set?: string): boolean {
  const missing = NO_SEGMENT.exec(message)?.[1];
  if (missing !== undefined) return missing.toLowerCase() === name.toLowerCase();
  return set !== undefined && NOTHING_BEHIND.exec(message)?.[1] === set;
}
