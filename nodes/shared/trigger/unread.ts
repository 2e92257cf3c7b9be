import { ServiceError } from '../../../core/errors';
import { inFlight } from '../../../core/http/in-flight';
import { settle } from '../../../core/outcome';
import type { Change } from '../../../core/feeds/poll';
import type { ChangeEvent } from '../../../core/feeds/records';
import type { AnyKind } from './definition';
import { isOfTheStore, mayBeOfTheStore, wholeRecords } from './whole';

/** A record of which the list told, and which could not be read as a whole; kept in the static data of the node. */
export interface Unread {
  id: string;
  /** What it would have been told as. */
  event: ChangeEvent;
}

/** More are not the fault of single records. Each costs two requests of every poll. */
const MOST_UNREAD = 50;

const AT_ONCE = 4;

/** What a poll has read, and what the next one has to read again. */
export interface ReadWhole {
  changes: Array<Change<object>>;
  unread: Unread[];
}

type Failed = Unread & { error: ServiceError };

/** Those of a former poll as the list has them now. What is gone from the store is forgotten. */
async function listedAgain<Store>(
  { get, listed = get }: AnyKind<Store>,
  store: Store,
  left: readonly Unread[],
): Promise<{ found: Array<Change<object>>; failed: Failed[] }> {
  const found: Array<Change<object>> = [];
  const failed: Failed[] = [];
  await inFlight(left, AT_ONCE, async (each) => {
    const readAt = Date.now();
    const answer = await settle(async () => await listed(store, each.id));
    if (answer.ok) found.push({ record: answer.value, event: each.event, readAt });
    else if (isOfTheStore(answer.error)) throw answer.error;
    else if (answer.error.class !== 'not-found') failed.push({ ...each, error: answer.error });
  });
  return { found, failed };
}

/** One may be at fault itself; of several that fail alike, and no other gets through, the store is. */
const areOfTheStore = (failed: readonly Failed[]): boolean =>
  failed.length > 1 && failed.every(({ error }) => mayBeOfTheStore(error));

/**
 * Changes as a whole, those that the former poll could not read among them. One that cannot be read keeps no other from being
 * put out: it is reported, and tried again with the next poll.
 *
 * @param report is told of each record that could not be read, and why
 */
export async function readWhole<Store>(
  kind: AnyKind<Store>,
  store: Store,
  changes: ReadonlyArray<Change<object>>,
  before: readonly Unread[],
  report: (id: string, error: ServiceError) => void,
): Promise<ReadWhole> {
  const { idOf, many } = kind.type;
  const events = new Map(before.map(({ id, event }) => [id, event]));
  // Nobody was told of its first change.
  const fresh = changes.map((change) => ({
    ...change,
    event: events.get(idOf(change.record)) ?? change.event,
  }));
  const freshIds = new Set(fresh.map(({ record }) => idOf(record)));
  const left = before.filter(({ id }) => !freshIds.has(id));
  const again = await listedAgain(kind, store, left);
  const { whole, unread } = await wholeRecords(kind, store, [...again.found, ...fresh]);
  const failed = [
    ...again.failed,
    ...unread.map(({ found: { record, event }, error }) => ({ id: idOf(record), event, error })),
  ];
  for (const { id, error } of failed) report(id, error);
  const [first] = failed;
  // Where nothing is new the poll has nothing to lose: what was left before is tried again in any case.
  const isOfAll = fresh.length > 0 && whole.length === 0 && areOfTheStore(failed);
  if (first && (failed.length > MOST_UNREAD || isOfAll)) {
    const { class: errorClass, fix, status } = first.error;
    throw new ServiceError(
      `${failed.length} ${many} cannot be read as a whole; the first: ${first.error.message}`,
      { class: errorClass, fix, status },
    );
  }
  return { changes: whole, unread: failed.map(({ id, event }) => ({ id, event })) };
}
