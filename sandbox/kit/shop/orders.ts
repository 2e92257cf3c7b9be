import { CUSTOMERS, type SeedCustomer } from '../../seed';
import { between, type Random } from '../random';
import { drawBasket, type BasketLine, type Offer } from './basket';
import { drawBuyer, drawRecipient, type Buyer } from './buyers';
import { drawCharges, drawPayment, type Charges, type PaymentMethod } from './charges';
import type { OrderState } from './standing';

/** What may be asked of the orders to place, whatever the store. Whatever is left out is drawn. */
export interface ShopWish {
  count: number;
  /** Lines of each order; absent: one to four. */
  lines?: number;
  /** How many different customers share the orders; absent: all. */
  customers?: number;
  /** The first so many orders hold a SKU that Dynamics does not know. */
  unknownSku?: number;
  /** The last so many orders come from guests. */
  guests?: number;
  /** An order-level discount: on all or on none. */
  discount?: boolean;
  /** When the first of them was placed; absent: now. One of the past is an order whose transaction ended late. */
  at?: Date;
  /** How much later each is than the one before; absent: 0. */
  everySeconds?: number;
  /** How all of them stand; absent: as the payment that is drawn leaves them. */
  state?: OrderState;
}

/** An order as people make it, before a store writes it down in its own way. */
export interface DrawnOrder<O extends Offer> {
  placedAt: Date;
  buyer: Buyer;
  lines: Array<BasketLine<O>>;
  /** Now and then a cart has taken an id and never become an order: ids have gaps, numbers have none. */
  skipsId: boolean;
  /** Somebody else to whom it goes. */
  recipient?: SeedCustomer;
  charges: Charges;
  payment: PaymentMethod;
}

interface Plan {
  placedAt: Date;
  customers?: number;
  guest?: boolean;
  lines?: number;
  mostLines: number;
  unknownSku?: boolean;
  discount?: boolean;
}

/** The draws come in a fixed order: the same seed gives the same orders, and so do the demo and the tests. */
function drawOrder<O extends Offer>(
  random: Random,
  offers: readonly O[],
  plan: Plan,
): DrawnOrder<O> {
  const { customers = CUSTOMERS.length, guest = false, unknownSku = false } = plan;
  const buyer = drawBuyer(random, customers, guest);
  const count = plan.lines ?? between(random, 1, plan.mostLines);
  const lines = drawBasket(random, offers, count, unknownSku);
  const skipsId = random() < 0.1;
  const recipient = drawRecipient(random);
  const charges = drawCharges(random, plan.discount);
  const payment = drawPayment(random);
  return { placedAt: plan.placedAt, buyer, lines, skipsId, recipient, charges, payment };
}

/** A cart that nobody has checked out. */
export const drawCart = <O extends Offer>(
  random: Random,
  offers: readonly O[],
  now: Date,
): DrawnOrder<O> => drawOrder(random, offers, { placedAt: now, mostLines: 3 });

/** Orders for what the store sells at this moment, oldest first. */
export function drawOrders<O extends Offer>(
  random: Random,
  offers: readonly O[],
  wish: ShopWish,
  now: Date,
): Array<DrawnOrder<O>> {
  const { count, lines, customers, discount, unknownSku = 0, guests = 0, everySeconds = 0 } = wish;
  const first = (wish.at ?? now).getTime();
  return Array.from({ length: count }, (_unused, index) =>
    drawOrder(random, offers, {
      placedAt: new Date(first + index * everySeconds * 1000),
      customers,
      guest: index >= count - guests,
      lines,
      mostLines: 4,
      unknownSku: index < unknownSku,
      discount,
    }),
  );
}
