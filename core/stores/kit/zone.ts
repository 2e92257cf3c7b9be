import { validationError } from '../../errors';
import { dayAt, isZone, momentIn, timeAt } from '../../values';

/** The clock on the wall of a store that writes dates without saying their zone. */
export interface StoreZone {
  /**
   * What such a date (`2026-11-25 14:03:22`) stands for, in milliseconds since the epoch; undefined where it is none.
   * In the night in which clocks are put back an hour comes twice: the later of the two is meant, for a poll reads a
   * record again that seems to lie ahead, and never looks back for one that seems to be old.
   */
  momentOf(date: string | null | undefined): number | undefined;
  /** The day that it was in the store at a moment, such as `2026-11-25`. */
  dayOf(moment: Date): string;
  /** What the clock showed there, such as `14:03:22`. */
  timeOf(moment: Date): string;
}

/** @param name IANA name such as `America/New_York`; throws a `ServiceError` where there is no such zone */
export function storeZone(name: string): StoreZone {
  const zone = name.trim();
  if (!isZone(zone)) {
    throw validationError(
      `"${zone}" is not a time zone`,
      'Write the zone of the store in the credential as an IANA name, such as America/New_York or Europe/Berlin.',
    );
  }
  return {
    momentOf: (date) => momentIn(date, { zone, repeated: 'last' }),
    dayOf: (moment) => dayAt(moment.getTime(), zone),
    timeOf: (moment) => timeAt(moment.getTime(), zone),
  };
}
