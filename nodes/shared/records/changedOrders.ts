/** What operations write to orders of a store, taken against what was sent last and what a person has changed there. */
import { groupBy, isEqual, omit, orderBy, pick, pickBy, uniqWith } from 'lodash';

import { validationError } from '../../../core/errors';
import { inFlight } from '../../../core/http/in-flight';
import { type Outcome, settle } from '../../../core/outcome';
import {
  fieldLabel,
  type OrderSides,
  sameField,
  type ShipmentField,
  shipmentField,
  type ToldShipment,
  undecidedOrder,
  undoingIn,
} from '../../../core/stores/kit/orderSides';
import type { StoreIdentity } from '../../../core/feeds/records';
import { placesOf, standsFor } from '../../../core/stores/kit/rehearsal';
import { WRITES_IN_FLIGHT } from '../../../core/stores/kit/writes';
import { decisionNote } from '../../../core/sync/decisions';
import { fieldChanges, type FieldsSaid, type SentFields } from '../../../core/sync/fieldChanges';
import type { Memory } from '../../../core/sync/memory';
import { type Columns, CONFLICT_RULES, type ConflictRule } from '../../../core/sync/threeWay';
import { CONFLICT_RULE, factsOf, WHEN_BOTH_CHANGED } from '../conflicts';
import { isOfLedger, type ItemMemory, type ItemRow, memoryFor } from '../memory';
import { noteOwnWrites, type OwnWrite } from '../ownWrites';
import type { OneItem } from '../steps';
import { noteReadAgain } from './notedOrders';
import type { OrdersRun } from './ordersOperation';

export interface OrderWish {
  orderId: string;
  /** Where somebody else wins than the source. */
  rule: ConflictRule;
}

/** How the wishes of an operation are understood. */
export interface ToldWishes<Wish> {
  /** Codes by the names of the fields that set them. */
  statusesOf(wish: Wish): Readonly<Record<string, string | undefined>>;
  shipmentOf?(wish: Wish): ToldShipment;
  /** The wish with what is left of it. undefined: nothing is. */
  left(wish: Wish, left: Left): Wish | undefined;
}

/** What a wish has left to write. */
export interface Left {
  statuses: Readonly<Record<string, string>>;
  /** The parcel is in the order, or a person has taken it out. */
  isShipmentStanding: boolean;
}

/** Wishes as an operation writes them, with the orders that were read for them. */
export type WriteOrders<Wish, Order> = (
  wishes: Wish[],
  known: ReadonlyMap<string, Order>,
) => Promise<Array<Outcome<object>>>;

export function readRule({ read, index }: OneItem): ConflictRule {
  const rule = read<unknown>(`options.${CONFLICT_RULE}`, index, 'source');
  const known = CONFLICT_RULES.find((each) => each === rule);
  if (known) return known;
  throw validationError(
    `${WHEN_BOTH_CHANGED} is none of ${CONFLICT_RULES.join(', ')}`,
    'Choose one from the list, or correct the expression of this field.',
  );
}

/** A wish as stores take it. */
export function withoutRule<Wish extends OrderWish>(wish: Wish): Wish {
  // Stores take no notice of it, and compare wishes.
  return standsFor(omit(wish, 'rule') as Wish, placesOf([wish]));
}

/** As notes of decisions are. */
const OVERTAKEN = {
  message: 'a newer item of this run says something else of the order, and was taken instead',
};

/** One wish on its way. */
interface Told<Wish, Order> {
  wish: Wish;
  /** Among the wishes, and so among their items. */
  place: number;
  order?: Order;
  said?: FieldsSaid;
  left?: Left;
  /** What is decided already. */
  outcome?: Outcome<object>;
}

/** One order that was read, with all that the items of the run say of it. */
interface Read<Wish, Order> {
  id: string;
  order: Order;
  told: Array<Told<Wish, Order>>;
  document?: SentFields;
  own?: { isOwn?(read: Order): boolean };
}

interface Writing<Store, Order, Wish> {
  /** What people call the store. */
  shop: string;
  store: Store;
  sides?: OrderSides<Store, Order>;
  wishes: ToldWishes<Wish>;
  run: OrdersRun;
}

/**
 * Writes what is left of the wishes. Items of no ledger are written as they are: nothing is remembered of their orders, and to
 * read each would be a request more for nothing.
 *
 * @returns what became of each, in their order
 */
export async function writeChanged<
  Store extends StoreIdentity,
  Order extends object,
  Wish extends OrderWish,
