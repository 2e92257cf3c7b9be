import { z } from 'zod';

import { sourceSchema } from './source';

export const addressSchema = z.object({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  line1: z.string().optional().describe('Street and number'),
  line2: z.string().optional(),
  line3: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional().describe('State or province as the shop names it'),
  postalCode: z.string().optional(),
  country: z.string().optional().describe('ISO 3166-1 alpha-2 code'),
  phone: z.string().optional(),
});

export const customerSchema = z.object({
  source: sourceSchema.optional(),
  id: z.string().optional().describe('Absent for guests'),
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  phone: z.string().optional(),
  language: z.string().optional(),
  group: z.string().optional().describe('Of customers, as the shop calls or counts it'),
  enabled: z.boolean().optional(),
  externalId: z.string().optional().describe('By which another system knows the customer'),
  address: addressSchema.optional().describe('The one that is billed'),
  shippingAddress: addressSchema.optional(),
});

export type Address = z.infer<typeof addressSchema>;
export type Customer = z.infer<typeof customerSchema>;
