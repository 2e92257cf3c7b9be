/** What operations note in orders beside their statuses, such as movements of money: it is no change when the order comes back. */
import { isDryRun } from '../../../core/dryRun';
import { inFlight } from '../../../core/http/in-flight';
import { type Outcome, settle } from '../../../core/outcome';
import type { StoreIdentity } from '../../../core/feeds/records';
import type { OrderSides } from '../../../core/stores/kit/orderSides';
import { WRITES_IN_FLIGHT } from '../../../core/stores/kit/writes';
import { isOfLedger } from '../memory';
import { noteOwnWrites, type OwnWrite } from '../ownWrites';
import type { OrdersRun } from './ordersOperation';

/** An order into which something was written of which nobody knows beforehand what the store makes of it. */
export interface WrittenOrder<Order> {
  id: string;
  /** Place of the item that wanted it. */
  index: number;
  before: Order;
  /** Whether the order, read again, differs by nothing but what was written. */
  isOwn(read: Order): boolean;
}

interface Noting<Store, Order> {
  store: Store;
  sides: OrderSides<Store, Order>;
  run: OrdersRun;
}

/** Reads orders again after they were written, so that they are known when they come back. */
export async function noteReadAgain<Store extends StoreIdentity, Order extends object>(
  { store, sides, run }: Noting<Store, Order>,
  written: ReadonlyArray<WrittenOrder<Order>>,
): Promise<void> {
  const own = await inFlight([...written], WRITES_IN_FLIGHT, async (one): Promise<OwnWrite[]> => {
    const { id, index, before, isOwn } = one;
    const read = await settle(async () => await sides.read(store, id));
    // A change of somebody else in between is one, and has to come through.
    return read.ok && isOwn(read.value) ? [{ index, id, before, after: read.value }] : [];
  });
  const all = own.flat();
  if (all.length > 0) await noteOwnWrites(run, sides.type(store), store.name, all);
}

const isWritten = (outcome: Outcome<object> | undefined): outcome is { ok: true; value: object } =>
  outcome?.ok === true && (outcome.value as { outcome?: unknown }).outcome !== 'unchanged';

/**
 * Writes movements of money, and notes what they make of their orders. Items of no ledger are written as they are: nobody asks
 * whether their orders come back, and to read each would be two requests more for nothing.
 *
 * @param write gets the orders that were read already, by their ids
 * @returns what became of each wish, in their order
 */
export async function writeNoted<
  Store extends StoreIdentity,
  Order extends object,
  Wish extends { orderId: string },
>(
  {
    sides,
    store,
    run,
  }: Omit<Noting<Store, Order>, 'sides'> & { sides?: OrderSides<NoInfer<Store>, Order> },
  wishes: Wish[],
  write: (known: ReadonlyMap<string, Order>) => Promise<Array<Outcome<object>>>,
): Promise<Array<Outcome<object>>> {
  const movedBy = sides?.movedBy;
  // In a dry run nothing is noted.
  if (!movedBy || isDryRun()) return await write(new Map());
  const claimed = wishes.flatMap(({ orderId }, at) =>
    isOfLedger(run.items[at] ?? { json: {} }) ? [orderId] : [],
  );
  const read = await inFlight([...new Set(claimed)], WRITES_IN_FLIGHT, async (id) => {
    const order = await settle(async () => await sides.read(store, id));
    // Whoever writes it reads it again, and fails by itself.
    return order.ok ? [[id, order.value] as const] : [];
  });
  const known = new Map(read.flat());
  const outcomes = await write(known);
  const written = [...known].flatMap(([id, before]): Array<WrittenOrder<Order>> => {
    const places = wishes.flatMap(({ orderId }, at) =>
      orderId === id && isWritten(outcomes[at]) ? [at] : [],
    );
    const [index] = places;
    const notes = places.flatMap((at) => (isWritten(outcomes[at]) ? [outcomes[at].value] : []));
    return index === undefined ? [] : [{ id, index, before, isOwn: movedBy(store, before, notes) }];
  });
  await noteReadAgain({ store, sides, run }, written);
  return outcomes;
}