>(
  { sides, ...writing }: Writing<Store, Order, Wish>,
  wishes: Wish[],
  write: WriteOrders<Wish, Order>,
): Promise<Array<Outcome<object>>> {
  if (!sides) return await write(wishes, new Map());
  return await new ChangedOrders({ ...writing, sides }).write(wishes, write);
}

class ChangedOrders<Store extends StoreIdentity, Order extends object, Wish extends OrderWish> {
  private readonly shop: string;
  readonly store: Store;
  readonly sides: OrderSides<Store, Order>;
  private readonly wishes: ToldWishes<Wish>;
  readonly run: OrdersRun;
  private readonly memory: ItemMemory;

  constructor({
    shop,
    store,
    sides,
    wishes,
    run,
  }: Writing<Store, Order, Wish> & { sides: OrderSides<Store, Order> }) {
    this.shop = shop;
    this.store = store;
    this.sides = sides;
    this.wishes = wishes;
    this.run = run;
    this.memory = memoryFor(run.context, run.items);
  }

  async write(wishes: Wish[], write: WriteOrders<Wish, Order>): Promise<Array<Outcome<object>>> {
    const { items } = this.run;
    const told = wishes.map((wish, place): Told<Wish, Order> => ({ wish, place }));
    const claimed = told.filter(({ place }) => isOfLedger(items[place] ?? { json: {} }));
    const read = await this.readAll(claimed);
    await this.compare(read);
    const open = told.filter(({ outcome }) => outcome === undefined);
    await this.note(read);
    const left = open.map((one) => this.wishLeft(one));
    const known = new Map(read.map(({ id, order }) => [id, order]));
    const written = await write(left, known);
    open.forEach((one, at) => {
      one.outcome = written[at] && withDecisions(written[at], one.said, this.shop);
    });
    await this.confirm(read);
    return told.map(({ outcome }) => outcome as Outcome<object>);
  }

  private wishLeft({ wish, left }: Told<Wish, Order>): Wish {
    const some = left && this.wishes.left(wish, left);
    return some ? standsFor(some, placesOf([wish])) : wish;
  }

  private async readAll(claimed: Array<Told<Wish, Order>>): Promise<Array<Read<Wish, Order>>> {
    const byOrder = Object.entries(groupBy(claimed, ({ wish }) => wish.orderId));
    const read = await inFlight(byOrder, WRITES_IN_FLIGHT, async ([id, told]) => {
      const order = await settle(async () => await this.sides.read(this.store, id));
      if (order.ok) return [{ id, order: order.value, told }];
      for (const one of told) one.outcome = order;
      return [];
    });
    return read.flat();
  }

  private rowOf({ id, told }: Read<Wish, Order>): ItemRow {
    const { platform, many } = this.sides.type(this.store);
    const { address, name } = this.store;
    const target = { system: `${platform}:${address || name}`, table: many, id };
    return { index: told[0]?.place ?? 0, target };
  }

  private async compare(all: Array<Read<Wish, Order>>): Promise<void> {
    const memories = await this.memory.recall(all.map((one) => this.rowOf(one)));
    all.forEach((one, at) => this.compareOne(one, memories[at]));
    const changed = all.flatMap((one) =>
      one.document ? [{ ...this.rowOf(one), document: one.document }] : [],
    );
    await this.memory.remember(changed);
  }

  private compareOne(read: Read<Wish, Order>, memory: Memory | undefined): void {
    const { order, id } = read;
    const told = this.speaking(read);
    // Which one is meant is not guessed: the writing of statuses says so.
    if (!told) return;
    const confirmed = (memory?.confirmed as SentFields | undefined)?.fields;
    const shipments = told.map(({ wish }) => this.shipmentOf(wish, order, confirmed));
    const words = told.map(({ wish, place }, at) => ({
      fields: this.fieldsOf(wish, shipments[at]),
      conflicts: { rule: wish.rule },
      facts: factsOf(this.run.items[place]),
    }));
    const standing = {
      ...this.sides.statuses(order),
      ...Object.fromEntries(shipments.flatMap((one) => (one ? [[one.field, one.standing]] : []))),
    };
    const { said, document } = fieldChanges(words, memory, standing, {
      isSame: sameField(this.sides),
      undoes: undoingIn(this.sides),
      targetChangedAt: this.sides.type(this.store).changedAt(order),
    });
    read.document = document;
    told.forEach((one, at) => {
      one.order = order;
      one.said = said[at] as FieldsSaid;
      if (one.said.held.length > 0) {
        one.outcome = { ok: false, error: undecidedOrder(id, one.said, this.shop) };
        return;
      }
      one.left = this.leftOf(one.wish, one.said, shipments[at]);
      if (this.wishes.left(one.wish, one.left) !== undefined) return;
      const value = { ...this.sides.shown(order), outcome: 'unchanged' };
      one.outcome = withDecisions({ ok: true, value }, one.said, this.shop);
    });
  }

