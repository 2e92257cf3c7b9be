import { z } from 'zod';

import { momentSchema } from './amounts';

/** How much of one SKU there is, in one warehouse or in all. Stores sell more than they have: it may be negative. */
export const stockLevelSchema = z.object({
  sku: z.string().min(1),
  productId: z.string().optional().describe("The product's id in the shop"),
  variantId: z.string().optional().describe("The variant's id in the shop"),
  warehouse: z.string().optional().describe('Absent where the store has only one'),
  onHand: z.number().finite().optional().describe('What lies in the warehouse'),
  available: z.number().finite().describe('What can still be sold: on hand less what is reserved'),
  countedAt: momentSchema.optional(),
});

export type StockLevel = z.infer<typeof stockLevelSchema>;
