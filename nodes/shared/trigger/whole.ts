import type { ErrorClass, ServiceError } from '../../../core/errors';
import { inFlight } from '../../../core/http/in-flight';
import { settle } from '../../../core/outcome';
import type { AnyKind } from './definition';

/** Records that are asked for at the same time. */
const AT_ONCE = 4;

/** Records of one poll where each costs a request: what a slow shop answers within the share that reading leaves. */
export const MOST_COMPLETED = 250;

const OF_THE_STORE: ReadonlySet<ErrorClass> = new Set([
  'authentication',
  'configuration',
  'throttled',
  'transient',
]);

/** The server answered, and failed: at the one record, or at whatever it is asked for. */
const isOfTheServer = ({ class: errorClass, status = 0 }: ServiceError): boolean =>
  errorClass === 'transient' && status >= 500;

/** Whether a failure has nothing to do with the one record that was asked for: the next would fail as well. */
export const isOfTheStore = (error: ServiceError): boolean =>
  OF_THE_STORE.has(error.class) && !isOfTheServer(error);

/** Whether only what became of the others tells if a failure has to do with the one record that was asked for. */
export const mayBeOfTheStore = (error: ServiceError): boolean =>
  error.class === 'permission' || isOfTheServer(error);

/** More show that the server is down, and each costs the waits between its attempts. */
const MOST_OF_THE_SERVER = 10;

/** Records with what only each alone has, as a webhook brings them, too; and those of which that could not be read. */
export interface Whole<Found> {
  whole: Found[];
  unread: Array<{ found: Found; error: ServiceError }>;
}

/**
 * Records of a list as a whole. One that cannot be read keeps no other from being put out; rejects where it is not the fault
 * of the record.
 */
export async function wholeRecords<Store, Found extends { record: object }>(
  { complete }: AnyKind<Store>,
  store: Store,
  found: Found[],
): Promise<Whole<Found>> {
  if (!complete) return { whole: found, unread: [] };
  const result: Whole<Found> = { whole: [], unread: [] };
  let ofTheServer = 0;
  const answers = await inFlight(found, AT_ONCE, async (each) => {
    const answer = await settle(async () => await complete(store, each.record));
    if (answer.ok) return { each, answer };
    if (isOfTheServer(answer.error)) ofTheServer += 1;
    if (isOfTheStore(answer.error) || ofTheServer > MOST_OF_THE_SERVER) throw answer.error;
    return { each, answer };
  });
  for (const { each, answer } of answers) {
    if (answer.ok) result.whole.push({ ...each, record: answer.value });
    else result.unread.push({ found: each, error: answer.error });
  }
  return result;
}
