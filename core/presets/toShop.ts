/** What leads from the common model back to a shop: to its records, and to what the operations of its node take. */
import type { Condition, FieldRule, MappingSpec, TransformCall } from '../mapping/spec';
import { money } from './parts';

/** The document was made of a record of a shop of this platform: ids and codes in it are the shop's own. */
export const isOf = (platform: string): Condition => ({
  path: '$.source.platform',
  is: 'equals',
  value: platform,
});

/** It was made of anything else: the shop has no such record yet. */
export const isNewTo = (platform: string): Condition => ({ not: isOf(platform) });

export const exists = (path: string): Condition => ({ path, is: 'exists' });
export const missing = (path: string): Condition => ({ path, is: 'missing' });

export function all(...conditions: Condition[]): Condition {
  return { and: conditions };
}

/** The same rules under one more condition. */
export function only(when: Condition, rules: FieldRule[]): FieldRule[] {
  return rules.map((rule) => ({ ...rule, when: rule.when ? all(when, rule.when) : when }));
}

/** An id of the shop's own: of any other shop it makes a record of its own. */
export function ownId(
  platform: string,
  to: string,
  from = 'source.id',
  transforms: TransformCall[] = [],
): FieldRule {
  return { to, from, transforms, when: isOf(platform) };
}

export function field(to: string, from: string): FieldRule {
  return { to, from };
}

/** Cut to what the shop takes. */
export function column(to: string, from: string, length: number): FieldRule {
  return { to, from, transforms: [{ type: 'truncate', length }] };
}

export interface StatusField {
  /** Where it goes. */
  to: string;
  /** In the model's words. */
  from: string;
  /** In the words of the shop that the document was made of. */
  own: string;
  /** The model's word → the code that says it. */
  codes: Readonly<Record<string, string>>;
  transforms?: TransformCall[];
}

/** A status as the shop codes it: its own code as it was, or the one that says the common word. */
export function statusCode(
  platform: string,
  { to, from, own, codes: table, transforms = [] }: StatusField,
): FieldRule[] {
  return [
    { to, from, transforms: [{ type: 'lookup', table, otherwise: 'empty' }, ...transforms] },
    { to, from: own, transforms, when: all(isOf(platform), exists(own)) },
  ];
}

export interface ToldFields {
  /** The fields of the operations that set a status of an order. */
  statuses: StatusField[];
  /** What an order becomes whose goods are sent, by the words for a shipment. */
  shipments: Readonly<Record<string, string>>;
  /** The store keeps why and by which number money was given back. */
  keepsReason: boolean;
}

/** Several numbers of one shipment stand in one text: the operation writes one for each item. */
const TRACKING: FieldRule = {
  to: 'trackingNumber',
  from: 'trackingNumbers[*]',
  aggregate: 'join',
  separator: ',',
};

const ORDER_ID: FieldRule = { to: 'orderId', from: 'orderId', required: true };

/** Common orders, shipments and refunds as *Update Status*, *Add Shipment* and *Record Refund* of a store take them. */
export function told(
  platform: string,
  { statuses, shipments, keepsReason }: ToldFields,
): MappingSpec[] {
  const newStatus = { to: 'newStatus', from: 'status', own: 'statusCode', codes: shipments };
  return [
    {
      from: 'commerce.order',
      to: `${platform}.updateStatus`,
      fields: [
        { ...ownId(platform, 'orderId'), when: undefined, required: true },
        ...statuses.flatMap((one) => statusCode(platform, one)),
      ],
    },
    {
      from: 'commerce.shipment',
      to: `${platform}.addShipment`,
      fields: [
        ORDER_ID,
        TRACKING,
        field('method', 'method'),
        field('shippedAt', 'shippedAt'),
        ...statusCode(platform, newStatus),
      ],
    },
    {
      from: 'commerce.refund',
      to: `${platform}.recordRefund`,
      fields: [
        ORDER_ID,
        { ...money('amount', 'amount', 'currency'), required: true },
        ...(keepsReason ? [field('reference', 'id'), field('reason', 'reason')] : []),
      ],
    },
  ];
}
