import { z } from 'zod';

/** Which record of which store a document of the common model was made of. */
export const sourceSchema = z.object({
  platform: z.string().min(1).describe('xcart, threedcart or clarity'),
  store: z.string().min(1).describe("The shop's name in its credential"),
  id: z.string().min(1).describe("The record's id in the shop"),
});

/** The same of a record that may stand alone, as far as the shop or the caller says it. */
export const recordSourceSchema = sourceSchema.partial();

export type Source = z.infer<typeof sourceSchema>;

/**
 * The order of a shop that a document of another system is about, as *Sync Ledger: Find Source* names it: the ids of orders
 * in the document are of this shop, whatever the document itself was made of.
 */
export const shopOrderSchema = z.object({
  platform: z.string().min(1).describe('xcart, threedcart or clarity'),
  store: z.string().min(1).describe("The shop's name in its credential"),
  id: z.string().min(1).describe("The order's id in the shop"),
  number: z.string().optional().describe("The shop's order number"),
});

/**
 * Where a record was read, and when: what triggers (and reads that add it) put on each item as `source`, beside the
 * fields of the store's own document. The Sync Ledger tells records and their versions apart by it alone, so that
 * it needs to know no store.
 */
export interface RecordSource {
  /** The store software: `xcart`, `threedcart`, `clarity`. */
  platform: string;
  /** The name that the credential gives the store. */
  store: string;
  /**
   * Where the store is, as `storeAddress` gives it: the Sync Ledger sees by it that two stores have one name. Absent on
   * items of other packages and of older releases.
   */
  address?: string;
  /** What the record is: `order`, `product`, `customer`, … */
  kind: string;
  /** The record's own id in the store; text also where the store counts. */
  id: string;
  /** What people call the record where that is not its id, such as the number of an order. */
  number?: string;
  /**
   * What had it read: `poll`, `order.created`, `order.changed`, …; `retry` where the Sync Ledger sends it again,
   * `sample` in a test run of a trigger.
   */
  event: string;
  /** When the store was asked, not when it answered (ISO 8601 in UTC). */
  readAt: string;
  /**
   * What grows with every change of the document, such as the date of its last update: a date, a number or text that
   * sorts. Absent where the store has no such thing; then `readAt` alone tells older contents from newer ones.
   */
  version?: string;
  /** Of its amounts, as an ISO code, where the store's records name none: the credential says it. */
  currency?: string;
  /**
   * Fields whose change alone is no change of the record, as dot paths without list positions (`LastUpdate`,
   * `ShipmentList.ShipmentLastUpdate`): in some stores the pack's own write moves them, and must not come back as a
   * change.
   */
  volatile?: string[];
  /**
   * The field of the item that holds the store's document, where a trigger puts out events (`document`). Absent: the item
   * itself is the document.
   */
  documentIn?: string;
  /**
   * Of a retry that a person released: who wins where both sides changed the same field. Whatever the node that writes
   * says of conflicts, this goes before it. Absent where nobody decided.
   */
  conflicts?: 'source' | 'target';
  /** Of a retry whose document a person has changed: which change it is. What comes from the store never has it. */
  edited?: string;
  /** Of a retry: the flow of the Sync Ledger that the record failed in, and goes back to. */
  flow?: string;
}
