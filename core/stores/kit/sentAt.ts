import type { StoreZone } from './zone';

/** When goods were sent: a moment, or a day alone such as `2026-05-03`, which is that day in every zone. */
export type SentAt = Date | string;

/** ISO 8601. Of a day its middle in UTC, which is on that day nearly everywhere; its first moment is the day before in America. */
export const momentOfSent = (at: SentAt): string =>
  typeof at === 'string' ? `${at}T12:00:00.000Z` : at.toISOString();

/** The day that it was in the store. */
export const dayOfSent = (at: SentAt, zone: StoreZone): string =>
  typeof at === 'string' ? at : zone.dayOf(at);
