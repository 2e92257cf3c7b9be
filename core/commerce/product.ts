import { z } from 'zod';

import { amountSchema, currencySchema } from './amounts';
import { sourceSchema } from './source';

export const productSchema = z.object({
  source: sourceSchema,
  sku: z.string().min(1),
  name: z.string().min(1),
  description: z.string().optional().describe('Plain text'),
  price: amountSchema,
  currency: currencySchema.optional(),
  weight: z.number().finite().optional(),
  enabled: z.boolean().optional(),
  stock: z.number().finite().optional(),
  externalId: z.string().optional().describe('By which another system knows the product'),
  updatedAt: z.string().optional(),
});

export type Product = z.infer<typeof productSchema>;
