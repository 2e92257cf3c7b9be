import { z } from 'zod';
import { int, type Json } from '../api/body';
import { badRequest } from '../api/problems';
import type { Call, Route } from '../api/routes';
import { collectionName, documentRoutes, type DocumentTable } from './documents';

/**
 * The store's small things with the fields of their input classes (X-Cart 5.5, `API/Endpoint/<Name>/DTO`). Ids of other
 * records are numbers both ways here, unlike the names in a product.
 */

const name = z.string().min(1).max(255);
const money = z.number().min(0);
const count = int().min(0);
const ids = z.array(int()).default([]);
const moment = z.string().nullable().default(null);

function checkMembership(call: Call, { membership }: Json): void {
  if (membership === null || membership === undefined) return;
  if (!call.store.collection('memberships').has(Number(membership))) {
    throw badRequest(`Membership with ID ${Number(membership)} not found`);
  }
}

function checkRange(fields: Json, begin: string, end: string): void {
  const [from, until] = [fields[begin], fields[end]];
  if (from && until && from > until) {
    throw badRequest(`Field "${begin}" must be less than "${end}"`);
  }
}

/** Whether another document of the same list has these fields too. */
function isTaken(
  call: Call,
  path: string,
  id: number | undefined,
  same: (other: Json) => boolean,
): boolean {
  const others = [...call.store.collection(collectionName(path, call)).values()];
  return others.some((other) => other.id !== id && same(other));
}

const COUPONS: DocumentTable = {
  path: '/coupons',
  type: 'Coupon',
  noun: 'coupon',
  input: z.object({
    code: z.string().min(4).max(16).default(''),
    enabled: z.boolean().default(true),
    value: money.default(0),
    type: z.string().min(1).default('%'),
    comment: z.string().default(''),
    date_range_begin: moment,
    date_range_end: moment,
    total_range_begin: money.default(0),
    total_range_end: money.default(0),
    uses_limit: count.default(0),
    uses_limit_per_user: count.default(0),
    single_use: z.boolean().default(false),
    specific_products: z.boolean().default(false),
    product_classes: ids,
    memberships: ids,
    zones: ids,
    products: ids,
    categories: ids,
  }),
  check: (call, fields, id) => {
    if (isTaken(call, '/coupons', id, ({ code }) => code === fields.code)) {
      throw badRequest('Field "code" must be unique');
    }
    checkRange(fields, 'date_range_begin', 'date_range_end');
    checkRange(fields, 'total_range_begin', 'total_range_end');
  },
};

const VOLUME_DISCOUNTS: DocumentTable = {
  path: '/volume_discounts',
  type: 'VolumeDiscount',
  noun: 'volume discount',
  input: z.object({
    value: money.default(0),
    type: z.string().min(1).default('%'),
    subtotal_range_begin: money.nullable().default(null),
    membership: int().nullable().default(null),
    zones: ids,
    date_range_begin: moment,
    date_range_end: moment,
  }),
  check: (call, fields) => {
    checkMembership(call, fields);
    checkRange(fields, 'date_range_begin', 'date_range_end');
  },
};

const SALE_DISCOUNTS: DocumentTable = {
  path: '/sale_discounts',
  type: 'SaleDiscount',
  noun: 'sale discount',
  input: z.object({
    enabled: z.boolean().default(true),
    value: money.default(0),
    date_range_begin: moment,
    date_range_end: moment,
    show_in_separate_section: z.boolean().default(false),
    meta_description_type: z.enum(['A', 'C']).default('A'),
    specific_products: z.boolean().default(false),
    name: z.string().default(''),
    meta_tags: z.string().default(''),
    meta_description: z.string().default(''),
    meta_title: z.string().default(''),
    clean_url: z.string().default(''),
    product_classes: ids,
    memberships: ids,
    products: ids,
    categories: ids,
  }),
};

