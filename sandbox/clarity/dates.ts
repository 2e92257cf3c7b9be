import type { Document } from './model';

/**
 * Moves `modifiedDate` on: a second change within one millisecond moves it by one, so that every change can be told
 * from the one before.
 */
export function renew(document: Document, now: Date): void {
  const next = Math.max(now.getTime(), Date.parse(document.modifiedDate) + 1);
  document.modifiedDate = new Date(next).toISOString();
}
