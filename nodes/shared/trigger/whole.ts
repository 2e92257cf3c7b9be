import { inFlight } from '../../../core/http/in-flight';
import { settle } from '../../../core/outcome';
import type { AnyKind } from './definition';

/** Records that are asked for at the same time. */
const AT_ONCE = 4;

/** Records of one poll where each costs a request: what a slow shop answers within the share that reading leaves. */
export const MOST_COMPLETED = 250;

/**
 * Records of a list with what only each alone has, as a webhook brings them, too. One that was deleted since its list was
 * read is left out.
 */
export async function wholeRecords<Store, Found extends { record: object }>(
  { complete }: AnyKind<Store>,
  store: Store,
  found: Found[],
): Promise<Found[]> {
  if (!complete) return found;
  const whole = await inFlight(found, AT_ONCE, async (each) => {
    const answer = await settle(async () => await complete(store, each.record));
    if (answer.ok) return [{ ...each, record: answer.value }];
    if (answer.error.class === 'not-found') return [];
    throw answer.error;
  });
  return whole.flat();
}
