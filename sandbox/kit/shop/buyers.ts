import { CUSTOMERS, type SeedCustomer } from '../../seed';
import { pick, type Random } from '../random';

/** Who orders: a customer whom the store knows, or a guest under an address of his own. */
export interface Buyer {
  person: SeedCustomer;
  email: string;
  guest: boolean;
}

export function drawBuyer(random: Random, customers: number, guest: boolean): Buyer {
  const person = pick(random, CUSTOMERS.slice(0, Math.max(1, customers)));
  return { person, guest, email: guest ? `guest.${person.email}` : person.email };
}

/** To whom the order goes: one of five goes elsewhere. */
export const drawRecipient = (random: Random): SeedCustomer | undefined =>
  random() < 0.2 ? pick(random, CUSTOMERS) : undefined;
