import { z } from 'zod';

import { currencySchema, momentSchema } from './amounts';
import { sourceSchema } from './source';

export const COUPON_KINDS = ['percent', 'amount', 'freeShipping', 'other'] as const;

/** A code that customers enter for a discount. The orders that used one name it in `couponCodes`. */
export const couponSchema = z.object({
  source: sourceSchema,
  code: z.string().min(1),
  name: z.string().optional(),
  kind: z.enum(COUPON_KINDS).describe(COUPON_KINDS.join(', ')),
  value: z.number().finite().optional().describe('Percent, or an amount in the currency'),
  currency: currencySchema.optional(),
  enabled: z.boolean().optional(),
  validFrom: momentSchema.optional(),
  validUntil: momentSchema.optional(),
  uses: z.number().int().optional().describe('How often it was used'),
  maxUses: z.number().int().optional().describe('Absent where there is no limit'),
});

export type Coupon = z.infer<typeof couponSchema>;
