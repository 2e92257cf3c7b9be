import { seedFor, seededRandom, shuffled } from '../kit';

/**
 * What webhooks tell of. SYNTHETIC: neither the names nor the numbers of 3dcart's events are published, and what is known
 * of the numbers contradicts itself. A client has to ask `GET /Webhooks/Events`.
 */
export const EVENT_NAMES = {
  orderNew: 'Order New',
  orderStatus: 'Order Status Change',
  orderUpdated: 'Order Updated',
  productNew: 'Product New',
  productUpdated: 'Product Updated',
  productDeleted: 'Product Deleted',
  customerNew: 'Customer New',
  customerUpdated: 'Customer Updated',
  customerDeleted: 'Customer Deleted',
} as const;

export type EventKey = keyof typeof EVENT_NAMES;

export interface WebhookEvent {
  EventType: number;
  EventName: string;
}

const MOST_NUMBERS = 24;

/** The events with numbers that nobody can know by heart: drawn from the seed, with gaps. */
export function eventsOf(seed: number): WebhookEvent[] {
  const numbers = Array.from({ length: MOST_NUMBERS }, (_unused, index) => index + 1);
  const drawn = shuffled(seededRandom(seedFor(seed, 'threedcart.events')), numbers);
  return Object.values(EVENT_NAMES)
    .map((EventName, index) => ({ EventType: drawn[index] ?? 0, EventName }))
    .sort((one, other) => one.EventType - other.EventType);
}