/** Each takes the one before for its own discount, so that two of one amount would not tell which holds. */
const wholesale = (path: string, type: string): DocumentTable => ({
  path,
  type,
  noun: 'wholesale price',
  ids: type,
  input: z.object({
    type: z.enum(['price', 'percent']).default('price'),
    price: money.default(0),
    quantity_range_begin: int().min(2).default(2),
    membership: int().nullable().default(null),
  }),
  check: (call, fields, id) => {
    checkMembership(call, fields);
    const { quantity_range_begin: from, membership } = fields;
    const same = (other: Json): boolean =>
      other.quantity_range_begin === from && other.membership === membership;
    if (isTaken(call, path, id, same)) {
      throw badRequest(
        'Combination of "Quantity range begin" and "Membership" fields must be unique',
      );
    }
  },
});

const REVIEWS: DocumentTable = {
  path: '/products/:product_id/reviews',
  type: 'ProductReview',
  noun: 'product review',
  input: z.object({
    review: z.string().default(''),
    response: z.string().nullable().default(null),
    rating: int().min(1).max(5).default(1),
    addition_date: moment,
    response_date: moment,
    profile: int().nullable().default(null),
    respondent: int().nullable().default(null),
    reviewer_name: z.string().min(1).default(''),
    status: int().min(0).max(1).default(1),
    use_for_meta: z.boolean().default(false),
  }),
  check: ({ store }, fields) => {
    for (const key of ['respondent', 'profile']) {
      if (typeof fields[key] === 'number' && !store.profiles.has(fields[key])) {
        throw badRequest(`Profile with ID ${fields[key]} not found`);
      }
    }
  },
};

const RELATED_PRODUCTS: DocumentTable = {
  path: '/products/:product_id/related_products',
  type: 'RelatedProduct',
  noun: 'related product',
  input: z.object({ product_id: int().min(1), position: int().default(0) }),
  check: (call, { product_id: other }) => {
    if (other === call.id('product_id')) {
      throw badRequest('The product cannot be linked to itself');
    }
    if (!call.store.products.has(Number(other))) {
      throw badRequest(`Product with ID ${Number(other)} not found`);
    }
  },
};

const attachment = {
  title: z.string().min(1).max(128).default(''),
  description: z.string().max(128).default(''),
  position: int().default(0),
  access: z
    .string()
    .regex(/^(?:A|R|\d+)$/)
    .default('A'),
};

/** A file comes from an address or as base64; later its words can change, but not the file. */
const ATTACHMENTS: DocumentTable = {
  path: '/products/:product_id/attachments',
  type: 'ProductAttachment',
  noun: 'product attachment',
  input: z.object({
    ...attachment,
    external_url: z.string().url().nullable().default(null),
    attachment: z.string().nullable().default(null),
    filename: z.string().nullable().default(null),
  }),
  change: z.object(attachment),
  check: (_call, { external_url: url, attachment: file, filename }) => {
    if (url || (file && filename)) return;
    throw badRequest("Fields 'attachment' and 'filename' or 'external_url' are required");
  },
  show: (_call, { external_url: url, attachment: _file, filename, ...words }) => ({
    ...words,
    url: url ?? `/files/attachments/${String(filename)}`,
  }),
};

const named = (path: string, type: string, noun: string, more: z.ZodRawShape = {}) => ({
  path,
  type,
  noun,
  validated: 'input' as const,
  input: z.object({ name, ...more }),
});

const MEMBERSHIPS: DocumentTable = {
  ...named('/memberships', 'Membership', 'membership', { enabled: z.boolean().default(true) }),
  check: (call, fields, id) => {
    if (isTaken(call, '/memberships', id, (other) => other.name === fields.name)) {
      throw badRequest(`'${String(fields.name)}' membership already exists`);
    }
  },
};

export const catalogueRoutes: readonly Route[] = [
  MEMBERSHIPS,
  named('/tax_classes', 'TaxClass', 'tax class'),
  named('/product_classes', 'ProductClass', 'product class'),
  named('/product_tags', 'ProductTag', 'product tag'),
  COUPONS,
  VOLUME_DISCOUNTS,
  SALE_DISCOUNTS,
  wholesale('/products/:product_id/wholesale_prices', 'WholesalePrice'),
  wholesale(
    '/products/:product_id/variants/:variant_id/wholesale_prices',
    'ProductVariantWholesalePrice',
  ),
  REVIEWS,
  RELATED_PRODUCTS,
  ATTACHMENTS,
].flatMap(documentRoutes);
