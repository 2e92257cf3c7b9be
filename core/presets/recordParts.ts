/** Products and customers: what those of all shops have, wherever it stands in theirs. */
import type { FieldRule, MappingSpec } from '../mapping/spec';
import { currency, flag, key, moment, needed, number, ornament, phone, recordOf } from './parts';

export interface ProductFields {
  id: string;
  sku: string;
  name: string;
  description: string;
  price: string;
  currency: string;
  weight: string;
  enabled: FieldRule[];
  stock: FieldRule;
  updatedAt: string;
  /** What this shop knows beside all that. */
  more?: FieldRule[];
}

/** Descriptions come as plain text, and prices with four decimals at the most. */
export function product(platform: string, from: ProductFields): MappingSpec {
  return {
    from: `${platform}.product`,
    to: 'commerce.product',
    fields: [
      ...recordOf(platform, from.id),
      { to: 'sku', from: from.sku, transforms: ['trimEnds'], required: true },
      { to: 'name', from: from.name, transforms: ['stripHtml'], required: true },
      { to: 'description', from: from.description, transforms: ['stripHtml'] },
      {
        to: 'price',
        from: from.price,
        transforms: [{ type: 'number', decimals: 4 }],
        required: true,
      },
      { ...currency(from.currency), otherwise: 'omit' },
      number('weight', from.weight),
      ...from.enabled,
      from.stock,
      moment('updatedAt', from.updatedAt),
      ...(from.more ?? []),
    ],
  };
}

export interface CustomerFields {
  /** Name of the document: `xcart.profile`. */
  document: string;
  id: string;
  email: FieldRule;
  names: FieldRule[];
  company: string;
  phone: string;
  /** Where the country of the telephone number stands. */
  country: string;
  enabled: string;
  address: FieldRule[];
  shippingAddress?: FieldRule[];
  /** What this shop knows beside all that. */
  more?: FieldRule[];
}

export function customer(platform: string, from: CustomerFields): MappingSpec {
  return {
    from: from.document,
    to: 'commerce.customer',
    fields: [
      ...recordOf(platform, from.id),
      needed(key('id', from.id)),
      from.email,
      ...from.names,
      ornament('company', from.company),
      phone(from.phone, from.country),
      flag('enabled', from.enabled),
      ...(from.more ?? []),
      { to: 'address', fields: from.address },
      ...(from.shippingAddress ? [{ to: 'shippingAddress', fields: from.shippingAddress }] : []),
    ],
  };
}

/** Of whoever cannot be without one. */
export const neededEmail = (from: string): FieldRule => ({
  to: 'email',
  from,
  transforms: ['trim', 'lower'],
  required: true,
});
