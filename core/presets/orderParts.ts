/** What the orders of all shops have, wherever it stands in theirs. */
import type { FieldRule } from '../mapping/spec';
import { email, key, moment, needed, number, ornament, phone, recordOf, text } from './parts';

export interface OrderHead {
  platform: string;
  id: string;
  /** What people call the order beside all others, as a template: "X-Cart 1001". */
  name: string;
  /** What they call it in the shop. */
  number: Pick<FieldRule, 'from' | 'template' | 'transforms'>;
  placedAt: string;
  updatedAt: string;
  currency: FieldRule;
}

export function orderHead(head: OrderHead): FieldRule[] {
  return [
    ...recordOf(head.platform, head.id),
    { to: 'name', template: head.name, required: true },
    { to: 'number', ...head.number, required: true },
    moment('placedAt', head.placedAt),
    moment('updatedAt', head.updatedAt),
    needed(head.currency),
  ];
}

export interface Buyer {
  id: string;
  email: string;
  names: FieldRule[];
  company: string;
  phone: string;
  /** Where the country of the telephone number stands. */
  country: string;
  /** What this shop knows beside all that. */
  more?: FieldRule[];
}

/** Who has bought: what the order says of them beside its addresses. */
export function buyer(from: Buyer): FieldRule {
  return {
    to: 'customer',
    fields: [
      key('id', from.id),
      email(from.email),
      ...from.names,
      ornament('company', from.company),
      phone(from.phone, from.country),
      ...(from.more ?? []),
    ],
  };
}

export interface OrderLine {
  id: string;
  productId: string;
  sku: string;
  name: string;
  quantity: string;
}

/** Shops write names of goods as HTML, and the options that were chosen on lines of their own. */
function lineName(from: string): FieldRule {
  return {
    to: 'name',
    from,
    transforms: ['stripHtml', { type: 'replace', search: '\n', with: ', ' }],
    otherwise: 'omit',
  };
}

export function orderLine(from: OrderLine): FieldRule[] {
  return [
    text('id', from.id),
    text('productId', from.productId),
    { to: 'sku', from: from.sku, transforms: ['trimEnds'] },
    lineName(from.name),
    needed(number('quantity', from.quantity)),
  ];
}
