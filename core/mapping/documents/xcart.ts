import { z } from 'zod';

import { documentType } from './types';

/**
 * What the X-Cart 5.5 REST API gives (X-Cart admin API reference, 5.5.1). Modules add keys of their own, and much
 * may be null: only what the mappings cannot do without is required.
 */
const text = z.string().nullish();
const number = z.number().nullish();

const customField = z.object({ name: z.string(), value: text });

const address = z
  .object({
    id: number,
    is_billing: z.boolean().nullish(),
    is_shipping: z.boolean().nullish(),
    type: text.describe('R residential, C commercial'),
    title: text,
    firstname: text,
    lastname: text,
    phone: text,
    street: text,
    zipcode: text,
    city: text,
    country_code: text,
    state: number.describe('Id inside the shop; use state_name'),
    state_name: text,
    custom_fields: z
      .array(customField)
      .nullish()
      .describe('Read one with custom_fields[name=company].value'),
  })
  .nullish();

const surcharge = z.object({
  id: number,
  type: z.string().describe('tax, discount, shipping or handling'),
  code: text,
  include: z.boolean().describe('Already inside the prices'),
  available: z.boolean().nullish(),
  value: z.number().describe('Discounts are negative'),
  name: text,
});

const status = z.object({ id: number, code: text, name: text, customer_name: text }).nullish();

const item = z.object({
  id: z.number(),
  product_id: number,
  sku: z.string(),
  name: text,
  price: number,
  item_net_price: z.number().describe('Price of one, without tax on top'),
  discounted_subtotal: number,
  amount: z.number().describe('Quantity'),
  backordered_amount: number,
  variant: number.describe('Id of the product variant'),
  update_date: text,
  surcharges: z.array(surcharge).nullish(),
});

const order = z.object({
  id: z.number(),
  order_number: text,
  total: z.number(),
  sub_total: z.number(),
  email: text,
  currency: z.string(),
  items: z.array(item),
  billing_address: address,
  shipping_address: address,
  create_date: text,
  update_date: text,
  payment_status: status,
  shipping_status: status,
  customer_id: number.describe('Null for guests and deleted customers'),
  order_profile_id: number.describe('A copy made for this order; not the customer'),
  shipping_id: number,
  shipping_method_name: text,
  notes: text.describe("The customer's note"),
  admin_notes: text,
  stock_status: text,
  surcharges: z.array(surcharge).nullish(),
  tracking_numbers: z.array(z.object({ id: number, date: text, value: text })).nullish(),
});

const product = z.object({
  id: z.number(),
  sku: z.string(),
  name: z.string(),
  description: text.describe('HTML'),
  brief_description: text.describe('HTML'),
  price: z.number(),
  enabled: z.boolean().nullish(),
  weight: number,
  amount: number.describe('Stock'),
  inventory_traceable: z.boolean().nullish(),
  taxable: z.boolean().nullish(),
  free_shipping: z.boolean().nullish(),
  arrival_date: text,
  clean_url: text,
  meta_title: text,
  meta_description: text,
  meta_tags: text,
  create_date: text,
  update_date: text,
});

const profile = z.object({
  id: z.number(),
  login: z.string().describe('E-mail address'),
  access_level: number.describe('0 customer, 100 administrator'),
  status: text.describe('E enabled, D disabled'),
  language: text,
  membership_id: number,
  create_date: text,
  first_login_date: text,
  last_login_date: text,
  addresses: z
    .array(address.unwrap().unwrap())
    .nullish()
    .describe('As /profiles/{id}/addresses gives them: names and phone are only there'),
});

export const XCART_DOCUMENTS = [
  documentType('xcart.order', 'X-Cart Order', order, true),
  documentType('xcart.product', 'X-Cart Product', product, true),
  documentType('xcart.profile', 'X-Cart Customer', profile, true),
];
