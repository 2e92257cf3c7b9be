/**
 * What the operations of a store's node take that tell it of many orders at once, as documents: *Update Status*, *Add
 * Shipment* and *Record Refund*. Their fields are called as those of the panel, so that each is dragged to where it belongs.
 */
import { z } from 'zod';

import { amountSchema, momentSchema } from '../../commerce/amounts';
import { documentType } from '../../documents';

export interface ToldWords {
  /** Of the documents: `xcart.addShipment`. */
  platform: string;
  /** As people call the store: `X-Cart`. */
  shop: string;
  /** The fields of the operations that set a status, each with an example of a code. */
  statuses: Readonly<Record<string, string>>;
  /** An example of the status of an order that has been sent. */
  shipped: string;
  /** The store keeps by what method and when goods were sent. */
  keepsDelivery: boolean;
  /** The store keeps why and by which number money was given back. */
  keepsReason: boolean;
}

const orderId = z.string().min(1).describe("The order's id in the store");
const method = z.string().optional().describe('As people call it, such as "UPS Ground"');
const reference = z
  .string()
  .optional()
  .describe('By which the refund is told from others: the same one is not recorded again');

export function toldDocuments({
  platform,
  shop,
  statuses,
  shipped,
  keepsDelivery,
  keepsReason,
}: ToldWords) {
  const words = (operation: string, name: string) => ({
    name: `${platform}.${name}`,
    displayName: `${shop} ${operation}`,
    phrase: `${operation} of ${shop}`,
  });
  const code = z.string().optional().describe('Code of the store');
  return [
    documentType({
      ...words('Update Status', 'updateStatus'),
      schema: z.object({
        orderId,
        ...Object.fromEntries(Object.keys(statuses).map((name) => [name, code])),
      }),
      sample: { orderId: '1042', ...statuses },
    }),
    documentType({
      ...words('Add Shipment', 'addShipment'),
      schema: z.object({
        orderId,
        trackingNumber: z.string().optional(),
        ...(keepsDelivery && {
          method,
          shippedAt: momentSchema
            .describe('ISO 8601 date and time in UTC, or a day alone')
            .optional(),
        }),
        newStatus: code,
      }),
      sample: {
        orderId: '1042',
        trackingNumber: '1Z9990000000000001',
        ...(keepsDelivery && { method: 'UPS Ground', shippedAt: '2024-05-03T08:00:00Z' }),
        newStatus: shipped,
      },
    }),
    documentType({
      ...words('Record Refund', 'recordRefund'),
      schema: z.object({
        orderId,
        amount: amountSchema.describe('In the currency of the order'),
        ...(keepsReason && { reference, reason: z.string().optional() }),
      }),
      sample: {
        ...{ orderId: '1042', amount: 20 },
        ...(keepsReason && { reference: 'CM-77', reason: 'One shirt came back' }),
      },
    }),
  ];
}
