/** What leads from the common model back to a shop: to its records, and to what the operations of its node take. */
import { pick } from 'lodash';

import type { Condition, FieldRule, MappingSpec, TransformCall } from '../mapping/spec';

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

/** What a status of an order in the model's words is told as; one that has no code is not told. */
export interface ToldStatus {
  /** Where it goes. */
  to: string;
  /** Each field in the model's words, with its word → the code that says it; the last of them that has one counts. */
  by: ReadonlyArray<{ from: string; codes: Readonly<Record<string, string>> }>;
}

export interface ToldFields {
  /** The fields of the operations that set a status of an order. */
  statuses: StatusField[];
  /** The same of what a business system says of an order of the shop. */
  standing: ToldStatus[];
  /** What an order becomes whose goods are sent, by the words for a shipment. */
  shipments: Readonly<Record<string, string>>;
  /** The store keeps by what method and when goods were sent. */
  keepsDelivery: boolean;
  /** The store keeps why and by which number money was given back. */
  keepsReason: boolean;
}

/** Several numbers of one shipment stand in one text: the operation takes them apart, and tells of a parcel each. */
const TRACKING: FieldRule = {
  to: 'trackingNumber',
  from: 'trackingNumbers[*]',
  aggregate: 'join',
  separator: ',',
};

/** Of which shop the ids of orders in a document are: what was found of them goes before what the document was made of. */
const SHOP = '$.shopOrder.platform ?? $.source.platform';

/**
 * The id of an order of this shop. That of another shop is refused: where both count from 1, it is somebody else's order. What
 * comes of a business system names the order that it is about in `shopOrder`; whoever has found the order in another way puts a
 * row of their own in the place of these.
 */
export function orderIdOf(platform: string, from = 'orderId', shop = SHOP): FieldRule[] {
  return [
    {
      to: 'orderId',
      from: shop,
      transforms: [
        {
          type: 'lookup',
          table: { [platform]: platform },
          repair:
            'The order of another shop has another id here. Find it in this shop first, and map its id to "orderId" in a row of your own; that of a row of Dynamics 365 is found by Sync Ledger: Find Source.',
        },
      ],
      required: true,
      when: all(exists(shop), { path: shop, is: 'notEquals', value: platform }),
    },
    { to: 'orderId', from, required: true },
  ];
}

/** Statuses of one delivery that say something of the whole order: a parcel that is cancelled cancels no order. */
const OF_ORDER = ['shipped', 'delivered', 'returned'];

/** Refuses a movement of money that failed or is under way: it has moved nothing. */
export function tookPlace(repair: string): FieldRule {
  return {
    to: 'amount',
    from: 'status',
    transforms: [{ type: 'lookup', table: { succeeded: 'succeeded' }, repair }],
    required: true,
    when: all(exists('status'), { not: { path: 'status', is: 'equals', value: 'succeeded' } }),
  };
}

/**
 * The amount of a refund that took place. It is at least the least unit of any currency, because *Record Refund* takes 0 for all
 * that was paid.
 */
const REFUNDED: FieldRule[] = [
  tookPlace(
    'Let only refunds through that took place: put a Filter node before, or wait until the shop says that it has.',
  ),
  {
    to: 'amount',
    from: 'amount',
    transforms: [{ type: 'money', currency: { from: 'currency' }, min: 0.001 }],
    required: true,
  },
];

const toldCode = ({ to, by }: ToldStatus): FieldRule[] =>
  by.map(({ from, codes: table }) => ({
    to,
    from,
    transforms: [{ type: 'lookup', table, otherwise: 'empty' }],
  }));

/** Common orders, their statuses, shipments and refunds as *Update Status*, *Add Shipment* and *Record Refund* of a store take them. */
export function told(
  platform: string,
  { statuses, standing, shipments, keepsDelivery, keepsReason }: ToldFields,
): MappingSpec[] {
  const codes = pick(shipments, OF_ORDER);
  const newStatus = { to: 'newStatus', from: 'status', own: 'statusCode', codes };
  return [
    {
      from: 'commerce.order',
      to: `${platform}.updateStatus`,
      fields: [
        // An order is always of the shop that it was made of.
        ...orderIdOf(platform, 'source.id', '$.source.platform'),
        ...statuses.flatMap((one) => statusCode(platform, one)),
      ],
    },
    {
      from: 'commerce.orderStatus',
      to: `${platform}.updateStatus`,
      fields: [...orderIdOf(platform), ...standing.flatMap(toldCode)],
    },
    {
      from: 'commerce.shipment',
      to: `${platform}.addShipment`,
      fields: [
        ...orderIdOf(platform),
        TRACKING,
        ...(keepsDelivery ? [field('method', 'method'), field('shippedAt', 'shippedAt')] : []),
        ...statusCode(platform, newStatus),
      ],
    },
    {
      from: 'commerce.refund',
      to: `${platform}.recordRefund`,
      fields: [
        ...orderIdOf(platform),
        ...REFUNDED,
        ...(keepsReason ? [field('reference', 'id'), field('reason', 'reason')] : []),
      ],
    },
  ];
}
