import { uniq } from 'lodash';
import { z } from 'zod';

import { amountSchema, momentSchema } from './amounts';
import { addressSchema } from './customer';
import { SHIPMENT_STATUSES, statusFields } from './statuses';

/** How many of a line of the order are meant. */
export const lineQuantitySchema = z.object({
  lineId: z.string().optional().describe('The id of the order line'),
  sku: z.string().min(1).optional().describe('Absent where the product is gone from the shop'),
  quantity: z.number().finite(),
});

/** One parcel or delivery of an order. */
export const shipmentSchema = z.object({
  id: z.string().optional(),
  orderId: z.string().optional().describe("The order's id in the shop"),
  ...statusFields('status', SHIPMENT_STATUSES),
  method: z.string().optional().describe('As the shop calls it, such as "UPS Ground"'),
  trackingNumbers: z.array(z.string()).optional(),
  shippedAt: momentSchema.describe('ISO 8601 date and time in UTC, or a day alone').optional(),
  cost: amountSchema.optional().describe('What the customer pays for it'),
  address: addressSchema.optional(),
  lines: z
    .array(lineQuantitySchema)
    .optional()
    .describe('Absent where it is the whole order, or the shop does not say'),
});

export type LineQuantity = z.infer<typeof lineQuantitySchema>;
export type Shipment = z.infer<typeof shipmentSchema>;

/** Between several tracking numbers of one text. Carriers write blanks, dashes and slashes inside of one. */
const BETWEEN_NUMBERS = /[,;|\n]/;

/** Tracking numbers as a list, each once, also where a shop or a person keeps several of them in one text. */
export function completeShipment(shipment: Shipment): void {
  const given: unknown = shipment.trackingNumbers;
  if (typeof given !== 'string' && !Array.isArray(given)) return;
  const texts = [given].flat().flatMap((text) => String(text ?? '').split(BETWEEN_NUMBERS));
  const numbers = uniq(texts.map((text) => text.trim()).filter((text) => text !== ''));
  if (numbers.length > 0) shipment.trackingNumbers = numbers;
  else delete shipment.trackingNumbers;
}