  /**
   * Those whose words are taken: all where they agree about the order's statuses, else the newest, as where they come one after
   * the other. Undefined: none is known to be newer than the others.
   */
  private speaking({ told, order }: Read<Wish, Order>): Array<Told<Wish, Order>> | undefined {
    const words = told.map(({ wish }) => this.wishes.statusesOf(wish));
    if (uniqWith(words, isEqual).length <= 1) return told;
    const timeOf = ({ place }: Told<Wish, Order>): number =>
      factsOf(this.run.items[place]).changedAt ?? NaN;
    const [newest, next] = orderBy(told, timeOf, 'desc');
    if (!newest || !next || !(timeOf(newest) > timeOf(next))) return undefined;
    for (const one of told) {
      if (one === newest) continue;
      const value = { ...this.sides.shown(order), outcome: 'unchanged', notes: [OVERTAKEN] };
      one.outcome = { ok: true, value };
    }
    return [newest];
  }

  private shipmentOf(
    wish: Wish,
    order: Order,
    confirmed: Columns | undefined,
  ): ShipmentField | undefined {
    const shipment = this.wishes.shipmentOf?.(wish);
    return shipment && shipmentField(this.sides, order, shipment, confirmed);
  }

  private fieldsOf(wish: Wish, shipment: ShipmentField | undefined): Columns {
    const statuses = pickBy(this.wishes.statusesOf(wish), (code) => code !== undefined);
    return { ...statuses, ...(shipment && { [shipment.field]: shipment.value }) };
  }

  private leftOf(wish: Wish, { changes }: FieldsSaid, shipment: ShipmentField | undefined): Left {
    const statuses = pick(changes, Object.keys(this.wishes.statusesOf(wish)));
    return {
      statuses: statuses as Record<string, string>,
      isShipmentStanding: shipment !== undefined && !Object.hasOwn(changes, shipment.field),
    };
  }

  /** Before it is written: afterwards the order may come back before there is time to. */
  private async note(all: Array<Read<Wish, Order>>): Promise<void> {
    const own = all.flatMap((one): OwnWrite[] => {
      const open = one.told.filter(({ outcome }) => outcome === undefined);
      if (open.length === 0) return [];
      const statuses = Object.assign({}, ...open.map(({ left }) => left?.statuses ?? {})) as Record<
        string,
        string
      >;
      const shipments = open.flatMap((each) => {
        // With the status that is left of it: what stands already is not written along with a parcel.
        const shipment = this.wishes.shipmentOf?.(this.wishLeft(each));
        return shipment && !each.left?.isShipmentStanding ? [shipment] : [];
      });
      const { after, isOwn } = this.sides.written(this.store, one.order, { statuses, shipments });
      one.own = { isOwn };
      if (after.length === 0) return [];
      return [{ index: this.rowOf(one).index, id: one.id, before: one.order, after }];
    });
    await this.noteAll(own);
  }

  private async noteAll(own: OwnWrite[]): Promise<void> {
    if (own.length === 0) return;
    await noteOwnWrites(this.run, this.sides.type(this.store), this.store.name, own);
  }

  /** What is written is what was sent last; and of a store that adds to it, the order is read again to know it when it comes back. */
  private async confirm(all: Array<Read<Wish, Order>>): Promise<void> {
    const done = all.filter(({ told, document }) => {
      const ours = told.filter(({ said }) => said?.held.length === 0);
      return document && ours.length > 0 && ours.every(({ outcome }) => outcome?.ok);
    });
    await this.memory.confirm(done.map((one) => this.rowOf(one)));
    const added = done.flatMap((one) => {
      const isOwn = one.own?.isOwn;
      return isOwn ? [{ index: this.rowOf(one).index, id: one.id, before: one.order, isOwn }] : [];
    });
    await noteReadAgain(this, added);
  }
}

function withDecisions(
  outcome: Outcome<object>,
  said: FieldsSaid | undefined,
  shop: string,
): Outcome<object> {
  const decisions = (said?.decisions ?? []).map((one) => ({
    ...one,
    field: fieldLabel(one.field),
  }));
  if (!outcome.ok || decisions.length === 0) return outcome;
  const notes = decisions.map((one) => decisionNote(one, shop));
  return { ok: true, value: { ...outcome.value, decisions, notes } };
}
